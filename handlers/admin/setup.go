package admin

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"
	"unicode/utf8"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/team"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// setupLife is how long a one-time link works.
const setupLife = time.Hour

// NewSetupLink makes a one-time link: for a user to choose a password or, with user 0, for the first owner.
func NewSetupLink(ctx context.Context, s *store.Store, baseURL string, user models.ID) (string, error) {
	token := rand.Text()
	link := models.SetupLink{Hash: team.LinkHash(token), UserID: user, ExpiresAt: s.Now().Add(setupLife)}
	return baseURL + "/admin/setup/" + token, s.AddSetupLink(ctx, &link)
}

// SetupShow opens a one-time link; opening it does not use it up.
func (h *Handlers) SetupShow(c echo.Context) error {
	user, err := h.setupUser(c)
	if errors.Is(err, models.ErrNotFound) {
		return h.setupGone(c)
	}
	if err != nil {
		return err
	}
	p := setupOf(user)
	p.Name, p.Email, p.Locale = user.Name, user.Email, i18n.Locale(user.Locale)
	return h.showSetup(c, http.StatusOK, p)
}

// setupOf is what the link is for: to make the owner, to let somebody in who was invited, or a new password.
func setupOf(user *models.User) admin.SetupProps {
	p := admin.SetupProps{FactorOff: user.TOTP != ""}
	if user.ID != 0 {
		if p.Reset = user.PasswordHash != ""; !p.Reset {
			p.Invited = string(user.Role)
		}
	}
	return p
}

// setupUser is whom the link is for; without an ID it is the owner to be made.
func (h *Handlers) setupUser(c echo.Context) (*models.User, error) {
	ctx := c.Request().Context()
	link, err := h.Store.SetupLink(ctx, team.LinkHash(c.Param("token")))
	if err != nil {
		return nil, err
	}
	if link.UserID == 0 {
		return &models.User{Role: models.Owner, Theme: "system"}, nil
	}
	user, err := h.Store.User(ctx, link.UserID)
	if err == nil && user.DisabledAt != 0 {
		return nil, models.ErrNotFound
	}
	return user, err
}

// SetupSubmit makes the owner, or gives a user their new password, and signs them in.
func (h *Handlers) SetupSubmit(c echo.Context) error {
	user, err := h.setupUser(c)
	if errors.Is(err, models.ErrNotFound) {
		return h.setupGone(c)
	}
	if err != nil {
		return err
	}
	props := h.setupTyped(c, user)
	if c.FormValue("_show") == "1" {
		props.Shown = true
		return h.showSetup(c, http.StatusOK, props)
	}
	if props.Errors = h.setupErrors(c, props); props.Errors != (admin.SetupErrors{}) {
		return h.showSetup(c, http.StatusUnprocessableEntity, props)
	}
	user.Name, user.Locale, user.PasswordHash = props.Name, string(props.Locale), web.HashPassword(c.FormValue("password"))
	if user.ID == 0 {
		_, user.Email, _ = leads.Mailbox(props.Email)
	}
	err = h.Store.UseSetupLink(c.Request().Context(), team.LinkHash(c.Param("token")), user)
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, models.ErrConflict) {
		return h.setupGone(c)
	}
	if err != nil {
		return err
	}
	if err := h.Leads.TellWaiting(c.Request().Context()); err != nil {
		return err
	}
	to := "/admin"
	if props.Invited != "" {
		to = factorURL + "?welcome=1"
	}
	return h.enter(c, user, "setup", func() error { return web.Redirect(c, to) })
}

// setupTyped is what was typed, whatever it is.
func (h *Handlers) setupTyped(c echo.Context, user *models.User) admin.SetupProps {
	p := setupOf(user)
	p.Name, p.Email, p.Password = i18n.FoldText(c.FormValue("name")), c.FormValue("email"), c.FormValue("password")
	p.Locale, _ = i18n.ParseLocale(c.FormValue("locale"))
	if user.ID != 0 {
		p.Email = user.Email
		if !c.Request().PostForm.Has("name") {
			p.Name = user.Name
		}
		if p.Locale == "" {
			p.Locale = i18n.Locale(user.Locale)
		}
	}
	if p.Password != "" {
		p.Strength = strength(p.Password, p.Name, p.Email, h.Site.Host)
	}
	return p
}

func (h *Handlers) setupErrors(c echo.Context, p admin.SetupProps) (e admin.SetupErrors) {
	loc := i18n.For(h.locale(c))
	e.Name = userNameProblem(loc, p.Name)
	if _, _, ok := leads.Mailbox(p.Email); !ok {
		e.Email = loc.T("invalid.email", "example", loc.T("example.email"))
	}
	if p.Locale == "" {
		e.Locale = loc.T("invalid.required_choice", "label", loc.T("admin.setup.locale"))
	}
	switch p.Strength {
	case "", admin.StrengthShort:
		e.Password = loc.T("invalid.password_short", "n", web.MinPassword)
	case admin.StrengthCommon:
		e.Password = loc.T("admin.setup.strength.common")
	}
	return e
}

// strength is a coarse hint: long is good; own is what belongs to whoever chose it, which others know.
func strength(password string, own ...string) admin.Strength {
	n := utf8.RuneCountInString(password)
	switch {
	case n < web.MinPassword:
		return admin.StrengthShort
	case web.Guessable(password, own...):
		return admin.StrengthCommon
	case n < 16:
		return admin.StrengthFair
	}
	return admin.StrengthGood
}

func (h *Handlers) showSetup(c echo.Context, status int, p admin.SetupProps) error {
	p.Head, p.Action, p.MinLength = h.gateHead(c), c.Request().URL.Path, web.MinPassword
	return web.HTML(c, status, admin.Setup(p))
}

func (h *Handlers) setupGone(c echo.Context) error {
	hasOwner, err := h.Store.HasOwner(c.Request().Context())
	if err != nil {
		return err
	}
	return web.HTML(c, http.StatusNotFound, admin.SetupGone(admin.SetupGoneProps{Head: h.gateHead(c), HasOwner: hasOwner, SignInURL: "/admin/login"}))
}
