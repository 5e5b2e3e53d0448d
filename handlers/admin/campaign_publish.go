package admin

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
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

func (h *Handlers) showRelease(c echo.Context, status int, r *release, p admin.CampaignPublishProps) error {
	shell, head, err := h.campaignShell(c, r.campaign, "/publish")
	if err != nil {
		return err
	}
	head.PublishURL = ""
	loc, url := shell.Loc, campaignURL(r.campaign.ID)
	p.Shell, p.Head, p.Action, p.BackURL = shell, head, url+"/publish", url+partPage
	p.Looked, p.First, p.Stopped, p.Pending = r.looked(), r.campaign.LastVersion() == 0, r.stopped(), r.pending()
	for _, x := range r.problems {
		p.Checks = append(p.Checks, admin.CheckLine{Text: loc.T(x.Key, x.Args...), URL: url + x.At, Stops: x.Stops})
	}
	p.Checks = append(p.Checks, r.mails...)
	slices.SortStableFunc(p.Checks, func(a, b admin.CheckLine) int { return rank(a) - rank(b) })
	if r.unfilled() {
		p.WordsURL = url + partWords
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
	if r.campaign.Until > h.Store.Now() {
		p.Until = h.in(r.campaign.Until)
	}
	p.UntilURL = url + partSettings + "#f-until_day"
	if p.At.Name == "" {
		p.At = shownMoment(loc, "at", 0, h.Site.Zone)
	}
	return web.HTML(c, status, admin.CampaignPublish(p))
}

// rank puts what stops a publication before advice.
func rank(l admin.CheckLine) int {
	if l.Stops {
		return 0
	}
	return 1
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

// CampaignPublish lets visitors see the draft that was looked at, and no other: now, or from a time on. Pressing twice is
// no harm.
func (h *Handlers) CampaignPublish(c echo.Context) error {
	// What was begun comes to its end, also where the browser has gone on: pressed again, it drops the first answer.
	c.SetRequest(c.Request().WithContext(context.WithoutCancel(c.Request().Context())))
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
	props.Problems = s.problems
	switch {
	case c.FormValue("looked") != r.looked():
		return h.publishedMeanwhile(c, at, props)
	case r.stopped() || len(s.problems) > 0:
		return h.showRelease(c, http.StatusUnprocessableEntity, r, props)
	}
	p := store.Publication{Campaign: r.campaign.ID, User: web.User(c).ID, Rev: r.draft.Rev, After: r.campaign.LastVersion(), At: at}
	for _, q := range r.sequences {
		p.Sequences = append(p.Sequences, q.ID)
	}
	ctx := c.Request().Context()
	version, err := h.Store.PublishDraft(ctx, p)
	if errors.Is(err, models.ErrConflict) {
		return h.publishedMeanwhile(c, at, props)
	}
	if err != nil {
		return err
	}
	if err := h.Campaigns.Reload(ctx); err != nil {
		return err
	}
	if err := h.audit(c, "campaign.publish", campaignSubject(r.campaign.ID), strconv.Itoa(version.Number)); err != nil {
		return err
	}
	return h.tellPublished(c, r.campaign, at)
}

// publishedMeanwhile asks to look again at what is not what was looked at, unless what is wished for is done by now.
func (h *Handlers) publishedMeanwhile(c echo.Context, at models.Instant, props admin.CampaignPublishProps) error {
	if err := h.Campaigns.Reload(c.Request().Context()); err != nil {
		return err
	}
	r, err := h.release(c)
	if err != nil {
		return err
	}
	if len(props.Problems) == 0 && r.done(at) {
		return h.tellPublished(c, r.campaign, at)
	}
	props.Changed = true
	return h.showRelease(c, http.StatusConflict, r, props)
}

func (h *Handlers) tellPublished(c echo.Context, campaign *models.Campaign, at models.Instant) error {
	what, said := "campaign_published", campaign.Name
	if at != 0 {
		what, said = "campaign_planned", said+"\n"+i18n.For(h.locale(c)).DateTime(h.in(at))
	}
	h.setFlash(c, what, campaign.ID.String(), said)
	return web.Redirect(c, campaignURL(campaign.ID))
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
