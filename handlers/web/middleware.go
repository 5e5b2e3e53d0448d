package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// Policy lets a page load nothing but ours and run nothing in line (decision 9).
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers every answer carries, as ready slices: setting them allocates nothing.
var headers = map[string][]string{
	"Content-Security-Policy":      {Policy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"strict-origin-when-cross-origin"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"X-Frame-Options":              {"DENY"},
	"Permissions-Policy":           {"camera=(), microphone=(), geolocation=(), browsing-topics=()"},
}

// strictTransport is sent where the public address is https: two years, as browsers ask for their lists.
var strictTransport = []string{"max-age=63072000; includeSubDomains"}

// Secure puts the security headers on every answer.
func (w *Web) Secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		for k, v := range headers {
			h[k] = v
		}
		if w.Site.HTTPS {
			h["Strict-Transport-Security"] = strictTransport
		}
		return next(c)
	}
}

// Named gives the request an ID, and writes down what went wrong with it. The log holds the route, never
// the address: addresses carry tokens (I11).
func (w *Web) Named(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		var raw [6]byte
		_, _ = rand.Read(raw[:])
		id := hex.EncodeToString(raw[:])
		r := c.Request()
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
		start := w.Clock()
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
			if err != nil {
				c.Error(err)
			}
			w.record(c, id, err, w.Clock().Sub(start))
			err = nil
		}()
		return next(c)
	}
}

func (w *Web) record(c echo.Context, id string, err error, took time.Duration) {
	status, level := c.Response().Status, slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	ctx := c.Request().Context()
	if !w.Log.Enabled(ctx, level) {
		return
	}
	attrs := []slog.Attr{slog.String("id", id), slog.String("method", c.Request().Method), slog.String("route", c.Path()),
		slog.Int("status", status), slog.Duration("took", took)}
	if err != nil {
		attrs = append(attrs, slog.Any("error", err))
	}
	w.Log.LogAttrs(ctx, level, "request", attrs...)
}
