package admin

import (
	"context"
	"slices"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/templates/admin"
	"sarnakh/theme"

	"github.com/labstack/echo/v4"
)

// A release is a draft about to be published: what would change, and what is wrong with it.
type release struct {
	campaign  *models.Campaign
	draft     *models.Draft
	was       *models.CampaignDoc // what visitors see, or will next; empty before the first time
	sequences []models.Sequence   // whose drafts go with it
	problems  []campaigns.Problem
	mails     []admin.CheckLine // what is wrong with them
	blanks    bool              // one of them still has brackets
}

func (h *Handlers) release(c echo.Context) (*release, error) {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return nil, err
	}
	ctx := c.Request().Context()
	r := &release{campaign: campaign, draft: draft, was: &models.CampaignDoc{}}
	if last := campaign.LastVersion(); last != 0 {
		p, err := h.Campaigns.Version(ctx, last)
		if err != nil {
			return nil, err
		}
		r.was = &p.Version.Doc
	}
	loc := i18n.For(h.locale(c))
	if err := h.sequencesOf(ctx, r, loc); err != nil {
		return nil, err
	}
	facts := campaigns.Facts{Now: h.Store.Now(), Until: campaign.Until, Pages: h.knownPage, Weak: weakColours(loc, draft.Doc.Page.Theme), Writes: len(r.sequences) > 0}
	for _, q := range h.Campaigns.Snapshot().All {
		facts.Writes = facts.Writes || q.ID == campaign.ID && len(q.Sequences) > 0
	}
	if draft.Doc.Offer.Pool != nil {
		if facts.FreeCodes, err = h.Store.CodesLeft(ctx, campaign.ID); err != nil {
			return nil, err
		}
	}
	if facts.Told, facts.SignedUp, err = h.eventMoved(ctx, loc, r); err != nil {
		return nil, err
	}
	r.problems = campaigns.Check(&draft.Doc, facts)
	return r, nil
}

// eventMoved is when and where those who signed up were told that an event takes place which the draft moves, and how many
// they are; nothing where it stays. Publishing writes to nobody: whoever moves it has to know.
func (h *Handlers) eventMoved(ctx context.Context, loc *i18n.Loc, r *release) (told string, n int64, err error) {
	now := h.Campaigns.Snapshot().Campaign(r.campaign.ID)
	if now == nil || now.VersionID == 0 {
		return "", 0, nil
	}
	was := now.Version.Doc.Offer.Event
	if !campaigns.EventMoved(was, r.draft.Doc.Offer.Event, h.Store.Now()) {
		return "", 0, nil
	}
	words := loc.Occasion(leads.Occasion(was, h.Site.Zone))
	if was.Place != "" {
		words = append(words, was.Place)
	}
	n, err = h.Store.SignedUp(ctx, r.campaign.ID)
	return strings.Join(words, loc.T("list.separator")), n, err
}

// sequencesOf finds the campaign's sequences that are not in force as they are written, and what is wrong with them.
func (h *Handlers) sequencesOf(ctx context.Context, r *release, loc *i18n.Loc) error {
	all, err := h.Store.SequencesOf(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	for i := range all {
		q := &all[i]
		live := h.Campaigns.Snapshot().Sequence(q.ID)
		if len(q.Draft.Steps) == 0 && q.State == models.SequenceDraft || live != nil && fingerprint(live.Version.Doc) == fingerprint(q.Draft) {
			continue
		}
		r.sequences = append(r.sequences, *q)
		w := h.sequenceWords(loc, q, &q.Draft)
		for _, p := range w.publishProblems(sequenceURL(q.ID)) {
			r.blanks = r.blanks || p.Blank
			r.mails = append(r.mails, admin.CheckLine{Text: p.Text, URL: p.URL, Stops: true})
		}
		if len(r.draft.Doc.Offer.Files) == 0 {
			for i := range q.Draft.Steps {
				if s := &q.Draft.Steps[i]; nurture.Downloads(s) {
					r.mails = append(r.mails, admin.CheckLine{Text: w.inStep(s.Key, loc.T("campaign_check.no_download")), URL: sequenceURL(q.ID) + "/steps/" + s.Key})
				}
			}
		}
		if asksForClicks(&q.Draft) && !seesClicks(&r.draft.Doc.Form) {
			r.mails = append(r.mails, admin.CheckLine{Text: loc.T("campaign_check.clicks_unseen"), URL: campaignURL(r.campaign.ID) + partForm + "?part=consents"})
		}
	}
	return nil
}

// asksForClicks tells whether mails depend on what their readers click, and seesClicks whether a form asks them to let it be seen:
// of the others no click is ever known.
func asksForClicks(doc *models.SequenceDoc) bool {
	onClick := func(c models.Condition) bool { return c.On == models.OnClicked }
	return slices.ContainsFunc(doc.Goal, onClick) || slices.ContainsFunc(doc.Steps, func(s models.Step) bool { return slices.ContainsFunc(s.Conditions, onClick) })
}

func seesClicks(f *models.Form) bool {
	return slices.ContainsFunc(f.Purposes, func(r models.ConsentRequest) bool { return r.Purpose == models.Tracking })
}

func (h *Handlers) knownPage(slug string) bool {
	s := h.Campaigns.Snapshot()
	_, err := s.Page(slug)
	return err == nil || s.Moved(slug) != nil
}

// weakColours are pairs that people can't tell apart well, in words.
func weakColours(loc *i18n.Loc, t models.Theme) (out []string) {
	for _, c := range theme.Checks(t) {
		if !c.Passes() {
			out = append(out, loc.T("theme.check."+c.What))
		}
	}
	return out
}

// unfilled tells whether a text still has brackets.
func (r *release) unfilled() bool {
	return r.blanks || slices.ContainsFunc(r.problems, func(p campaigns.Problem) bool { return p.Key == "campaign_check.placeholder" })
}

func (r *release) stopped() bool { return campaigns.Stops(r.problems) || len(r.mails) > 0 }

// pending tells whether visitors, or leads by mail, would get anything else by publishing at once.
func (r *release) pending() bool {
	return r.campaign.State != models.CampaignPublished || r.campaign.NextID != 0 || r.campaign.Unpublished() || len(r.sequences) > 0
}

// done tells whether the draft is published, or planned for a time, already.
func (r *release) done(at models.Instant) bool {
	if at == 0 {
		return !r.pending()
	}
	return r.campaign.NextAt == at && !r.campaign.Unpublished() && len(r.sequences) == 0
}

// looked tells one state of everything that is published from another.
func (r *release) looked() string {
	drafts := make([]models.SequenceDoc, len(r.sequences))
	for i := range r.sequences {
		drafts[i] = r.sequences[i].Draft
	}
	return fingerprint(struct {
		Rev       int
		After     models.ID
		Sequences []models.SequenceDoc
	}{r.draft.Rev, r.campaign.LastVersion(), drafts})
}
