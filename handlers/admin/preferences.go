package admin

import (
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/i18n"

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
		u.Locale = string(locale)
		if err := h.Store.UpdateUser(ctx, u); err != nil {
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
		u := web.User(c)
		u.Theme = theme
		if err := h.Store.UpdateUser(c.Request().Context(), u); err != nil {
			return err
		}
	}
	return web.Redirect(c, ownPath(c.FormValue("back")))
}
