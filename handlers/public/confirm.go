package public

import (
	"sarnakh/leads"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// ConfirmShow shows what is to be confirmed, word for word; opening it confirms nothing (C6).
func (h *Handlers) ConfirmShow(c echo.Context) error {
	p, err := h.Leads.Confirmation(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return h.showConfirm(c, p, page.ConsentState(p.Standing), false)
}

// ConfirmSubmit confirms, or mails a fresh button where this one is too old.
func (h *Handlers) ConfirmSubmit(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	if values.Get("fresh") == "1" {
		return h.confirmAfresh(c, token)
	}
	p, err := h.Leads.Confirm(ctx, token, who(c, "/confirm"))
	if err != nil {
		return err
	}
	return h.showConfirm(c, p, page.ConsentState(p.Standing), true)
}

func (h *Handlers) confirmAfresh(c echo.Context, token string) error {
	ctx := c.Request().Context()
	p, err := h.Leads.Confirmation(ctx, token)
	if err != nil {
		return err
	}
	state := page.ConsentState(p.Standing)
	if p.Standing == leads.StandingOld {
		if err := h.Leads.FreshConfirmation(ctx, token, who(c, "/confirm")); err != nil {
			return err
		}
		state = page.ConsentSent
	}
	return h.showConfirm(c, p, state, true)
}

func (h *Handlers) showConfirm(c echo.Context, p *leads.ConsentPage, state page.ConsentState, answered bool) error {
	props := page.ConsentProps{Act: page.ActConfirm, State: state, Answered: answered}
	if state == page.ConsentDone {
		props.Choices = h.choicesOf(h.Links.OpenConfirm(c.Param("token")))
	}
	return h.showConsent(c, p, props)
}
