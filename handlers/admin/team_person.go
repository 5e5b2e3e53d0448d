package admin

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/team"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// ColleagueShow is one person of the team, with what can be done about them.
func (h *Handlers) ColleagueShow(c echo.Context) error {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return models.ErrNotFound
	}
	return h.showColleague(c, http.StatusOK, id, false)
}

func (h *Handlers) showColleague(c echo.Context, status int, id models.ID, refused bool) error {
	ctx := c.Request().Context()
	user, err := h.Store.User(ctx, id)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomTeam)
	if err != nil {
		return err
	}
	sessions, err := h.Store.SessionsOf(ctx, id, maxSessions)
	if err != nil {
		return err
	}
	last, err := h.lastOwner(ctx, user)
	if err != nil {
		return err
	}
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.team"), URL: teamURL}}
	p := admin.ColleagueProps{Shell: shell, Person: h.colleague(c, user), Since: h.in(user.CreatedAt), Sessions: len(sessions), Last: last, Refused: refused}
	at := p.Person.URL
	if !last {
		p.RoleURL = at + "/role"
	}
	switch user.State() {
	case models.UserInvited:
		p.AgainURL, p.TakeBackURL = at+"/again", at+"/take-back"
	case models.UserDisabled:
		p.EnableURL = at + "/enable"
	default:
		if len(sessions) > 0 {
			p.SignOutURL = at + "/sign-out"
		}
		if !last {
			p.DisableURL = at + "/disable"
		}
	}
	return web.HTML(c, status, admin.ColleaguePage(p))
}

// lastOwner tells whether nobody else owns the server.
func (h *Handlers) lastOwner(ctx context.Context, u *models.User) (bool, error) {
	if !u.Owns() {
		return false, nil
	}
	all, err := h.Store.Users(ctx)
	return !slices.ContainsFunc(all, func(o models.User) bool { return o.ID != u.ID && o.Owns() }), err
}

// act does something about the person that the address names, and tells it on their page.
func (h *Handlers) act(what string, do func(ctx context.Context, by team.By, id models.ID) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, err := models.ParseID(c.Param("id"))
		if err != nil {
			return models.ErrNotFound
		}
		user, err := h.Store.User(c.Request().Context(), id)
		if err != nil {
			return err
		}
		err = do(c.Request().Context(), by(c), id)
		switch {
		case errors.Is(err, models.ErrLastOwner):
			return h.showColleague(c, http.StatusConflict, id, true)
		case err != nil:
			return err
		}
		h.setFlash(c, what, id.String(), user.Name)
		switch {
		case id == web.User(c).ID:
			return web.Redirect(c, "/admin")
		case what == flashTakenBack:
			return web.Redirect(c, teamURL)
		}
		return web.Redirect(c, teamURL+"/"+id.String())
	}
}

// ColleagueRole gives somebody another role.
func (h *Handlers) ColleagueRole(c echo.Context) error {
	role := models.Role(c.FormValue("role"))
	if !slices.Contains(models.Roles[:], role) {
		return echo.NewHTTPError(http.StatusBadRequest)
	}
	return h.act(flashRole, func(ctx context.Context, by team.By, id models.ID) error { return h.Team.SetRole(ctx, by, id, role) })(c)
}

// ColleagueDisable keeps somebody out.
func (h *Handlers) ColleagueDisable(c echo.Context) error {
	return h.act(flashDisabled, h.Team.Disable)(c)
}

// ColleagueEnable lets somebody in again.
func (h *Handlers) ColleagueEnable(c echo.Context) error {
	return h.act(flashEnabled, h.Team.Enable)(c)
}

// ColleagueSignOut ends somebody's sessions.
func (h *Handlers) ColleagueSignOut(c echo.Context) error {
	return h.act(flashSignedOut, h.Team.SignOut)(c)
}

// ColleagueAgain mails a fresh link.
func (h *Handlers) ColleagueAgain(c echo.Context) error {
	return h.act(flashInvitedAgain, h.Team.InviteAgain)(c)
}

// ColleagueTakeBack takes an invitation back.
func (h *Handlers) ColleagueTakeBack(c echo.Context) error {
	return h.act(flashTakenBack, h.Team.TakeBack)(c)
}

// What can be told after a change of the team or of one's own account: the ends of the messages "flash.…".
const (
	flashInvited      = "team_invited"
	flashInvitedAgain = "team_invited_again"
	flashTakenBack    = "team_taken_back"
	flashRole         = "team_role"
	flashDisabled     = "team_disabled"
	flashEnabled      = "team_enabled"
	flashSignedOut    = "team_signed_out"
	flashAccountSaved = "account_saved"
	flashPassword     = "account_password"
	flashSessions     = "account_sessions"
	flashFactorOff    = "account_factor_off"
)
