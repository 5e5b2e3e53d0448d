package admin

import (
	"sarnakh/handlers/web"

	"github.com/labstack/echo/v4"
)

// MailResume lets mail leave again that was stopped as a whole, such as by restoring a backup.
func (h *Handlers) MailResume(c echo.Context) error {
	ctx := c.Request().Context()
	reason, err := h.Store.MailPaused(ctx)
	if err != nil {
		return err
	}
	if reason != "" { // the second press resumes nothing
		if err := h.audit(c, "mail.resume", "mail", ""); err != nil {
			return err
		}
		if err := h.Store.ResumeMail(ctx); err != nil {
			return err
		}
	}
	h.setFlash(c, flashMailResumed, "", "")
	return web.Redirect(c, "/admin")
}
