package admin

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// shownSettings are settings of a draft, seen by visitors with its next publication.
type shownSettings struct {
	Card    string
	NoIndex bool
	Twin    string
	Over    models.Over
}

func shownOf(doc *models.CampaignDoc) shownSettings {
	return shownSettings{doc.Card, doc.Page.NoIndex, doc.Page.Twin, doc.Page.Over}
}

func shownForm(d *models.Draft) *admin.ShownForm {
	s := shownOf(&d.Doc)
	return &admin.ShownForm{Base: fingerprint(s), Card: s.Card, NoIndex: s.NoIndex, Twin: s.Twin,
		Heading: s.Over.Heading, Text: s.Over.Text, LinkText: s.Over.Link.Text, LinkURL: s.Over.Link.URL}
}

// How long what is said after the end may be.
const (
	maxOverHeading = 120
	maxOverText    = 1000
	maxLink        = 500
)

// ShownSave saves the settings that go out with the next publication.
func (h *Handlers) ShownSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	s := sheet{c: c, loc: i18n.For(h.locale(c))}
	form, typed := h.shownForm(&s, campaign)
	if len(s.problems) > 0 {
		return h.showSettings(c, http.StatusUnprocessableEntity, campaign, draft, admin.SettingsProps{Shown: &form, Problems: s.problems})
	}
	if err := h.Campaigns.EnsureCard(c.Request().Context(), typed.Card); err != nil {
		return err
	}
	_, err = h.savePart(c, campaign.ID, "settings", form.Base, func(doc *models.CampaignDoc) any { return shownOf(doc) }, func(doc *models.CampaignDoc) error {
		doc.Card, doc.Page.NoIndex, doc.Page.Twin, doc.Page.Over = typed.Card, typed.NoIndex, typed.Twin, typed.Over
		return nil
	})
	if errors.Is(err, models.ErrConflict) {
		now, draft, err := h.draft(c)
		if err != nil {
			return err
		}
		t := shownForm(draft)
		form.Base = t.Base
		theirs := h.facts(s.loc, "card_label", h.cardName(s.loc, t.Card), "index", yesNo(s.loc, !t.NoIndex), "twin", t.Twin,
			"over.heading", t.Heading, "over.text", t.Text, "over.link_text", t.LinkText, "over.link", t.LinkURL)
		return h.showSettings(c, http.StatusConflict, now, draft, admin.SettingsProps{Shown: &form, Theirs: theirs})
	}
	if err != nil {
		return err
	}
	return h.settingsSaved(c, campaign)
}

func (h *Handlers) cardName(loc *i18n.Loc, card string) string {
	for _, o := range h.cardOptions(loc) {
		if o.Value == card {
			return o.Label
		}
	}
	return card
}

// shownForm reads the second form.
func (h *Handlers) shownForm(s *sheet, campaign *models.Campaign) (admin.ShownForm, shownSettings) {
	c := s.c
	f := admin.ShownForm{Base: c.FormValue("base"), Card: c.FormValue("card"), NoIndex: c.FormValue("index") == "",
		Twin:    strings.ToLower(i18n.FoldText(c.FormValue("twin"))),
		Heading: i18n.FoldText(c.FormValue("over_heading")), Text: i18n.FoldLines(c.FormValue("over_text")),
		LinkText: i18n.FoldText(c.FormValue("over_link_text")), LinkURL: i18n.FoldText(c.FormValue("over_link"))}
	if !slices.Contains(h.Campaigns.Cards(), f.Card) {
		s.wrong("f-card", s.loc.T("invalid.required_choice", "label", s.loc.T("campaign.card_label")))
	}
	if f.Twin != "" && !slices.ContainsFunc(h.Campaigns.Snapshot().All, func(p *models.Published) bool { return p.Slug == f.Twin && p.Locale != campaign.Locale }) {
		s.wrong("f-twin", s.loc.T("campaign.bad_twin", "slug", f.Twin))
	}
	s.short("f-over_heading", "campaign.over.heading", f.Heading, maxOverHeading)
	s.short("f-over_text", "campaign.over.text", f.Text, maxOverText)
	s.short("f-over_link_text", "campaign.over.link_text", f.LinkText, maxOverHeading)
	switch {
	case f.LinkURL != "" && !linkable(f.LinkURL):
		s.wrong("f-over_link", s.loc.T("campaign.bad_link"))
	case f.LinkURL != "" && f.LinkText == "":
		s.wrong("f-over_link_text", s.loc.T("invalid.required", "label", s.loc.T("campaign.over.link_text")))
	case f.LinkURL == "" && f.LinkText != "":
		s.wrong("f-over_link", s.loc.T("invalid.required", "label", s.loc.T("campaign.over.link")))
	}
	return f, shownSettings{f.Card, f.NoIndex, f.Twin, models.Over{Heading: f.Heading, Text: f.Text, Link: models.Onward{Text: f.LinkText, URL: f.LinkURL}}}
}

func (s *sheet) short(target, label, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		s.wrong(target, s.loc.T("invalid.too_long", "label", s.loc.T(label), "n", most))
	}
}

// linkable: a page of ours, or any other on the web.
func linkable(link string) bool {
	u, err := url.Parse(link)
	if err != nil || len(link) > maxLink {
		return false
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(u.Path, "//")
}
