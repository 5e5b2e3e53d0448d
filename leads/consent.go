package leads

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

// maxConsents is how many of a lead's newest consents its pages look at.
const maxConsents = 100

// found is what there is behind a mail's link.
type found struct {
	ref      links.Ref
	lead     *models.Lead     // nil: nobody is there
	consents []models.Consent // oldest first
	mail     models.Message   // that carried the link; zero where it is not there
	page     ConsentPage
}

// find reads what is behind a link. Nobody there is no error: whoever was erased has a page that says so.
func (l *Leads) find(ctx context.Context, ref links.Ref) (found, error) {
	x := found{ref: ref, page: ConsentPage{Standing: StandingGone}}
	lead, err := l.store.Lead(ctx, ref.Lead)
	if errors.Is(err, models.ErrNotFound) {
		return x, nil
	}
	if err != nil {
		return x, err
	}
	x.lead, x.page.Locale, x.page.Email = lead, lead.Locale, masked(lead.Email)
	if x.mail, err = l.store.Message(ctx, ref.Message); err != nil && !errors.Is(err, models.ErrNotFound) {
		return x, err
	}
	if x.consents, err = l.store.ConsentsOf(ctx, lead.ID, maxConsents); err != nil {
		return x, err
	}
	slices.Reverse(x.consents)
	return x, nil
}

// about fills in the campaign that a submission was made on; the lead's newest one where it is 0.
func (l *Leads) about(ctx context.Context, x *found, sub models.ID) error {
	p, err := l.campaignOf(ctx, x.lead.ID, sub)
	if p == nil || err != nil {
		return err
	}
	doc := &p.Version.Doc
	x.page.Locale, x.page.Brand, x.page.Campaign, x.page.Title = p.Locale, doc.Page.Brand, p.Slug, doc.Offer.Title
	if p.State == models.CampaignPublished {
		x.page.PageURL = l.cfg.BaseURL + "/p/" + p.Slug
	}
	return nil
}

// campaignOf is the published version that a lead answered, nil where it never did.
func (l *Leads) campaignOf(ctx context.Context, lead, sub models.ID) (*models.Published, error) {
	subs, err := l.store.SubmissionsOf(ctx, lead, maxConsents)
	if err != nil || len(subs) == 0 {
		return nil, err
	}
	i := max(0, slices.IndexFunc(subs, func(s models.Submission) bool { return s.ID == sub }))
	p, err := l.cards.Version(ctx, subs[i].VersionID)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return p, err
}

// masked shows enough of an address for its owner to know it, and too little for anyone else.
func masked(email string) string {
	local, domain, ok := strings.Cut(email, "@")
	if !ok || local == "" {
		return ""
	}
	return string([]rune(local)[:1]) + "•••@" + domain
}

// lastOf is the newest row about a purpose, refusals included.
func lastOf(rows []models.Consent, p models.Purpose) (models.Consent, bool) {
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Purpose == p {
			return rows[i], true
		}
	}
	return models.Consent{}, false
}

// waiting is the consent that waits for its link: the one given on a certain form where it still waits, else the newest.
func waiting(rows []models.Consent, sub models.ID) (models.Consent, bool) {
	newest, ok := models.Unconfirmed(rows, models.Newsletter)
	if !ok {
		return models.Consent{}, false
	}
	for _, c := range slices.Backward(rows) {
		switch {
		case c.Purpose != models.Newsletter || c.Decision == models.Refused:
		case c.Decision != models.Given || !c.Confirm:
			return newest, true // what is older was decided on since
		case c.SubmissionID == sub:
			return c, true
		}
	}
	return newest, true
}

// decision is a new row about a purpose: what was said, to the text and on the form of an earlier row.
func (l *Leads) decision(f *store.Facts, d models.Decision, about models.Consent, how models.Method, who Person) models.Consent {
	page := who.Page
	if strings.HasPrefix(page, "/") {
		page = l.cfg.BaseURL + page
	}
	return models.Consent{
		ID: f.NewID(), LeadID: f.Lead.ID, SubmissionID: about.SubmissionID, Purpose: about.Purpose, Decision: d, TextID: about.TextID,
		Page: page, Method: how, IP: who.IP, UserAgent: cut(who.UserAgent, maxAgent), CreatedAt: f.Now,
	}
}

// maxAgent is how much is kept of a browser's name of itself.
const maxAgent = 300

// acted puts the time of a lead's own act on it.
func acted(f *store.Facts) {
	f.Lead.LastActAt, f.Lead.UpdatedAt = f.Now, f.Now
}
