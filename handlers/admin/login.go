package admin

import (
	"errors"
	"net/http"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// gateHead is the head of a page for somebody who is not signed in: nothing of it may be guessed by
// what the address carries, so switching language leads back to this page alone.
func (h *Handlers) gateHead(c echo.Context) layout.AdminHead {
	head := h.head(c)
	head.Actions.SignOut = ""
	return head
}

// LoginShow is the door.
func (h *Handlers) LoginShow(c echo.Context) error {
	if web.User(c) != nil {
		return web.Redirect(c, ownPath(c.QueryParam("next")))
	}
	return h.showLogin(c, http.StatusOK, admin.SignInProps{Next: c.QueryParam("next"), Ended: c.QueryParam("ended") == "1"})
}

func (h *Handlers) showLogin(c echo.Context, status int, p admin.SignInProps) error {
	p.Head, p.Action = h.gateHead(c), "/admin/login"
	p.Head.Path = "/admin/login"
	if p.Next != "" {
		p.Next = ownPath(p.Next)
	}
	return web.HTML(c, status, admin.SignIn(p))
}

// LoginSubmit lets in who knows the password, or asks them for the second factor. Who guesses waits longer each time.
// Whether there is such a user, and whether they are disabled, nobody learns by the answer or the time it takes.
func (h *Handlers) LoginSubmit(c echo.Context) error {
	email := strings.ToLower(strings.TrimSpace(c.FormValue("email")))
	props := admin.SignInProps{Email: c.FormValue("email"), Next: c.FormValue("next"), Parked: c.FormValue("parked")}
	keys := []string{"user " + email, "from " + c.RealIP()}
	now := h.Clock()
	if props.Wait = h.slowdown.Try(now, keys...); props.Wait > 0 {
		web.RetryAfter(c, props.Wait)
		return h.showLogin(c, http.StatusTooManyRequests, props)
	}
	user, err := h.Store.UserByEmail(c.Request().Context(), email)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	if !web.CheckPassword(user.PasswordHash, c.FormValue("password")) || user.State() != models.UserActive {
		subject := "" // what was typed may be anything, a password too
		if user.ID != 0 {
			subject = "user:" + user.ID.String()
		}
		if err := h.audit(c, "login.failed", subject, ""); err != nil {
			return err
		}
		props.Failed = true
		return h.showLogin(c, http.StatusUnprocessableEntity, props)
	}
	h.slowdown.Succeeded(keys[0], keys[1:]...)
	if user.TOTP != "" {
		return h.askSecond(c, user, props)
	}
	return h.enter(c, user, "login", func() error { return h.resume(c, user, props.Parked, props.Next) })
}

// enter signs the user in under a fresh token, and goes on.
func (h *Handlers) enter(c echo.Context, user *models.User, action string, onward func() error) error {
	entry := models.AuditEntry{UserID: user.ID, Action: action, Subject: "user:" + user.ID.String(), IP: c.RealIP()}
	if err := h.Store.Audit(c.Request().Context(), entry); err != nil {
		return err
	}
	if err := web.SignIn(h.Sessions, c, user.ID); err != nil {
		return err
	}
	return onward()
}

// LogoutSubmit ends the session.
func (h *Handlers) LogoutSubmit(c echo.Context) error {
	if err := web.SignOut(h.Sessions, c); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/login?ended=1")
}
