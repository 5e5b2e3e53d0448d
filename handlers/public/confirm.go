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
	return h.showConfirm(c, p, page.ConsentProps{State: page.ConsentState(p.Standing)})
}

// ConfirmSubmit confirms and leads on to what was promised, or mails a fresh button where this one is too old.
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
	props := page.ConsentProps{State: page.ConsentState(p.Standing), Answered: true}
	gift, err := h.Leads.ConfirmedGift(ctx, token)
	switch {
	case err != nil: // the consent counts, and the gift is in the mail
		h.Log.Warn("a gift can't be shown after a confirmation", "error", err)
	case gift != nil:
		h.give(&props, gift)
	}
	return h.showConfirm(c, p, props)
}

// give puts a gift on the page.
func (h *Handlers) give(props *page.ConsentProps, gift *leads.Gift) {
	if gift.Download != "" {
		props.Download, props.Cover = h.downloads(gift.Published, gift.Download), coverOf(gift.Published)
	}
	if gift.Code != "" {
		props.Coupon = &page.Coupon{Code: gift.Code, Terms: gift.Published.Version.Doc.Offer.Coupon.Terms}
	}
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
	return h.showConfirm(c, p, page.ConsentProps{State: state, Answered: true})
}

func (h *Handlers) showConfirm(c echo.Context, p *leads.ConsentPage, props page.ConsentProps) error {
	props.Act = page.ActConfirm
	if props.State == page.ConsentDone {
		props.Choices = h.choicesOf(h.Links.OpenConfirm(c.Param("token")))
	}
	return h.showConsent(c, p, props)
}
