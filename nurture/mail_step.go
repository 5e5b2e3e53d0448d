package nurture

import (
	"context"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/links"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/mail"
	"sarnakh/theme"
)

// A draft is a step about to be written out for somebody.
type draft struct {
	step   *models.Step
	loc    *i18n.Loc
	page   *models.Published
	values values
	ref    links.Ref
	// tracked links lead over us, for those who agreed to it.
	tracked bool
	// download is the address of what they asked for, empty where there is nothing to download.
	download string
	// known is the address of a page that asks this lead only what is not known yet, empty where it asks everybody the same.
	known string
	note  []mail.Block // below the text
	// marked tells its blocks apart, for who writes them.
	marked bool
}

// ComposeStep writes the mail of a step from its row alone: the same words each time.
func (n *Nurture) ComposeStep(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	d, err := n.draftOf(ctx, m)
	if err != nil {
		return mailer.Mail{}, err
	}
	out, err := n.render(ctx, d)
	return mailer.Mail{
		Subject: out.Subject, HTML: out.HTML, Text: out.Text, FromName: d.page.Version.Doc.Page.Brand.Name,
		Unsubscribe: n.deps.Links.Unsubscribe(d.ref),
	}, err
}

// draftOf finds what a step's mail was owed with: models.ErrNotFound where that is gone.
func (n *Nurture) draftOf(ctx context.Context, m *models.Message) (*draft, error) {
	version, err := n.words.get(ctx, m.VersionID)
	if err != nil {
		return nil, err
	}
	step, _ := version.Doc.Step(m.Step)
	campaign, err := models.ParseID(m.Merge[mergeCampaign])
	if step == nil || err != nil {
		return nil, models.ErrNotFound
	}
	page, err := n.deps.Version(ctx, campaign)
	if err != nil {
		return nil, err
	}
	d := &draft{step: step, loc: i18n.For(i18n.Locale(m.Locale)), page: page, values: values(m.Merge),
		ref: links.Ref{Message: m.ID, Lead: m.LeadID}, tracked: m.Merge[mergeTracked] == "1"}
	if form, err := models.ParseID(m.Merge[mergeForm]); err == nil {
		d.download = n.deps.Links.Download(form, m.CreatedAt.Time()) // as old as the mail, so that it is the same each time
	}
	if page.Version.Doc.Form.AsksProgressively() {
		d.known = n.deps.Links.Page(page.Slug, links.Ref{Message: m.ID, Lead: m.LeadID, At: m.CreatedAt.Time()})
	}
	return d, nil
}

func (n *Nurture) render(ctx context.Context, d *draft) (mail.Mail, error) {
	l, brand := n.deps.Links, d.page.Version.Doc.Page.Brand
	w := letters.Writing{Media: l.Base() + "/media/", Marked: d.marked, Fill: func(name, fallback string) string {
		if letters.IsLink(name) {
			return n.fieldURL(d, name)
		}
		return d.values.fill(d.loc, name, fallback)
	}}
	w.Href = func(i int, target string) string {
		to := n.target(d, target)
		if d.tracked && to != "" {
			return l.Click(links.Ref{Message: d.ref.Message, Lead: d.ref.Lead, Link: i})
		}
		return to
	}
	return mail.Step{
		Loc: d.loc, From: mail.Sender{Name: brand.Name, Postal: n.cfg.PostalAddress, PrivacyURL: l.Base() + "/privacy?lang=" + d.loc.Lang(),
			Colours: mail.Colours(theme.LetterOf(d.page.Version.Doc.Page.Theme))},
		Subject: letters.FillLine(d.step.Subject, w.Fill), Preview: letters.FillLine(d.step.Preview, w.Fill), Body: append(w.Mail(d.step.Blocks), d.note...),
		PageURL: n.pageURL(d), UnsubscribeURL: l.Unsubscribe(d.ref), PreferencesURL: l.Preferences(d.ref),
	}.Render(ctx)
}

func (n *Nurture) pageURL(d *draft) string { return n.deps.Links.Base() + "/p/" + d.page.Slug }

// fieldURL is the address that a field stands for.
func (n *Nurture) fieldURL(d *draft, name string) string {
	if name == letters.FieldDownload && d.download != "" {
		return d.download
	}
	if name == letters.FieldPage && d.known != "" {
		return d.known
	}
	return n.pageURL(d)
}

// target is where a link leads in the end: a stored address, or that of a field; empty where it is neither.
func (n *Nurture) target(d *draft, stored string) string {
	if field := letters.LinkField(stored); field != "" {
		if letters.IsLink(field) {
			return n.fieldURL(d, field)
		}
		return ""
	}
	if !letters.IsAddress(stored) {
		return ""
	}
	return stored
}

// Targets are the addresses that a step's links lead to, in their order; a link's number is its place here.
func Targets(step *models.Step) []string {
	w := letters.Writing{Fill: func(string, string) string { return "" }, Href: func(_ int, target string) string { return target }}
	w.Mail(step.Blocks)
	return w.Targets
}

// Target is where a tracked link leads, with the mail that carries it: models.ErrNotFound where there is none.
func (n *Nurture) Target(ctx context.Context, ref links.Ref) (url string, msg *models.Message, err error) {
	m, err := n.store.Message(ctx, ref.Message)
	if err != nil {
		return "", nil, err
	}
	if m.Kind != models.MailStep || m.LeadID != ref.Lead {
		return "", nil, models.ErrNotFound
	}
	d, err := n.draftOf(ctx, &m)
	if err != nil {
		return "", nil, err
	}
	targets := Targets(d.step)
	if ref.Link < 0 || ref.Link >= len(targets) {
		return "", nil, models.ErrNotFound
	}
	if url = n.target(d, targets[ref.Link]); url == "" {
		return "", nil, models.ErrNotFound
	}
	return url, &m, nil
}
