package admin

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"
)

const (
	maxCampaignName = 100
	maxGoal         = 10_000_000
)

// campaignForm reads what new campaigns and settings both ask for; owner is who looks after the campaign now, 0 for nobody.
func (h *Handlers) campaignForm(s *sheet, owner models.ID) (admin.CampaignForm, models.Campaign, error) {
	c := s.c
	form := admin.CampaignForm{
		Base: c.FormValue("base"), Name: i18n.FoldText(c.FormValue("name")), Slug: strings.ToLower(i18n.FoldText(i18n.FoldDigits(c.FormValue("slug")))),
		Language: c.FormValue("language"), Card: c.FormValue("card"), Owner: c.FormValue("owner"), Goal: c.FormValue("goal"),
		Home: c.FormValue("home") != "", Until: s.typedMoment("until"),
	}
	owners, err := h.ownerOptions(c.Request().Context(), owner)
	if err != nil {
		return form, models.Campaign{}, err
	}
	typed := models.Campaign{Name: form.Name, Slug: form.Slug, Locale: form.Language, Home: form.Home, Goal: s.goal(form.Goal),
		Until: s.lastMoment("until", s.loc.T("campaign.until"), h.Site.Zone)}
	s.campaignName(form.Name)
	if form.Owner != "" {
		if !slices.ContainsFunc(owners, func(o ui.Option) bool { return o.Value == form.Owner }) {
			s.wrong("f-owner", s.loc.T("invalid.required_choice", "label", s.loc.T("campaign.owner")))
		}
		typed.OwnerID, _ = models.ParseID(form.Owner) // one of the list
	}
	if typed.Until != 0 && typed.Until <= h.Store.Now() {
		s.wrong("f-until_day", s.loc.T("campaign.until_past"))
	}
	if form.Language != "" && form.Language != "fa" && form.Language != "en" {
		s.wrong("f-locale", s.loc.T("invalid.required_choice", "label", s.loc.T("campaign.language")))
	}
	return form, typed, nil
}

// campaignOrder is that in which the controls of a campaign's settings stand.
var campaignOrder = []string{"f-name", "f-slug", "f-locale", "f-owner", "f-goal", "f-until_day", "f-until_clock", "f-card"}

func (s *sheet) campaignName(name string) {
	label := s.loc.T("campaign.name")
	switch {
	case name == "":
		s.wrong("f-name", s.loc.T("invalid.required", "label", label))
	case utf8.RuneCountInString(name) > maxCampaignName:
		s.wrong("f-name", s.loc.T("invalid.too_long", "label", label, "n", maxCampaignName))
	}
}

// goal reads how many leads are hoped for; 0 where it is empty.
func (s *sheet) goal(text string) int {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	n, err := strconv.Atoi(i18n.FoldNumber(text))
	if err != nil || n < 0 || n > maxGoal {
		s.wrong("f-goal", s.loc.T("campaign.bad_goal", "max", maxGoal))
	}
	return n
}

// invalid notes what a room found wrong, beside the controls of the same names.
func (s *sheet) invalid(e *models.Invalid) {
	for _, f := range e.Fields {
		s.wrong("f-"+f.Field, s.loc.T(f.Key, f.Args...))
	}
}

// inOrder are the problems as a reader meets them.
func (s *sheet) inOrder(order []string) []ui.Problem {
	slices.SortStableFunc(s.problems, func(a, b ui.Problem) int { return slices.Index(order, a.Target) - slices.Index(order, b.Target) })
	return s.problems
}

// cardOptions are the scoring cards, with a word about each that comes with the program.
func (h *Handlers) cardOptions(loc *i18n.Loc) (out []ui.Option) {
	for _, name := range h.Campaigns.Cards() {
		label := name
		if loc.Has("score.preset." + name) {
			label = loc.T("score.preset."+name) + " · " + loc.T("score.preset_about."+name)
		}
		out = append(out, ui.Option{Value: name, Label: label})
	}
	return out
}
