package public

import (
	"context"
	"net/http"
	"time"

	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// Healthz says that the process lives.
func (h *Handlers) Healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyWithin is how long a commit may take on a server that is ready.
const readyWithin = 3 * time.Second

// Readyz says that a submission can be taken: it commits a write.
func (h *Handlers) Readyz(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyWithin)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- h.Store.Ready(ctx) }()
	select {
	case err := <-done:
		if err == nil {
			return c.String(http.StatusOK, "ready\n")
		}
	case <-ctx.Done():
	}
	return models.ErrUnavailable
}
