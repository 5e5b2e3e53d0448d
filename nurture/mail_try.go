package nurture

import (
	"cmp"
	"context"
	"strings"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

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
