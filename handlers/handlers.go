// Package handlers answers HTTP: one table of routes, and the middle parts that every answer goes through.
package handlers

import (
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"sarnakh/handlers/admin"
	"sarnakh/handlers/public"
	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/store"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
)

// Config is what the routes are built with.
type Config struct {
	Web      *web.Web
	Store    *store.Store
	Public   *public.Handlers
	Admin    *admin.Handlers
	Sessions *scs.SessionManager
	// RemoteAddr finds the visitor's address behind the proxies that are trusted.
	RemoteAddr echo.IPExtractor
}

// New builds the program's one http.Handler.
func New(cfg Config) http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = cfg.RemoteAddr
	e.HTTPErrorHandler = web.ErrorHandler(cfg.Public.ErrorShow, cfg.Admin.ErrorShow)
	e.Use(cfg.Web.Named, cfg.Web.Secure)
	files := echo.WrapHandler(static.Handler())
	e.GET("/static/*", files)
	e.HEAD("/static/*", files)
	office := []echo.MiddlewareFunc{sameOrigin, web.Browser, echo.WrapMiddleware(cfg.Sessions.LoadAndSave), web.Known(cfg.Sessions, cfg.Store)}
	all := routes(cfg.Public, cfg.Admin)
	for _, r := range all {
		guards := []echo.MiddlewareFunc{limited(r.body)}
		if strings.HasPrefix(r.path, "/admin") {
			guards = slices.Concat(guards, office, []echo.MiddlewareFunc{allowed(r.roles, cfg.Admin.AskToSignIn), cfg.Admin.Factored})
		}
		if r.body > quickBody {
			guards = append(guards, patient)
		}
		e.Add(r.method, r.path, r.handler, guards...)
		if r.method == http.MethodGet {
			e.Add(http.MethodHead, r.path, r.handler, guards...)
		}
	}
	pages := pagesOf(all)
	for _, r := range all {
		if strings.HasPrefix(r.path, "/admin") && !pages[r.path] {
			e.GET(r.path, upward(pages))
		}
	}
	e.RouteNotFound("/admin/*", func(echo.Context) error { return models.ErrNotFound }, office...)
	return e
}

// pagesOf are the paths that can be looked at.
func pagesOf(all []route) map[string]bool {
	pages := map[string]bool{}
	for _, r := range all {
		pages[r.path] = pages[r.path] || r.method == http.MethodGet
	}
	return pages
}

// upward leads from an address that only takes forms to the nearest page above it: there whoever asks again for the answer
// to a form finds themselves, by a reload, another language or a sign-in.
func upward(pages map[string]bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		at, to := path.Dir(c.Path()), path.Dir(c.Request().URL.Path)
		for !pages[at] {
			at, to = path.Dir(at), path.Dir(to)
		}
		return web.Redirect(c, to)
	}
}

// limited refuses a body larger than the route takes.
func limited(body int64) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if r.ContentLength > body {
				return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
			}
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = http.MaxBytesReader(c.Response(), r.Body, body)
			}
			return next(c)
		}
	}
}

const (
	// quickBody is what can be sent within the time that every request has.
	quickBody = 4 << 20
	// uploadTime is how long a larger one may take: 50 MB at half a megabit a second.
	uploadTime = 15 * time.Minute
)

// patient lets a file arrive over a bad network, from whoever may send one.
func patient(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		connection, until := http.NewResponseController(c.Response()), time.Now().Add(uploadTime)
		if err := errors.Join(connection.SetReadDeadline(until), connection.SetWriteDeadline(until)); err != nil {
			return err
		}
		return next(c)
	}
}

// sameOrigin refuses a form that another site sends in a signed-in browser's name (decision 10).
func sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	var protection http.CrossOriginProtection
	return func(c echo.Context) error {
		if protection.Check(c.Request()) != nil {
			return models.ErrForbidden
		}
		return next(c)
	}
}

// allowed lets the roles in, asks those who are not signed in to do so, and refuses the others.
func allowed(roles []models.Role, ask echo.HandlerFunc) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			user := web.User(c)
			switch {
			case len(roles) == 0:
				return next(c)
			case user == nil:
				return ask(c)
			case !slices.Contains(roles, user.Role):
				return models.ErrForbidden
			}
			return next(c)
		}
	}
}
