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

// CampaignPublishShow says what publishing would change, and what keeps it from that.
func (h *Handlers) CampaignPublishShow(c echo.Context) error {
	r, err := h.release(c)
	if err != nil {
		return err
	}
	return h.showRelease(c, http.StatusOK, r, admin.CampaignPublishProps{})
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
		p.Planned, p.StaysPaused, p.UnscheduleURL = h.in(r.campaign.NextAt), r.campaign.StaysPaused(r.campaign.NextAt), url+"/unschedule"
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
	p := store.Publication{Campaign: r.campaign.ID, User: web.User(c).ID, Rev: r.draft.Rev, After: r.campaign.LastVersion(), At: at, Sequences: r.sequences}
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
		if campaign.StaysPaused(at) {
			what = "campaign_planned_paused"
		}
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
