package admin

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// CampaignSlug says what an address would be, and whether it is free: for the script beside the field, which shows it while
// somebody types.
func (h *Handlers) CampaignSlug(c echo.Context) error {
	ctx, loc := c.Request().Context(), i18n.For(h.locale(c))
	slug := strings.ToLower(i18n.FoldText(i18n.FoldDigits(c.QueryParam("slug"))))
	if name := c.QueryParam("name"); name != "" {
		proposed := campaigns.SlugOf(i18n.FoldText(name))
		if proposed == "" {
			return c.JSON(http.StatusOK, slugAnswer{})
		}
		free, err := h.Campaigns.FreeSlug(ctx, proposed)
		if err != nil {
			return err
		}
		slug = free
	}
	of, _ := models.ParseID(c.QueryParam("of")) // none of a campaign that is not there yet
	text, err := h.slugProblem(ctx, loc, slug, of)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, slugAnswer{Slug: slug, OK: text == "", Text: text})
}

// A slugAnswer tells of an address; Text is what is wrong with it.
type slugAnswer struct {
	Slug string `json:"slug"`
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

// slugProblem is why a campaign can't have an address, empty where it can.
func (h *Handlers) slugProblem(ctx context.Context, loc *i18n.Loc, slug string, of models.ID) (string, error) {
	if invalid, ok := errors.AsType[*models.Invalid](campaigns.CheckSlug(slug)); ok {
		return loc.T(invalid.Fields[0].Key, invalid.Fields[0].Args...), nil
	}
	taken, err := h.Store.SlugTaken(ctx, slug, of)
	if err != nil || !taken {
		return "", err
	}
	return loc.T("campaign.slug_taken", "slug", slug), nil
}
