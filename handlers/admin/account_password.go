package admin

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// PasswordSave changes the password of somebody who knows the present one. Their other sessions end, and this one goes on
// under a fresh token.
func (h *Handlers) PasswordSave(c echo.Context) error {
	loc, password := i18n.For(h.locale(c)), c.FormValue("password")
	problem, status, err := h.proved(c)
	if err != nil {
		return err
	}
	var p admin.AccountProps
	if problem != "" {
		p.Problems = append(p.Problems, ui.Problem{Target: "f-present", Text: problem})
	}
	if text := passwordProblem(loc, password, web.User(c).Name, web.User(c).Email, h.Site.Host); text != "" {
		p.Problems = append(p.Problems, ui.Problem{Target: "f-password", Text: text})
		status = max(status, http.StatusUnprocessableEntity)
	}
	if len(p.Problems) > 0 {
		return h.showAccount(c, status, p)
	}
	hash := web.HashPassword(password)
	_, err = h.Store.EditUser(c.Request().Context(), web.User(c).ID, store.UserEdit{
		Edit:  func(u *models.User) error { u.PasswordHash = hash; return nil },
		Audit: h.acted(c, "account.password"), EndSessions: true, Keep: web.SessionHash(h.Sessions, c), EndLinks: true,
	})
	if err != nil {
		return err
	}
	if err := web.Renew(h.Sessions, c); err != nil {
		return err
	}
	h.setFlash(c, flashPassword, "", "")
	return web.Redirect(c, accountURL)
}

func passwordProblem(loc *i18n.Loc, password string, own ...string) string {
	switch strength(password, own...) {
	case admin.StrengthShort:
		return loc.T("invalid.password_short", "n", web.MinPassword)
	case admin.StrengthCommon:
		return loc.T("admin.setup.strength.common")
	}
	return ""
}

// SessionsEnd ends one of the person's sessions, or all but this one.
func (h *Handlers) SessionsEnd(c echo.Context) error {
	problem, status, err := h.proved(c)
	if err != nil {
		return err
	}
	if problem != "" {
		return h.showAccount(c, status, admin.AccountProps{Problems: []ui.Problem{{Target: "f-end-present", Text: problem}}})
	}
	ctx, user, this, end := c.Request().Context(), web.User(c).ID, web.SessionHash(h.Sessions, c), c.FormValue("end")
	switch end {
	case "others":
		err = h.Store.EndSessions(ctx, user, this, h.acted(c, "account.sessions_end"))
	case this:
		return h.LogoutSubmit(c)
	default:
		err = h.Store.EndSession(ctx, user, end, h.acted(c, "account.session_end"))
	}
	if err != nil {
		return err
	}
	h.setFlash(c, flashSessions, "", "")
	return web.Redirect(c, accountURL)
}
