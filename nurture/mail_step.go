package nurture

import (
	"context"
	"regexp"
	"strings"
	"sync"

	"sarnakh/i18n"
	"sarnakh/links"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/mail"
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
	return &draft{step: step, loc: i18n.For(i18n.Locale(m.Locale)), page: page, values: values(m.Merge),
		ref: links.Ref{Message: m.ID, Lead: m.LeadID}, tracked: m.Merge[mergeTracked] == "1"}, nil
}

// Preview is a step as a lead would get it, nil being one of whom nothing is known. Its ways out belong to nobody.
func (n *Nurture) Preview(ctx context.Context, step *models.Step, lead *models.Lead, p *models.Published, locale string) (mail.Mail, error) {
	return n.render(ctx, &draft{step: step, loc: i18n.For(i18n.Locale(locale)), page: p, values: valuesOf(lead, p, nil)})
}

// Keys of a test mail's values: what is tried.
const (
	TestSequence = "sequence"
	TestStep     = "step"
)

// ComposeTest writes a step as its draft stands, for whoever is writing it.
func (n *Nurture) ComposeTest(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	id, err := models.ParseID(m.Merge[TestSequence])
	if err != nil {
		return mailer.Mail{}, models.ErrNotFound
	}
	q, err := n.store.Sequence(ctx, id)
	if err != nil {
		return mailer.Mail{}, err
	}
	step, _ := q.Draft.Step(m.Merge[TestStep])
	page := n.deps.Live().Campaign(q.CampaignID)
	if step == nil || page == nil {
		return mailer.Mail{}, models.ErrNotFound
	}
	out, err := n.Preview(ctx, step, nil, page, q.Locale)
	subject := i18n.For(i18n.Locale(q.Locale)).T("mail.step.test_subject", "subject", out.Subject)
	return mailer.Mail{Subject: subject, HTML: out.HTML, Text: out.Text, FromName: page.Version.Doc.Page.Brand.Name}, err
}

func (n *Nurture) render(ctx context.Context, d *draft) (mail.Mail, error) {
	l, brand := n.deps.Links, d.page.Version.Doc.Page.Brand
	w := written{fill: func(name, fallback string) string {
		if name == fieldPage {
			return n.pageURL(d)
		}
		return d.values.fill(d.loc, name, fallback)
	}}
	w.href = func(i int, target string) string {
		to := n.target(d, target)
		if d.tracked && to != "" {
			return l.Click(links.Ref{Message: d.ref.Message, Lead: d.ref.Lead, Link: i})
		}
		return to
	}
	return mail.Step{
		Loc: d.loc, From: mail.Sender{Name: brand.Name, Postal: n.cfg.PostalAddress, PrivacyURL: l.Base() + "/privacy?lang=" + d.loc.Lang()},
		Subject: fillLine(d.step.Subject, w.fill), Preview: fillLine(d.step.Preview, w.fill), Body: w.blocks(d.step.Body),
		PageURL: n.pageURL(d), UnsubscribeURL: l.Unsubscribe(d.ref), PreferencesURL: l.Preferences(d.ref),
	}.Render(ctx)
}

func (n *Nurture) pageURL(d *draft) string { return n.deps.Links.Base() + "/p/" + d.page.Slug }

// target is where a link leads in the end: a stored address, or that of a field; empty where it is neither.
func (n *Nurture) target(d *draft, stored string) string {
	if m := addressField.FindStringSubmatch(stored); m != nil {
		if m[1] == fieldPage {
			return n.pageURL(d)
		}
		return ""
	}
	if !isAddress(stored) {
		return ""
	}
	return stored
}

// addressField is a link that is a field and nothing else.
var addressField = regexp.MustCompile(`^\{\{\s*([a-z_]+)\s*\}\}$`)

func isAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && rest[0] != '/' && !strings.ContainsAny(s, " {}\"<>\\")
}

// Targets are the addresses that a step's links lead to, in their order; a link's number is its place here.
func Targets(step *models.Step) []string {
	w := written{fill: func(string, string) string { return "" }, href: func(_ int, target string) string { return target }}
	w.blocks(step.Body)
	return w.targets
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

// maxVersions is how many versions are kept: those that mails of these weeks speak.
const maxVersions = 256

// versions keeps sequences' versions, which never change.
type versions struct {
	store *store.Store
	mu    sync.Mutex
	kept  map[models.ID]*models.SequenceVersion
}

func (v *versions) get(ctx context.Context, id models.ID) (*models.SequenceVersion, error) {
	v.mu.Lock()
	known := v.kept[id]
	v.mu.Unlock()
	if known != nil {
		return known, nil
	}
	read, err := v.store.SequenceVersion(ctx, id)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept == nil || len(v.kept) >= maxVersions {
		v.kept = map[models.ID]*models.SequenceVersion{}
	}
	v.kept[id] = read
	return read, nil
}
