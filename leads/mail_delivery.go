package leads

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/mail"
	"sarnakh/theme"
)

// ComposeDelivery writes the mail that brings what a form promised, from its row alone: the same words
// each time.
func (l *Leads) ComposeDelivery(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	p, err := l.cards.Version(ctx, m.VersionID)
	if err != nil {
		return mailer.Mail{}, err
	}
	return l.deliver(ctx, m, p)
}

// deliver writes the mail of a version.
func (l *Leads) deliver(ctx context.Context, m *models.Message, p *models.Published) (mailer.Mail, error) {
	sub, err := models.ParseID(m.Merge["submission"])
	if err != nil {
		return mailer.Mail{}, err
	}
	doc := &p.Version.Doc
	loc := i18n.For(i18n.Locale(m.Locale))
	d := mail.Delivery{
		Loc:        loc,
		From:       l.sender(loc, &doc.Page),
		Name:       m.Merge["name"],
		Title:      doc.Offer.Title,
		PageURL:    l.cfg.BaseURL + "/p/" + p.Slug,
		Download:   l.deliveredFiles(m, sub, &doc.Offer),
		Coupon:     l.deliveredCode(m, &doc.Offer),
		NoCode:     m.Merge["no_code"] == "1",
		CallBack:   m.Merge["hand"] == "1",
		Subscribed: m.Merge["subscribed"] == "1",
	}
	if m.Merge["confirm"] == "1" {
		d.ConfirmURL = l.confirmURL(m)
		if d.ConfirmText, err = l.confirmText(ctx, m, &doc.Form); err != nil {
			return mailer.Mail{}, err
		}
	}
	if m.Merge["issued"] == "" { // a fresh link is a link and no more
		l.promise(&d, doc)
		writeLetter(&d, m, &doc.Offer)
	}
	out, err := d.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text, FromName: doc.Page.Brand.Name, Attachments: l.attached(m, p)}, err
}

// promise puts into a mail what the offer is, beside files and codes.
func (l *Leads) promise(d *mail.Delivery, doc *models.CampaignDoc) {
	if e := doc.Offer.Event; e != nil && e.From != 0 {
		from, until := Occasion(e, l.cfg.Zone)
		d.Event = &mail.Event{From: from, Until: until, Place: e.Place, URL: e.URL}
	}
	if t := doc.Offer.Trial; t != nil && (t.URL != "" || t.Webhook != "") {
		d.Trial = &mail.Trial{Days: t.Days}
		if t.Webhook == "" {
			d.Trial.URL = t.URL
		}
	}
	if c := doc.Offer.Contest; c != nil {
		d.Contest = &mail.Contest{Rules: rules(c.Rules)}
		if c.Until != 0 {
			d.Contest.Until = c.Until.In(l.cfg.Zone)
		}
	}
	if doc.Offer.Kind == models.OfferSurvey {
		d.Thanks = append([]string{doc.Form.Thanks.Heading}, strings.Split(doc.Form.Thanks.Text, "\n")...)
	}
}

// attached is the event's file for calendars.
func (l *Leads) attached(m *models.Message, p *models.Published) []mailer.Attachment {
	if m.Merge["issued"] != "" {
		return nil
	}
	return l.attachment(p)
}

// PreviewDelivery is the mail that a campaign's form would be answered with, to somebody made up. Its links lead nowhere.
func (l *Leads) PreviewDelivery(ctx context.Context, p *models.Published) (mailer.Mail, error) {
	doc := &p.Version.Doc
	loc := i18n.For(i18n.Locale(p.Locale))
	lead := &models.Lead{}
	for _, field := range letters.TypedFields() {
		lead.Set(field, loc.T("sequence.sample."+field), 0)
	}
	m := &models.Message{Kind: models.MailDelivery, Locale: p.Locale, CreatedAt: models.At(l.clock()),
		Merge: models.Merge{"submission": models.ID(1).String(), "name": SafeName(lead.FirstName)}}
	keepFields(m.Merge, doc.Offer.Letter, lead, p)
	switch {
	case doc.Offer.Pool != nil:
		m.Merge["coupon"] = loc.T("public.offer.sample_code")
	case doc.Offer.Coupon != nil:
		m.Merge["coupon"] = doc.Offer.Coupon.Code
	}
	if doc.Offer.Kind.RaisesHand() {
		m.Merge["hand"] = "1"
	}
	if newsletter(&doc.Form).Text != "" && doc.Form.Confirms(models.Newsletter) {
		m.Merge["confirm"] = "1"
	}
	return l.deliver(ctx, m, p)
}

// sender is who speaks on a page, in its colours.
func (l *Leads) sender(loc *i18n.Loc, page *models.Page) mail.Sender {
	return mail.Sender{Name: page.Brand.Name, Colours: mail.Colours(theme.LetterOf(page.Theme)), Postal: l.cfg.PostalAddress, PrivacyURL: l.cfg.BaseURL + "/privacy?lang=" + loc.Lang(),
		MyDataURL: l.cfg.BaseURL + "/my-data?lang=" + loc.Lang()}
}

// deliveredFiles: a link mailed later than the form has its own days.
func (l *Leads) deliveredFiles(m *models.Message, sub models.ID, offer *models.Offer) *mail.Download {
	if len(offer.Files) == 0 {
		return nil
	}
	issued := m.CreatedAt.Time()
	if s, err := strconv.ParseInt(m.Merge["issued"], 10, 64); err == nil {
		issued = time.Unix(s, 0)
	}
	d := &mail.Download{URL: l.links.Download(sub, issued), Until: issued.Add(downloadLife).In(l.cfg.Zone)}
	for _, f := range offer.Files {
		d.Files = append(d.Files, mail.File{Format: f.Format, Bytes: f.Size})
	}
	return d
}

func (l *Leads) deliveredCode(m *models.Message, offer *models.Offer) *mail.Coupon {
	c := &mail.Coupon{Code: m.Merge["coupon"]}
	var until models.Instant
	switch {
	case c.Code == "":
		return nil
	case offer.Pool != nil:
		c.Terms, until = offer.Pool.Terms, offer.Pool.Until
	case offer.Coupon != nil:
		c.Terms, until = offer.Coupon.Terms, offer.Coupon.Until
	default:
		return nil
	}
	if until != 0 {
		c.Until = until.In(l.cfg.Zone)
	}
	return c
}
