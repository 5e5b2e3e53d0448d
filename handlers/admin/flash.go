package admin

import (
	"strings"

	"sarnakh/i18n"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

const sessionFlash = "flash"

// A flash is said once, on the next page: what the last button did, and about whom.
func (h *Handlers) setFlash(c echo.Context, what, subject, name string) {
	h.Sessions.Put(c.Request().Context(), sessionFlash, what+"\n"+subject+"\n"+name)
}

func (h *Handlers) flash(c echo.Context, loc *i18n.Loc) *layout.Notice {
	parts := strings.SplitN(h.Sessions.PopString(c.Request().Context(), sessionFlash), "\n", 3)
	if len(parts) != 3 {
		return nil
	}
	var n layout.Notice
	switch parts[0] {
	case flashReleased:
		n = admin.ReleasedNotice(loc, parts[2], "/admin/leads/"+parts[1])
	case flashKept:
		n = admin.KeptNotice(loc)
	default:
		return sequenceNotice(loc, parts[0], parts[1], parts[2], h.Mailbox)
	}
	return &n
}

const (
	flashReleased = "released"
	flashKept     = "kept"
)
