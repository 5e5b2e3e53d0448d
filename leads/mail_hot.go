package leads

import (
	"context"
	"errors"
	"slices"

	"sarnakh/i18n"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

// ComposeHot tells a salesperson of a hot lead: who, why, what was asked, what is allowed, how to reach
// them (H1). It reads the present state; the bytes are kept when they are first made.
func (l *Leads) ComposeHot(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	lead, err := l.store.Lead(ctx, m.LeadID)
	if err != nil {
		return mailer.Mail{}, err
	}
	e, err := l.Explain(ctx, lead)
	if err != nil {
		return mailer.Mail{}, err
	}
	locale, ok := i18n.ParseLocale(m.Locale)
	if !ok {
		locale = l.cfg.Locale
	}
	loc := i18n.For(locale)
	h := mail.HotLead{
		Loc: loc, Name: lead.Name, JobTitle: lead.Get(models.FieldJobTitle), Company: lead.Company,
		Email: lead.Email, Phone: lead.Phone, WhatsApp: IsMobile(lead.Phone),
		RaisedHand: m.Merge["reason"] == string(models.HandoffHand), Threshold: int(e.Hot), Reasons: reasons(loc, e),
		Channel: string(lead.LastTouch.Channel), Source: lead.LastTouch.Source,
		At: m.CreatedAt.In(l.cfg.Zone), LeadURL: l.cfg.BaseURL + "/admin/leads/" + lead.ID.String(),
	}
	if lead.Phone != "" {
		h.PhoneShown = ShownPhone(lead.Phone)
	}
	if err := l.addAsked(ctx, &h, lead); err != nil {
		return mailer.Mail{}, err
	}
	if h.Consents, err = l.allowed(ctx, lead, h.RaisedHand); err != nil {
		return mailer.Mail{}, err
	}
	out, err := h.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text, ReplyTo: lead.Email}, err
}

func reasons(loc *i18n.Loc, e *Explanation) []mail.Reason {
	out := make([]mail.Reason, len(e.Score.Lines))
	for i := range e.Score.Lines {
		line := &e.Score.Lines[i]
		label, evidence := ReasonWords(loc, line)
		out[i] = mail.Reason{Label: label, Evidence: evidence, Points: line.Points}
	}
	return out
}

// addAsked fills in the last form: what was asked for, on which campaign, and the answers.
func (l *Leads) addAsked(ctx context.Context, h *mail.HotLead, lead *models.Lead) error {
	subs, err := l.store.SubmissionsOf(ctx, lead.ID, 1)
	if err != nil || len(subs) == 0 {
		return err
	}
	p, err := l.cards.Version(ctx, subs[0].VersionID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	doc := &p.Version.Doc
	h.Brand, h.Topic, h.Campaign = doc.Page.Brand.Name, doc.Offer.Title, p.Name
	for i := range doc.Form.Fields {
		f := &doc.Form.Fields[i]
		if v := subs[0].Answers[f.Name]; v != "" && !shownAlready[f.Type] {
			h.Answers = append(h.Answers, mail.Answer{Question: f.Label, Answer: AnswerWords(h.Loc, f, v)})
		}
	}
	return nil
}

// shownAlready: answers that stand at the top of the mail.
var shownAlready = map[models.FieldType]bool{
	models.TypeName: true, models.TypeFirstName: true, models.TypeLastName: true, models.TypeEmail: true, models.TypePhone: true,
	models.TypeCompany: true, models.TypeJobTitle: true, models.TypeHidden: true, models.TypeCallMe: true,
}

// allowed is what holds of each purpose; a raised hand allows the answer it asks for.
func (l *Leads) allowed(ctx context.Context, lead *models.Lead, hand bool) ([]mail.Consent, error) {
	rows, err := l.store.ConsentsOf(ctx, lead.ID, maxConsents)
	if err != nil {
		return nil, err
	}
	slices.Reverse(rows)
	var out []mail.Consent
	phone := false
	for _, p := range askedFor(rows) {
		out = append(out, mail.Consent{Purpose: string(p), Said: saidOf(rows, p)})
		phone = phone || p == models.ByPhone
	}
	if hand && !phone {
		out = append(out, mail.Consent{Purpose: string(models.ByPhone), Said: mail.Asked})
	}
	return out, nil
}

// saidOf is the last word on a purpose, over which a box left empty on a further form is none.
func saidOf(rows []models.Consent, p models.Purpose) mail.Said {
	last, unconfirmed := models.Unconfirmed(rows, p)
	switch {
	case models.Live(rows, p):
		return mail.Given
	case unconfirmed:
		return mail.Said("waiting")
	case last.Decision != "":
		return mail.Said(last.Decision)
	}
	return mail.Refused
}
