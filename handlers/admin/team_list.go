package admin

import (
	"errors"
	"net/http"
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/team"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const (
	teamURL        = "/admin/team"
	peoplePerPage  = 100
	firstInviteFor = models.Marketer
)

// TeamList is who works here.
func (h *Handlers) TeamList(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomTeam)
	if err != nil {
		return err
	}
	after, _ := models.ParseID(c.QueryParam("after")) // anything else is the first page
	users, err := h.Store.UsersAfter(c.Request().Context(), after, peoplePerPage+1)
	if err != nil {
		return err
	}
	props := admin.TeamProps{Shell: shell, NewURL: teamURL + "/new"}
	if len(users) > peoplePerPage {
		users = users[:peoplePerPage]
		props.Next = teamURL + "?after=" + users[peoplePerPage-1].ID.String()
	}
	for i := range users {
		props.Rows = append(props.Rows, h.colleague(c, &users[i]))
	}
	return web.HTML(c, http.StatusOK, admin.Team(props))
}

func (h *Handlers) colleague(c echo.Context, u *models.User) admin.Colleague {
	out := admin.Colleague{URL: teamURL + "/" + u.ID.String(), Name: u.Name, Email: u.Email, Role: string(u.Role), State: string(u.State()),
		Factor: u.TOTP != "", SeenAt: h.in(u.LastSeenAt), InvitedAt: h.in(u.InvitedAt), You: u.ID == web.User(c).ID}
	if u.InvitedAt != 0 {
		out.Until = h.in(u.InvitedAt.Add(team.InvitationLife))
	}
	return out
}

// TeamNew asks whom to invite.
func (h *Handlers) TeamNew(c echo.Context) error {
	return h.showTeamNew(c, http.StatusOK, admin.TeamNewProps{Role: string(firstInviteFor), Locale: h.locale(c)})
}

func (h *Handlers) showTeamNew(c echo.Context, status int, p admin.TeamNewProps) error {
	shell, err := h.shell(c, layout.RoomTeam)
	if err != nil {
		return err
	}
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.team"), URL: teamURL}}
	p.Shell, p.Action = shell, teamURL+"/new"
	return web.HTML(c, status, admin.TeamNew(p))
}

// TeamInvite asks somebody in by mail.
func (h *Handlers) TeamInvite(c echo.Context) error {
	loc := i18n.For(h.locale(c))
	p := admin.TeamNewProps{Name: i18n.FoldText(c.FormValue("name")), Email: c.FormValue("email"), Role: c.FormValue("role")}
	wrong := func(target, text string) { p.Problems = append(p.Problems, ui.Problem{Target: target, Text: text}) }
	if p.Name == "" {
		wrong("f-name", loc.T("team.name_missing"))
	} else if text := userNameProblem(loc, p.Name); text != "" {
		wrong("f-name", text)
	}
	_, email, ok := leads.Mailbox(p.Email)
	if !ok {
		wrong("f-email", loc.T("invalid.email", "example", loc.T("example.email")))
	}
	if !slices.Contains(models.Roles[:], models.Role(p.Role)) {
		wrong("f-role", loc.T("invalid.required_choice", "label", loc.T("team.role")))
	}
	if p.Locale, ok = i18n.ParseLocale(c.FormValue("locale")); !ok {
		wrong("f-locale", loc.T("invalid.required_choice", "label", loc.T("team.locale")))
	}
	if len(p.Problems) > 0 {
		return h.showTeamNew(c, http.StatusUnprocessableEntity, p)
	}
	user := &models.User{Email: email, Name: p.Name, Role: models.Role(p.Role), Locale: string(p.Locale), Theme: string(layout.ThemeSystem)}
	err := h.Team.Invite(c.Request().Context(), by(c), user)
	if errors.Is(err, models.ErrConflict) {
		wrong("f-email", loc.T("team.known"))
		return h.showTeamNew(c, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	h.setFlash(c, flashInvited, "", email)
	return web.Redirect(c, teamURL)
}

func by(c echo.Context) team.By { return team.By{User: web.User(c), IP: c.RealIP()} }
