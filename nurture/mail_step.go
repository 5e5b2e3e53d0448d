package nurture

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/links"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
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

// Preview is a step as a lead would get it, nil being one of whom nothing is known. Its links do nothing for the lead: its
// ways out belong to nobody, and the campaign's page stands in for what they could download. Marked, its blocks can be told
// apart by their IDs: "b-" and that of the block.
func (n *Nurture) Preview(ctx context.Context, step *models.Step, lead *models.Lead, p *models.Published, locale string, marked bool) (mail.Mail, error) {
	d, err := n.rehearsal(ctx, step, lead, p, locale)
	if err != nil {
		return mail.Mail{}, err
	}
	d.marked = marked
	return n.render(ctx, d)
}

// Speaks is the campaign that a mail speaks for while it is being written: as visitors see it, or as it is written where nobody
// sees it yet. It is nil where the campaign is gone.
func (n *Nurture) Speaks(ctx context.Context, campaign models.ID) (*models.Published, error) {
	p := n.deps.Live().Campaign(campaign)
	if p == nil || p.Version.ID != 0 {
		return p, nil
	}
	_, draft, err := n.store.Draft(ctx, campaign)
	if err != nil {
		return nil, err
	}
	written := *p
	written.Version.Doc = draft.Doc
	return &written, nil
}

// Sample is somebody made up, as whom a mail is looked at.
func Sample(locale string) *models.Lead {
	loc := i18n.For(i18n.Locale(locale))
	l := &models.Lead{Email: loc.T("example.email"), Locale: locale}
	for _, name := range letters.TypedFields() {
		l.Set(name, loc.T("sequence.sample."+name), 0)
	}
	return l
}

func (n *Nurture) rehearsal(ctx context.Context, step *models.Step, lead *models.Lead, p *models.Published, locale string) (*draft, error) {
	var coupon *models.Coupon
	loc, offer := i18n.For(i18n.Locale(locale)), &p.Version.Doc.Offer
	switch {
	case lead == nil || !usesCode(*step):
	case lead.ID != 0:
		var err error
		if coupon, err = n.store.CouponOf(ctx, p.ID, lead.ID); err != nil {
			return nil, err
		}
	case offer.Coupon != nil || offer.Pool != nil:
		coupon = &models.Coupon{Code: loc.T("public.offer.sample_code")}
	}
	return &draft{step: step, loc: loc, page: p, values: valuesOf(lead, p, coupon)}, nil
}

// Keys of a test mail's values: what is tried, and as which lead, where it is as one.
const (
	TestSequence = "sequence"
	TestStep     = "step"
	TestLead     = models.TestLead
)

// ComposeTest writes a step as its draft stands, for whoever is writing it, as a lead would get it. It says below the text
// that it is a test, whose links to unsubscribe and to choose are nobody's.
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
	page, err := n.Speaks(ctx, q.CampaignID)
	if err != nil {
		return mailer.Mail{}, err
	}
	if step == nil || page == nil {
		return mailer.Mail{}, models.ErrNotFound
	}
	lead, err := n.testLead(ctx, m)
	if err != nil {
		return mailer.Mail{}, err
	}
	d, err := n.rehearsal(ctx, step, cmp.Or(lead, Sample(q.Locale)), page, q.Locale)
	if err != nil {
		return mailer.Mail{}, err
	}
	d.note = testNote(d, lead)
	out, err := n.render(ctx, d)
	subject := d.loc.T("mail.step.test_subject", "subject", out.Subject)
	return mailer.Mail{Subject: subject, HTML: out.HTML, Text: out.Text, FromName: page.Version.Doc.Page.Brand.Name}, err
}

// testLead is as whom a step is tried, nil for nobody.
func (n *Nurture) testLead(ctx context.Context, m *models.Message) (*models.Lead, error) {
	if m.Merge[TestLead] == "" {
		return nil, nil
	}
	id, err := models.ParseID(m.Merge[TestLead])
	if err != nil {
		return nil, models.ErrNotFound
	}
	return n.store.Lead(ctx, id)
}

func testNote(d *draft, lead *models.Lead) []mail.Block {
	says := []string{d.loc.T("mail.step.test_note")}
	if lead != nil {
		name := cmp.Or(letters.Typed(lead.Name), lead.Email)
		says = append([]string{d.loc.T("mail.step.test_as", "name", mail.Value(d.loc, name))}, says...)
	}
	if Downloads(d.step) {
		says = append(says, d.loc.T("mail.step.test_download"))
	}
	return []mail.Block{{Kind: mail.Divider}, {Kind: mail.Paragraph, Text: []mail.Span{{Text: strings.Join(says, " "), Stress: true}}}}
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
