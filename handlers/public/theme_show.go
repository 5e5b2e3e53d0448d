package public

import (
	"net/http"

	"sarnakh/models"
	"sarnakh/theme"

	"github.com/labstack/echo/v4"
)

// themeURL is the address of a page's own stylesheet, empty where it looks as the program does by itself.
func themeURL(t models.Theme) string {
	key := theme.Key(t)
	if key == "" {
		return ""
	}
	return "/theme/" + key
}

// ThemeShow makes a theme's stylesheet from its address alone.
func (h *Handlers) ThemeShow(c echo.Context) error {
	t, ok := theme.Parse(c.Param("key"))
	if !ok {
		return models.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", forEver)
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", []byte(theme.CSS(t)))
}
