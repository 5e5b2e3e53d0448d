package admin

import (
	"context"
	"net/url"
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
)

// placeOf names what a form of the back office is for: the room, whichever campaign or sequence there, and its part. What has no
// name, or is gone, is left out.
func (h *Handlers) placeOf(ctx context.Context, loc *i18n.Loc, address string) (place []string) {
	at, err := url.Parse(address)
	if err != nil {
		return nil
	}
	part := strings.Split(strings.TrimPrefix(at.Path, "/admin/"), "/")
	for _, key := range [...]string{"admin.nav." + part[0], part[0] + ".heading"} {
		if loc.Has(key) {
			place = append(place, loc.T(key))
			break
		}
	}
	if len(part) < 2 {
		return place
	}
	id, err := models.ParseID(part[1])
	if err != nil {
		return place
	}
	switch part[0] {
	case "campaigns":
		campaign, err := h.Store.Campaign(ctx, id)
		if err != nil {
			return place
		}
		place = append(place, campaign.Name)
		if len(part) < 3 {
			return place
		}
		if key := "campaign.tab." + part[2]; loc.Has(key) {
			return append(place, loc.T(key))
		}
		if key := campaignPages["/"+part[2]]; key != "" {
			return append(place, loc.T(key))
		}
	case "sequences":
		if q, err := h.Store.Sequence(ctx, id); err == nil {
			place = append(place, q.Name)
		}
	}
	return place
}
