// Package web is what every handler uses: rendering, errors, languages, security headers and sessions.
package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"sarnakh/i18n"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// Site is what the owner has set about the server as a whole.
type Site struct {
	BaseURL string // without a slash at the end
	Host    string // of BaseURL
	HTTPS   bool
	Locale  i18n.Locale
	Zone    *time.Location
}

// Web is shared by all handlers.
type Web struct {
	Site  Site
	Clock func() time.Time
	Log   *slog.Logger
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// HTML renders a component whole before the first byte is sent, so that an error in it is an error page.
func HTML(c echo.Context, status int, page templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := page.Render(c.Request().Context(), buf); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	return WriteCompressed(c, status, buf.Bytes())
}

// Redirect sends the browser on with GET (303).
func Redirect(c echo.Context, to string) error { return c.Redirect(http.StatusSeeOther, to) }

// RetryAfter says in the header when to come again, in whole seconds, at least one.
func RetryAfter(c echo.Context, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	c.Response().Header().Set("Retry-After", strconv.Itoa(max(seconds, 1)))
}

// VisitorLocale is the language of a page that has none of its own: as the browser asks, else the owner's.
func (w *Web) VisitorLocale(c echo.Context) i18n.Locale {
	return i18n.Match(c.Request().Header.Get("Accept-Language"), w.Site.Locale)
}

type requestIDKey struct{}

// RequestID names a request in the log and on the page of an error.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
