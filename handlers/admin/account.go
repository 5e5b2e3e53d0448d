package admin

import (
	"net/http"
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/team"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const accountURL = "/admin/account"

// maxSessions is how many of a person's sessions are shown.
const maxSessions = 100

// AccountShow is everybody's own page.
func (h *Handlers) AccountShow(c echo.Context) error {
	return h.showAccount(c, http.StatusOK, admin.AccountProps{})
}

// showAccount shows what is kept, but for what was just typed.
func (h *Handlers) showAccount(c echo.Context, status int, p admin.AccountProps) error {
	user := web.User(c)
	shell, err := h.shell(c, layout.RoomAccount)
	if err != nil {
		return err
	}
	sessions, err := h.Store.SessionsOf(c.Request().Context(), user.ID, maxSessions)
	if err != nil {
		return err
	}
	this := web.SessionHash(h.Sessions, c)
	for _, s := range sessions {
		device := team.DeviceOf(s.UserAgent)
		p.Sessions = append(p.Sessions, admin.SessionRow{ID: s.Hash, Browser: device.Browser, System: device.System, Network: s.IP,
			Since: h.in(s.CreatedAt), Seen: h.in(s.SeenAt), This: s.Hash == this})
	}
	if p.Locale == "" {
		p.Name, p.Locale, p.Theme = user.Name, i18n.Locale(user.Locale), layout.Theme(user.Theme)
	}
	p.Shell, p.Email, p.MinLength, p.Factor, p.CodesLeft = shell, user.Email, web.MinPassword, user.TOTP != "", len(user.Recovery)
	p.Action, p.PasswordURL, p.FactorURL, p.SessionsURL = accountURL, accountURL+"/password", accountURL+"/factor", accountURL+"/sessions"
	return web.HTML(c, status, admin.Account(p))
}

// maxUserName is how long a person's name may be.
const maxUserName = 100

// AccountSave changes name, language and colours.
func (h *Handlers) AccountSave(c echo.Context) error {
	loc := i18n.For(h.locale(c))
	p := admin.AccountProps{Name: i18n.FoldText(c.FormValue("name")), Theme: layout.Theme(c.FormValue("theme"))}
	locale, known := i18n.ParseLocale(c.FormValue("locale"))
	if !known {
		locale = h.locale(c)
		p.Problems = append(p.Problems, ui.Problem{Target: "f-locale", Text: loc.T("invalid.required_choice", "label", loc.T("admin.setup.locale"))})
	}
	if p.Locale = locale; !slices.Contains(themes, string(p.Theme)) {
		p.Theme = layout.Theme(web.User(c).Theme)
	}
	if text := userNameProblem(loc, p.Name); text != "" {
		p.Problems = append([]ui.Problem{{Target: "f-name", Text: text}}, p.Problems...)
	}
	if len(p.Problems) > 0 {
		return h.showAccount(c, http.StatusUnprocessableEntity, p)
	}
	_, err := h.Store.EditUser(c.Request().Context(), web.User(c).ID, store.UserEdit{Edit: func(u *models.User) error {
		u.Name, u.Locale, u.Theme = p.Name, string(p.Locale), string(p.Theme)
		return nil
	}})
	if err != nil {
		return err
	}
	h.setFlash(c, flashAccountSaved, "", "")
	return web.Redirect(c, accountURL)
}

func userNameProblem(loc *i18n.Loc, name string) string {
	switch n := len([]rune(name)); {
	case n == 0:
		return loc.T("invalid.required_name")
	case n > maxUserName:
		return loc.T("invalid.too_long", "label", loc.T("field.name"), "n", maxUserName)
	}
	return ""
}

// proved tells whether whoever is at the browser knows the person's password. Where not, the sentence for beside the field
// says so; guesses are slowed down with those at the door.
func (h *Handlers) proved(c echo.Context) (problem string, status int, err error) {
	user, loc, now := web.User(c), i18n.For(h.locale(c)), h.Clock()
	keys := []string{"user " + user.Email, "from " + c.RealIP()}
	typed := c.FormValue("present")
	if typed == "" {
		return loc.T("account.password.missing"), http.StatusUnprocessableEntity, nil
	}
	if wait := h.slowdown.Try(now, keys...); wait > 0 {
		web.RetryAfter(c, wait)
		return loc.T("admin.signin.wait", "span", wait), http.StatusTooManyRequests, nil
	}
	if web.CheckPassword(user.PasswordHash, typed) {
		h.slowdown.Succeeded(keys[0], keys[1:]...)
		return "", http.StatusOK, nil
	}
	return loc.T("account.password.wrong"), http.StatusUnprocessableEntity, h.audit(c, "account.refused", "user:"+user.ID.String(), "")
}

// acted is what the person did with their own account, for the audit log.
func (h *Handlers) acted(c echo.Context, action string) models.AuditEntry {
	user := web.User(c)
	return models.AuditEntry{UserID: user.ID, Action: action, Subject: "user:" + user.ID.String(), IP: c.RealIP()}
}
