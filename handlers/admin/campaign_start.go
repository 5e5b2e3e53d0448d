package admin

import (
	"sarnakh/campaigns"
	"sarnakh/campaigns/template"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

const fromBlank = "blank"

// A start is what a campaign is begun from.
type start struct {
	key, kind         string // of a template; fromBlank for none
	from              *models.Campaign
	name, about, slug string
	card              string
	locales           []string // in which it is there
}

// start reads what was chosen: nil where nothing was.
func (h *Handlers) start(c echo.Context, key, from string) (*start, error) {
	loc := i18n.For(h.locale(c))
	switch {
	case from != "":
		id, err := models.ParseID(from)
		if err != nil {
			return nil, models.ErrNotFound
		}
		of, draft, err := h.Store.Draft(c.Request().Context(), id)
		if err != nil {
			return nil, err
		}
		return &start{from: of, kind: string(draft.Doc.Offer.Kind), name: copyName(loc, of.Name), about: loc.T("campaign.begin.copy_about"),
			card: draft.Doc.Card, locales: []string{of.Locale}}, nil
	case key == fromBlank:
		return &start{key: key, about: loc.T("campaign.begin.blank_about"), locales: []string{"fa", "en"}}, nil
	case key == "":
		return nil, nil
	}
	s := &start{key: key, kind: key}
	for _, l := range i18n.Locales() {
		t, err := template.Of(key, string(l))
		if err != nil {
			return nil, err
		}
		s.locales = append(s.locales, string(l))
		if s.name == "" || l == loc.Locale() {
			s.name, s.about, s.slug, s.card = t.Name, t.About, t.Slug, t.Doc.Card
		}
	}
	return s, nil
}

// copyName is what a copy is called at first.
func copyName(loc *i18n.Loc, of string) string {
	name := []rune(loc.T("campaign.copy_of", "name", of))
	return string(name[:min(len(name), maxCampaignName)])
}

// slugFor proposes an address: the template's own where its name was kept.
func (s *start) slugFor(name string) string {
	if s.slug != "" && name == s.name {
		return s.slug
	}
	return campaigns.SlugOf(name)
}
