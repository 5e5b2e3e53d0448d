// Package handlers answers HTTP: one table of routes, and the middle parts that every answer goes through.
package handlers

import (
	"net/http"
	"slices"
	"strings"

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
	for _, r := range routes(cfg.Public, cfg.Admin) {
		guards := []echo.MiddlewareFunc{limited(r.body)}
		if strings.HasPrefix(r.path, "/admin") {
			guards = slices.Concat(guards, office, []echo.MiddlewareFunc{allowed(r.roles, cfg.Admin.AskToSignIn)})
		}
		e.Add(r.method, r.path, r.handler, guards...)
		if r.method == http.MethodGet {
			e.Add(http.MethodHead, r.path, r.handler, guards...)
		}
	}
	e.RouteNotFound("/admin/*", func(echo.Context) error { return models.ErrNotFound }, office...)
	return e
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
