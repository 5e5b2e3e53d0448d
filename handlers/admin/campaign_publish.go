package admin

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"

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

// CampaignPublishShow says what publishing would change, and what keeps it from that.
func (h *Handlers) CampaignPublishShow(c echo.Context) error {
	r, err := h.release(c)
	if err != nil {
		return err
	}
	return h.showRelease(c, http.StatusOK, r, admin.CampaignPublishProps{})
}

func (h *Handlers) release(c echo.Context) (*release, error) {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return nil, err
	}
	ctx := c.Request().Context()
	r := &release{campaign: campaign, draft: draft, was: &models.CampaignDoc{}}
	if last := max(campaign.VersionID, campaign.NextID); last != 0 {
		p, err := h.Campaigns.Version(ctx, last)
		if err != nil {
			return nil, err
		}
		r.was = &p.Version.Doc
	}
	if err := h.sequencesOf(ctx, r, i18n.For(h.locale(c))); err != nil {
		return nil, err
	}
	facts := campaigns.Facts{Now: h.Store.Now(), Until: campaign.Until, Pages: h.knownPage, Writes: len(r.sequences) > 0}
	for _, q := range h.Campaigns.Snapshot().All {
		facts.Writes = facts.Writes || q.ID == campaign.ID && len(q.Sequences) > 0
	}
	if draft.Doc.Offer.Pool != nil {
		if facts.FreeCodes, err = h.Store.CodesLeft(ctx, campaign.ID); err != nil {
			return nil, err
		}
	}
	r.problems = campaigns.Check(&draft.Doc, facts)
	return r, nil
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
			r.mails = append(r.mails, admin.CheckLine{Text: p.Text, URL: p.URL, Stops: true})
		}
		for _, s := range q.Draft.Steps {
			for _, text := range [...]string{s.Subject, s.Preview, s.Body} {
				if words := campaigns.Placeholder(text); words != "" {
					r.blanks = true
					r.mails = append(r.mails, admin.CheckLine{Text: loc.T("campaign_check.placeholder", "words", words), URL: sequenceURL(q.ID) + "/steps/" + s.Key, Stops: true})
				}
			}
		}
	}
	return nil
}

func (h *Handlers) knownPage(slug string) bool {
	s := h.Campaigns.Snapshot()
	_, err := s.Page(slug)
	return err == nil || s.Moved(slug) != nil
}

// unfilled tells whether a text still has brackets.
func (r *release) unfilled() bool {
	return r.blanks || slices.ContainsFunc(r.problems, func(p campaigns.Problem) bool { return p.Key == "campaign_check.placeholder" })
}

func (r *release) stopped() bool { return campaigns.Stops(r.problems) || len(r.mails) > 0 }

func (h *Handlers) showRelease(c echo.Context, status int, r *release, p admin.CampaignPublishProps) error {
	shell, head, err := h.campaignShell(c, r.campaign, "/publish")
	if err != nil {
		return err
	}
	head.PublishURL = ""
	loc, url := shell.Loc, campaignURL(r.campaign.ID)
	p.Shell, p.Head, p.Action, p.BackURL, p.HistoryURL = shell, head, url+"/publish", url+"/page", url+"/history"
	p.Rev, p.First, p.Stopped = r.draft.Rev, r.campaign.VersionID == 0, r.stopped()
	for _, x := range r.problems {
		p.Checks = append(p.Checks, admin.CheckLine{Text: loc.T(x.Key, x.Args...), URL: url + x.At, Stops: x.Stops})
	}
	p.Checks = append(p.Checks, r.mails...)
	if r.unfilled() {
		p.WordsURL = url + "/words"
	}
	if !p.First {
		p.Changes = changeLines(loc, campaigns.Diff(r.was, &r.draft.Doc))
	}
	for _, q := range r.sequences {
		p.Emails = append(p.Emails, q.Name)
	}
	if r.campaign.NextID != 0 {
		p.Planned, p.UnscheduleURL = h.in(r.campaign.NextAt), url+"/unschedule"
	}
	if p.At.Name == "" {
		p.At = shownMoment(loc, "at", 0, h.Site.Zone)
	}
	return web.HTML(c, status, admin.CampaignPublish(p))
}

// changeLines are changes as sentences.
func changeLines(loc *i18n.Loc, list []campaigns.Change) (out []admin.ChangeLine) {
	for _, x := range list {
		key := "campaign_change." + string(x.Part)
		name := x.Name
		if name == "" {
			if t := "block_type." + x.Type; loc.Has(t) {
				name = loc.T(t)
			}
		}
		line := admin.ChangeLine{Text: loc.T(key+"."+string(x.Kind), "name", name)}
		for _, w := range x.Words {
			line.Words = append(line.Words, admin.Rewrite{Was: w.Was, Now: w.Now})
		}
		out = append(out, line)
	}
	return out
}

// CampaignPublish lets visitors see the draft that was looked at, and no other: now, or from a time on.
func (h *Handlers) CampaignPublish(c echo.Context) error {
	r, err := h.release(c)
	if err != nil {
		return err
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	props := admin.CampaignPublishProps{Later: c.FormValue("when") == "later", At: s.typedMoment("at")}
	var at models.Instant
	if props.Later {
		if at = s.moment("at", s.loc.T("campaign_publish.at"), h.Site.Zone); len(s.problems) == 0 && at <= h.Store.Now() {
			s.wrong("f-at_day", s.loc.T("campaign_publish.past"))
		}
	}
	rev, _ := strconv.Atoi(c.FormValue("rev")) // anything else is no state of it
	props.Problems, props.Changed = s.problems, rev != r.draft.Rev
	switch {
	case props.Changed:
		return h.showRelease(c, http.StatusConflict, r, props)
	case r.stopped() || len(s.problems) > 0:
		return h.showRelease(c, http.StatusUnprocessableEntity, r, props)
	}
	p := store.Publication{Campaign: r.campaign.ID, User: web.User(c).ID, Rev: rev, At: at}
	for _, q := range r.sequences {
		p.Sequences = append(p.Sequences, q.ID)
	}
	version, err := h.publish(c, p)
	if errors.Is(err, models.ErrConflict) {
		props.Changed = true
		return h.showRelease(c, http.StatusConflict, r, props)
	}
	if err != nil {
		return err
	}
	if err := h.audit(c, "campaign.publish", "campaign:"+r.campaign.ID.String(), strconv.Itoa(version.Number)); err != nil {
		return err
	}
	what := "campaign_published"
	if at != 0 {
		what = "campaign_planned"
	}
	h.setFlash(c, what, r.campaign.ID.String(), r.campaign.Name)
	return web.Redirect(c, campaignURL(r.campaign.ID))
}

func (h *Handlers) publish(c echo.Context, p store.Publication) (*models.CampaignVersion, error) {
	ctx := c.Request().Context()
	version, err := h.Store.PublishDraft(ctx, p)
	if err != nil {
		return nil, err
	}
	return version, h.Campaigns.Reload(ctx)
}

// CampaignUnschedule takes back a publication that was planned.
func (h *Handlers) CampaignUnschedule(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	if err := h.Store.Unschedule(c.Request().Context(), campaign.ID); err != nil {
		return err
	}
	if err := h.audit(c, "campaign.unschedule", "campaign:"+campaign.ID.String(), ""); err != nil {
		return err
	}
	h.setFlash(c, "campaign_unplanned", campaign.ID.String(), campaign.Name)
	return web.Redirect(c, campaignURL(campaign.ID)+"/publish")
}
