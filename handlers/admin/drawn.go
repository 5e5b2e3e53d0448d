package admin

import (
	"time"

	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// drawnLife is how old a form may be whose ID is taken: rows are listed in the order of their IDs.
const drawnLife = 24 * time.Hour

// drawn is the ID that a form was shown with for what it is to make: however often it is sent, one row can have it. 0 where
// a form has none that is to be taken, so that what it makes gets one of its own.
func (h *Handlers) drawn(c echo.Context) models.ID {
	id, err := models.ParseID(c.FormValue("drawn"))
	if age := h.Clock().Sub(id.Time()); err != nil || age < -time.Minute || age > drawnLife { // clocks differ a little
		return 0
	}
	return id
}
