package admin

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// ErrorShow draws a problem within the back office; at the door there is only the door.
func (h *Handlers) ErrorShow(c echo.Context, p web.Problem) error {
	if web.User(c) == nil {
		if p.Status < http.StatusInternalServerError && p.Status != http.StatusForbidden {
			return h.showLogin(c, p.Status, admin.SignInProps{})
		}
		return web.HTML(c, p.Status, admin.GateError(admin.GateErrorProps{Head: h.gateHead(c), Status: p.Status, RequestID: p.RequestID}))
	}
	shell, err := h.shell(c, layout.Room(""))
	if err != nil {
		return err
	}
	props := admin.ErrorProps{Shell: shell, Status: p.Status}
	if p.Status >= http.StatusInternalServerError {
		props.RequestID = p.RequestID
	}
	return web.HTML(c, p.Status, admin.Error(props))
}
