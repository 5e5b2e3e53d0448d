package public

import (
	"sarnakh/handlers/web"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// ErrorShow draws a problem on a public page.
func (h *Handlers) ErrorShow(c echo.Context, p web.Problem) error {
	props := page.ErrorProps{Head: h.plainHead(c), Status: p.Status, RetryAfter: p.RetryAfter}
	if p.Status >= 500 {
		props.RequestID = p.RequestID
	}
	return web.HTML(c, p.Status, page.Error(props))
}
