package leads

import (
	"context"
	"strconv"
	"time"

	"sarnakh/i18n"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

// ComposeDelivery writes the mail that brings what a form promised, from its row alone: the same words
// each time.
func (l *Leads) ComposeDelivery(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	p, err := l.cards.Version(ctx, m.VersionID)
	if err != nil {
		return mailer.Mail{}, err
	}
	sub, err := models.ParseID(m.Merge["submission"])
	if err != nil {
		return mailer.Mail{}, err
	}
	doc := &p.Version.Doc
	loc := i18n.For(i18n.Locale(m.Locale))
	d := mail.Delivery{
		Loc:        loc,
		From:       l.sender(loc, doc.Page.Brand),
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
		d.ConfirmURL, d.ConfirmText = l.confirmURL(m), newsletterText(&doc.Form)
	}
	out, err := d.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text, FromName: doc.Page.Brand.Name}, err
}

// newsletterText is what a form's box says.
func newsletterText(form *models.Form) string {
	for _, asked := range form.Purposes {
		if asked.Purpose == models.Newsletter {
			return asked.Text
		}
	}
	return ""
}

func (l *Leads) sender(loc *i18n.Loc, brand models.Brand) mail.Sender {
	return mail.Sender{Name: brand.Name, Postal: l.cfg.PostalAddress, PrivacyURL: l.cfg.BaseURL + "/privacy?lang=" + loc.Lang(),
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
	d := &mail.Download{URL: l.cfg.BaseURL + "/d/" + l.downloadToken(sub, issued), Until: issued.Add(downloadLife).In(l.cfg.Zone)}
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
