package admin

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const (
	sequencesURL     = "/admin/sequences"
	sequencesPerPage = 50
	maxSequenceName  = 100
	campaignsOffered = 50 // how many a new sequence can choose from without a search
)

// SequenceList is the list of sequences (N1).
func (h *Handlers) SequenceList(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	before, _ := models.ParseID(c.QueryParam("before")) // anything else is the first page
	rows, err := h.Store.Sequences(ctx, before, sequencesPerPage+1)
	if err != nil {
		return err
	}
	props := admin.SequencesProps{Shell: shell, NewURL: sequencesURL + "/new"}
	if before != 0 {
		props.Previous = sequencesURL
	}
	if len(rows) > sequencesPerPage {
		rows = rows[:sequencesPerPage]
		props.Next = sequencesURL + "?before=" + rows[sequencesPerPage-1].ID.String()
	}
	ids := make([]models.ID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	tallies, err := h.Store.SequenceTallies(ctx, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		q, t := &rows[i], tallies[rows[i].ID]
		props.Rows = append(props.Rows, admin.SequenceRow{
			URL: sequenceURL(q.ID), Name: q.Name, Campaign: h.campaignName(q.CampaignID), State: string(q.State), Steps: h.stepsOf(q),
			Active: t.Active, Waiting: t.Waiting, NextAt: h.in(t.NextAt),
		})
	}
	return web.HTML(c, http.StatusOK, admin.Sequences(props))
}

func sequenceURL(id models.ID) string { return sequencesURL + "/" + id.String() }

func (h *Handlers) campaignName(id models.ID) string {
	if p := h.Campaigns.Snapshot().Campaign(id); p != nil {
		return p.Name
	}
	return ""
}

// stepsOf is how many mails are in force, or else written.
func (h *Handlers) stepsOf(q *models.Sequence) int {
	if live := h.Campaigns.Snapshot().Sequence(q.ID); live != nil {
		return len(live.Version.Doc.Steps)
	}
	return len(q.Draft.Steps)
}

// SequenceNew asks for what a sequence cannot be without.
func (h *Handlers) SequenceNew(c echo.Context) error {
	return h.showNew(c, http.StatusOK, admin.SequenceNewProps{Name: c.QueryParam("name"), Campaign: c.QueryParam("campaign")})
}

// SequenceCreate makes a sequence, empty, and leads to its editor.
func (h *Handlers) SequenceCreate(c echo.Context) error {
	props := admin.SequenceNewProps{Name: i18n.FoldText(c.FormValue("name")), Campaign: c.FormValue("campaign")}
	loc := i18n.For(h.locale(c))
	if wrong := nameProblem(loc, props.Name); wrong != "" {
		props.Problems = append(props.Problems, ui.Problem{Target: "f-name", Text: wrong})
	}
	id, _ := models.ParseID(props.Campaign)
	campaign := h.Campaigns.Snapshot().Campaign(id)
	if campaign == nil {
		props.Problems = append(props.Problems, ui.Problem{Target: "f-campaign", Text: loc.T("invalid.required_choice", "label", loc.T("sequence.campaign"))})
	}
	if len(props.Problems) > 0 {
		return h.showNew(c, http.StatusUnprocessableEntity, props)
	}
	ctx, drawn := c.Request().Context(), h.drawn(c)
	q := models.Sequence{ID: drawn, CampaignID: campaign.ID, Name: props.Name, Locale: campaign.Locale, Draft: models.SequenceDoc{Steps: []models.Step{}}}
	if err := h.Store.AddSequence(ctx, &q); err != nil {
		there, missing := h.Store.Sequence(ctx, drawn)
		if missing != nil {
			return err
		}
		if there.Name != q.Name || there.CampaignID != q.CampaignID { // no second press: somebody went back to the form to make another one
			q.ID = 0
			if err := h.Store.AddSequence(ctx, &q); err != nil {
				return err
			}
		}
	}
	return web.Redirect(c, sequenceURL(q.ID)+"/edit")
}

func (h *Handlers) showNew(c echo.Context, status int, p admin.SequenceNewProps) error {
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	shell.Crumbs = []layout.Crumb{sequencesCrumb(shell.Loc)}
	p.Shell, p.Action, p.Drawn, p.Query = shell, sequencesURL+"/new", h.Store.NewID().String(), strings.TrimSpace(c.FormValue("q"))
	if err := h.campaignChoices(c, &p); err != nil {
		return err
	}
	return web.HTML(c, status, admin.SequenceNew(p))
}

// campaignChoices are the newest campaigns, of all or of those searched for, and the one chosen in any case. If just one is
// found, it is chosen.
func (h *Handlers) campaignChoices(c echo.Context, p *admin.SequenceNewProps) (err error) {
	q, seen := store.CampaignQuery{Sort: store.CampaignsNewest, Limit: campaignsOffered}, h.Campaigns.Snapshot()
	if p.Query != "" {
		q.IDs = seen.Find(p.Query)
	}
	var rows []models.Campaign
	if rows, p.More, err = h.Store.CampaignList(c.Request().Context(), q); err != nil {
		return err
	}
	for i := range rows {
		p.Campaigns = append(p.Campaigns, ui.Option{Value: rows[i].ID.String(), Label: rows[i].Name})
	}
	if p.Found = len(rows); p.Found == 1 && p.Query != "" && p.Campaign == "" {
		p.Campaign = p.Campaigns[0].Value
	}
	isChosen := func(o ui.Option) bool { return o.Value == p.Campaign }
	if id, _ := models.ParseID(p.Campaign); seen.Campaign(id) != nil && !slices.ContainsFunc(p.Campaigns, isChosen) {
		p.Campaigns = slices.Insert(p.Campaigns, 0, ui.Option{Value: p.Campaign, Label: seen.Campaign(id).Name})
	}
	return nil
}

func sequencesCrumb(loc *i18n.Loc) layout.Crumb {
	return layout.Crumb{Text: loc.T("admin.nav.sequences"), URL: sequencesURL}
}

// fromCampaign leads back to the mails of the campaign that a sequence belongs to, or to the list where that is gone.
func (h *Handlers) fromCampaign(loc *i18n.Loc, q *models.Sequence) []layout.Crumb {
	if name := h.campaignName(q.CampaignID); name != "" {
		return []layout.Crumb{{Text: name, URL: campaignURL(q.CampaignID) + partEmails}}
	}
	return []layout.Crumb{sequencesCrumb(loc)}
}

// sequenceCrumbs lead from the campaign to a page of one of its sequences.
func (h *Handlers) sequenceCrumbs(loc *i18n.Loc, q *models.Sequence) []layout.Crumb {
	return append(h.fromCampaign(loc, q), layout.Crumb{Text: q.Name, URL: sequenceURL(q.ID)})
}

func nameProblem(loc *i18n.Loc, name string) string {
	switch {
	case name == "":
		return loc.T("invalid.required", "label", loc.T("sequence.name"))
	case utf8.RuneCountInString(name) > maxSequenceName:
		return loc.T("invalid.too_long", "label", loc.T("sequence.name"), "n", maxSequenceName)
	}
	return ""
}

// newStepKey names a step over all versions.
func newStepKey() string { return strings.ToLower(rand.Text()[:8]) }
