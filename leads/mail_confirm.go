package leads

import (
	"context"
	"time"

	"sarnakh/i18n"
	"sarnakh/links"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

// confirmURL is the button that confirms, as old as the mail that carries it.
func (l *Leads) confirmURL(m *models.Message) string {
	return l.links.Confirm(links.Ref{Message: m.ID, Lead: m.LeadID, At: m.CreatedAt.Time()})
}

// shownText is the key of a mail's values under which stands the text that was ticked, where the form of its version may say
// other words.
const shownText = "text"

// confirmText is what its button agrees to.
func (l *Leads) confirmText(ctx context.Context, m *models.Message, form *models.Form) (string, error) {
	if id, err := models.ParseID(m.Merge[shownText]); err == nil {
		return l.textOf(ctx, id)
	}
	return newsletter(form).Text, nil
}

// newsletter is a form's box for it, empty where it has none.
func newsletter(form *models.Form) models.ConsentRequest {
	for _, asked := range form.Purposes {
		if asked.Purpose == models.Newsletter {
			return asked
		}
	}
	return models.ConsentRequest{}
}

// ComposeConfirm writes the mail that brings nothing but the button that confirms a consent: to one whose button was too
// old, and where a form promised nothing else.
func (l *Leads) ComposeConfirm(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	p, err := l.cards.Version(ctx, m.VersionID)
	if err != nil {
		return mailer.Mail{}, err
	}
	doc := &p.Version.Doc
	loc := i18n.For(i18n.Locale(m.Locale))
	d := mail.Delivery{
		Loc: loc, From: l.sender(loc, &doc.Page), Name: m.Merge["name"], Title: doc.Offer.Title,
		PageURL: l.cfg.BaseURL + "/p/" + p.Slug, ConfirmURL: l.confirmURL(m),
	}
	if m.Merge["submission"] != "" { // the answer to a form, not a fresh button
		writeLetter(&d, m, &doc.Offer)
	}
	if d.ConfirmText, err = l.confirmText(ctx, m, &doc.Form); err != nil {
		return mailer.Mail{}, err
	}
	out, err := d.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text, FromName: doc.Page.Brand.Name}, err
}

// ComposeMyData writes the mail that brings the link to what is kept of somebody. The link is as old as the moment from
// which the mail may be sent: it may have had to wait.
func (l *Leads) ComposeMyData(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	var page models.Page
	if m.VersionID != 0 {
		p, err := l.cards.Version(ctx, m.VersionID)
		if err != nil {
			return mailer.Mail{}, err
		}
		page = p.Version.Doc.Page
	}
	if page.Brand.Name == "" {
		page.Brand.Name = l.cfg.MailDomain
	}
	due := m.DueAt.Time().Truncate(time.Second)
	loc := i18n.For(i18n.Locale(m.Locale))
	out, err := mail.MyData{
		Loc: loc, From: l.sender(loc, &page), PageURL: l.cfg.BaseURL + "/my-data",
		URL:   l.links.MyData(links.Ref{Message: m.ID, Lead: m.LeadID, At: due}),
		Until: due.Add(myDataLife).In(l.cfg.Zone),
	}.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text, FromName: page.Brand.Name}, err
}
