package campaigns

import (
	"strings"

	"sarnakh/models"
)

// mailsGift tells whether what is given comes by mail alone.
func (c *checker) mailsGift() bool {
	o := &c.doc.Offer
	return o.Pool != nil && !o.Pool.OnScreen || o.Trial != nil || o.Event != nil || o.Kind == models.OfferNewsletter
}

func (c *checker) offer() {
	o := &c.doc.Offer
	if c.facts.Told != "" && c.facts.SignedUp > 0 {
		c.warn("/leads", "event_moved", "n", c.facts.SignedUp, "was", c.facts.Told)
	}
	switch o.Kind {
	case models.OfferEbook, models.OfferFile:
		if len(o.Files) == 0 {
			c.stop("/offer", "no_file")
		}
	case models.OfferCoupon:
		if o.Coupon == nil && o.Pool == nil {
			c.stop("/offer", "no_coupon")
		}
	case models.OfferTrial:
		if o.Trial == nil || o.Trial.URL == "" && o.Trial.Webhook == "" {
			c.stop("/offer", "no_trial")
		}
	case models.OfferWebinar:
		c.event(o.Event)
	case "":
		c.stop("/offer", "no_offer")
	}
	if o.Coupon != nil {
		c.coupon(o.Coupon)
	}
	if o.Pool != nil {
		c.pool(o.Pool)
	}
	if o.Contest != nil {
		c.outlives(o.Contest.Until)
	}
}

// outlives warns where what is given ends before the campaign does: people would go on signing up for it.
func (c *checker) outlives(end models.Instant) {
	if end > c.facts.Now && (c.facts.Until == 0 || c.facts.Until > end) {
		c.warn("/settings#f-until_day", "outlives")
	}
}

// EventMoved tells whether an event that is still to come would be at another time or place than it was said to be, or not
// be at all.
func EventMoved(was, now *models.Gathering, at models.Instant) bool {
	if was == nil || was.From <= at {
		return false
	}
	return now == nil || was.From != now.From || was.Until != now.Until || was.Place != now.Place || was.URL != now.URL
}

func (c *checker) event(e *models.Gathering) {
	switch {
	case e == nil || e.From == 0:
		c.stop("/offer", "no_time")
	case e.From <= c.facts.Now:
		c.warn("/offer", "event_over")
	case e.Place == "" && e.URL == "":
		c.stop("/offer", "no_place")
	default:
		c.outlives(e.From)
	}
}

func (c *checker) coupon(o *models.SharedCoupon) {
	switch {
	case strings.TrimSpace(o.Code) == "":
		c.stop("/offer", "no_code")
	case o.Until != 0 && o.Until <= c.facts.Now:
		c.stop("/offer", "coupon_over")
	default:
		c.outlives(o.Until)
	}
}

func (c *checker) pool(o *models.CouponPool) {
	switch {
	case o.Until != 0 && o.Until <= c.facts.Now:
		c.stop("/offer", "coupon_over")
	case c.facts.FreeCodes == 0:
		c.stop("/offer", "pool_empty")
	case c.facts.FreeCodes < FewCodes:
		c.warn("/offer", "pool_low", "n", c.facts.FreeCodes)
	default:
		c.outlives(o.Until)
	}
}
