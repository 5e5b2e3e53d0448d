package public

import (
	"errors"
	"net/http"

	"sarnakh/leads"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// EventShow is a campaign's event as a file for calendars, without the address that only those get who sign up (C3).
func (h *Handlers) EventShow(c echo.Context) error {
	p, err := h.Campaigns.Snapshot().Page(c.Param("slug"))
	switch {
	case errors.Is(err, models.ErrNotFound):
		return h.moved(c, "/"+leads.CalendarName, err)
	case err != nil:
		return err
	}
	file := h.Leads.Calendar(p, false)
	if file == nil {
		return models.ErrNotFound
	}
	header := c.Response().Header()
	header.Set("Content-Disposition", `attachment; filename="`+leads.CalendarName+`"`)
	header.Set("Cache-Control", "public, no-cache")
	return c.Blob(http.StatusOK, leads.CalendarType, file)
}
