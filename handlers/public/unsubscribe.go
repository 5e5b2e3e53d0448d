package public

import (
	"net/http"

	"sarnakh/leads"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// UnsubscribeShow has the button that stops the mails; opening it stops nothing.
func (h *Handlers) UnsubscribeShow(c echo.Context) error {
	p, err := h.Leads.Unsubscription(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return h.showUnsubscribe(c, p, false)
}

// UnsubscribeSubmit stops the mails before it answers. Whatever is posted here, or cannot be read, means stop: what
// a mail program's own button sends (RFC 8058), in either encoding, only gets a shorter answer.
func (h *Handlers) UnsubscribeSubmit(c echo.Context) error {
	how := models.ByPage
	if values, err := readForm(c); err == nil && values.Get("List-Unsubscribe") == "One-Click" {
		how = models.ByOneClick
	}
	p, err := h.Leads.Unsubscribe(c.Request().Context(), c.Param("token"), how, who(c, "/u"))
	if err != nil {
		return err
	}
	if how == models.ByOneClick {
		return c.String(http.StatusOK, "unsubscribed\n")
	}
	return h.showUnsubscribe(c, p, true)
}

func (h *Handlers) showUnsubscribe(c echo.Context, p *leads.ConsentPage, answered bool) error {
	state := page.ConsentState(p.Standing)
	if p.Email == "" { // stopped for good: they were forgotten
		state = page.ConsentGone
	}
	return h.showConsent(c, p, page.ConsentProps{
		Act: page.ActUnsubscribe, State: state, Answered: answered,
		Choices: h.choicesOf(h.Links.OpenUnsubscribe(c.Param("token"))),
	})
}
