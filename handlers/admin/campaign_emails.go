package admin

import (
	"context"
	"net/http"
	"slices"
	"unicode/utf8"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// campaignMails are the mails of a campaign, as they are written.
type campaignMails struct {
	campaign  *models.Campaign
	doc       *models.CampaignDoc
	sequences []models.Sequence
}

func (h *Handlers) campaignMails(c echo.Context) (m campaignMails, err error) {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return m, err
	}
	m.campaign, m.doc = campaign, &draft.Doc
	m.sequences, err = h.Store.SequencesOf(c.Request().Context(), campaign.ID)
	return m, err
}

// CampaignEmails is everything that a campaign writes to its leads: the gift at once, then its sequences, with what came of
// each mail and what could be better about it.
func (h *Handlers) CampaignEmails(c echo.Context) error {
	m, err := h.campaignMails(c)
	if err != nil {
		return err
	}
	return h.showEmails(c, http.StatusOK, m, admin.CampaignEmailsProps{}, nil)
}

// LinksCheck asks where the links of the mails and of the page lead, and says so beside them: a few times in a row, then
// once in half a minute, for those who are asked are others' servers.
func (h *Handlers) LinksCheck(c echo.Context) error {
	m, err := h.campaignMails(c)
	if err != nil {
		return err
	}
	if wait := h.looks.Try(h.Clock(), web.User(c).ID.String()); wait > 0 {
		web.RetryAfter(c, wait)
		said := i18n.For(h.locale(c)).T("campaign_emails.links_wait", "span", wait)
		return h.showEmails(c, http.StatusTooManyRequests, m, admin.CampaignEmailsProps{LinksWait: said}, nil)
	}
	return h.showEmails(c, http.StatusOK, m, admin.CampaignEmailsProps{}, h.checkLinks(c.Request().Context(), &m))
}

// EmailsBegin makes the campaign's first sequence, and leads to where it is written. Where there is one, it leads there.
func (h *Handlers) EmailsBegin(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	name := i18n.FoldText(i18n.For(i18n.Locale(campaign.Locale)).T("campaign_emails.first_name", "name", campaign.Name))
	if utf8.RuneCountInString(name) > maxSequenceName {
		name = string([]rune(name)[:maxSequenceName])
	}
	q := models.Sequence{CampaignID: campaign.ID, Name: name, Locale: campaign.Locale, Draft: models.SequenceDoc{Steps: []models.Step{}}}
	if err := h.Store.FirstSequence(c.Request().Context(), &q); err != nil {
		return err
	}
	return web.Redirect(c, sequenceURL(q.ID)+"/edit")
}

func (h *Handlers) showEmails(c echo.Context, status int, m campaignMails, p admin.CampaignEmailsProps, checked *linkCheck) error {
	shell, head, err := h.campaignShell(c, m.campaign, partEmails)
	if err != nil {
		return err
	}
	loc, url := shell.Loc, campaignURL(m.campaign.ID)
	p.Shell, p.Head, p.BeginURL, p.LinksURL = shell, head, url+partEmails, url+partEmails+"/links"
	p.MoreURL, p.Delivery = sequencesURL+"/new?campaign="+m.campaign.ID.String(), deliveryOf(loc, m.doc, url+partOffer)
	running, err := h.runningOf(c.Request().Context(), m.sequences)
	if err != nil {
		return err
	}
	for i := range running {
		w := sequenceWords{loc: loc, doc: &running[i].Draft, fields: m.doc.Form.Fields}
		p.Sequences = append(p.Sequences, w.campaignSequence(&running[i], url, checked))
	}
	if checked != nil {
		p.Links = checked.said(loc, m.campaign)
	}
	return web.HTML(c, status, admin.CampaignEmails(p))
}

// deliveryOf is the mail that everybody gets at once.
func deliveryOf(loc *i18n.Loc, doc *models.CampaignDoc, url string) admin.CampaignDelivery {
	o := &doc.Offer
	d := admin.CampaignDelivery{URL: url, Subject: o.Letter.Subject, Then: loc.T("campaign_emails.then." + whoAgrees(&doc.Form))}
	if o.Kind != "" {
		d.What = append(d.What, loc.T("offer_kind."+string(o.Kind)))
	}
	if o.Title != "" {
		d.What = append(d.What, o.Title)
	}
	return d
}

// whoAgrees is how the form asks for the consent without which nothing follows the gift.
func whoAgrees(f *models.Form) string {
	asks := slices.ContainsFunc(f.Purposes, func(r models.ConsentRequest) bool { return r.Purpose == models.Newsletter })
	switch {
	case !asks:
		return "nobody"
	case f.Confirms(models.Newsletter):
		return "confirmed"
	}
	return "ticked"
}

// runningOf is what came of sequences, as far as a list of them tells.
func (h *Handlers) runningOf(ctx context.Context, sequences []models.Sequence) ([]running, error) {
	if len(sequences) == 0 {
		return nil, nil
	}
	ids := make([]models.ID, len(sequences))
	for i := range sequences {
		ids[i] = sequences[i].ID
	}
	mails, err := h.Store.MailsOfSequences(ctx, ids)
	if err != nil {
		return nil, err
	}
	counts, err := h.Store.CountsOfSequences(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]running, len(sequences))
	for i := range sequences {
		q := &sequences[i]
		out[i] = running{Sequence: q, mails: mails[q.ID], counts: counts[q.ID]}
		if live := h.Campaigns.Snapshot().Sequence(q.ID); live != nil {
			out[i].force = &live.Version
		}
	}
	return out, nil
}

// campaignSequence is a sequence as it is written, with how far that is from what runs.
func (w sequenceWords) campaignSequence(r *running, campaign string, checked *linkCheck) admin.CampaignSequence {
	url := sequenceURL(r.ID)
	out := admin.CampaignSequence{
		Name: r.Name, State: string(r.State), Reason: r.Reason, URL: url, EditURL: url + "/edit", AddURL: url + "/steps",
		CampaignURL: campaign + "/publish", PublishURL: url + "/publish",
	}
	was := &models.SequenceDoc{}
	if r.force != nil {
		was = &r.force.Doc
	}
	out.Changes = w.changes(was)
	wrong := w.wrongSteps()
	for i := range w.doc.Steps {
		s := &w.doc.Steps[i]
		at := url + "/steps/" + s.Key
		mail := admin.CampaignMail{Number: i + 1, Subject: s.Subject, When: w.when(s, i == 0), OnlyIf: w.onlyIf(s.Conditions), URL: at, PreviewURL: at + "/preview",
			Problem: wrong[i], Advice: w.advice(s, i18n.Locale(r.Locale))}
		if before, _ := was.Step(s.Key); r.force != nil && before == nil {
			mail.Change = "new"
		} else if before != nil && fingerprint(before) != fingerprint(s) {
			mail.Change = "changed"
		}
		if r.force != nil && mail.Change != "new" || slices.Contains(r.keys(), s.Key) {
			tally := r.tally(w, s.Key)
			mail.Tally = &tally
		}
		if checked != nil {
			mail.Links = checked.of(w.loc, s)
		}
		out.Steps = append(out.Steps, mail)
	}
	return out
}

// advice says in sentences what could keep a mail from being read.
func (w sequenceWords) advice(s *models.Step, locale i18n.Locale) (out []string) {
	for _, p := range nurture.Advice(s, locale) {
		args := []any{}
		if len(p.Words) > 0 {
			args = append(args, "words", w.quoted(p.Words))
		}
		if p.N > 0 {
			args = append(args, "n", p.N)
		}
		out = append(out, w.loc.T("mail_advice."+p.Key, args...))
	}
	return out
}

func (w sequenceWords) quoted(words []string) string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = w.loc.T("mail_advice.quoted", "word", word)
	}
	return w.loc.List(out...)
}
