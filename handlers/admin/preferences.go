package admin

import (
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"

	"github.com/labstack/echo/v4"
)

// LocaleSubmit changes the language: of the person, or at the door of this browser.
func (h *Handlers) LocaleSubmit(c echo.Context) error {
	locale, ok := i18n.ParseLocale(c.FormValue("locale"))
	if !ok {
		return web.Redirect(c, ownPath(c.FormValue("back")))
	}
	ctx := c.Request().Context()
	if u := web.User(c); u != nil {
		_, err := h.Store.EditUser(ctx, u.ID, store.UserEdit{Edit: func(u *models.User) error { u.Locale = string(locale); return nil }})
		if err != nil {
			return err
		}
	} else {
		h.Sessions.Put(ctx, sessionLocale, string(locale))
	}
	return web.Redirect(c, ownPath(c.FormValue("back")))
}

var themes = []string{"system", "light", "dark"}

// ThemeSubmit changes the colours of the back office.
func (h *Handlers) ThemeSubmit(c echo.Context) error {
	if theme := c.FormValue("theme"); slices.Contains(themes, theme) {
		_, err := h.Store.EditUser(c.Request().Context(), web.User(c).ID, store.UserEdit{Edit: func(u *models.User) error { u.Theme = theme; return nil }})
		if err != nil {
			return err
		}
	}
	return web.Redirect(c, ownPath(c.FormValue("back")))
}
