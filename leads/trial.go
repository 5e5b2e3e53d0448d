package leads

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"sarnakh/hooks"
	"sarnakh/i18n"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/mail"
)

// JobTrial is the kind of job that has a trial made by the owner's program.
const JobTrial = "trial"

// TrialAttempts at one: after five within the first twenty minutes one an hour, for 24 hours.
const TrialAttempts = 28

// maxTrialURL leaves a message's values below 1 KiB.
const maxTrialURL = 700

// TrialJobs begins the idents of a campaign's jobs.
func TrialJobs(campaign models.ID) string { return campaign.String() + ":" }

// trials that a submission makes us owe. Who corrects themselves has theirs already.
func (in *intake) trials(sub *models.Submission, same bool) []models.Job {
	t := in.published.Version.Doc.Offer.Trial
	if same || t == nil || t.Webhook == "" {
		return nil
	}
	return []models.Job{{Kind: JobTrial, Ident: TrialJobs(in.published.ID) + sub.ID.String()}}
}

// TrialSecret is what the owner's program checks our calls with: one for each campaign, derived from the program's secret.
func (l *Leads) TrialSecret(campaign models.ID) []byte {
	secret, _ := hkdf.Key(sha256.New, l.cfg.Secret, nil, "sarnakh trial "+campaign.String(), 32) // fails for longer ones only
	return secret
}

// A trialRequest is what the owner's program is told.
type trialRequest struct {
	ID       string         `json:"id"` // the same when it is asked again
	Email    string         `json:"email"`
	Name     string         `json:"name"`
	Phone    string         `json:"phone"`
	Company  string         `json:"company"`
	Campaign string         `json:"campaign"`
	Answers  models.Answers `json:"answers"`
	Locale   string         `json:"locale"`
	Days     int            `json:"days"`
}

// MakeTrial asks the owner's program for the trial that a submission was promised, and mails its address where there is one.
// Done twice it asks under the same id and mails once. Whoever was forgotten meanwhile gets none.
func (l *Leads) MakeTrial(ctx context.Context, job models.Job) error {
	_, ident, _ := strings.Cut(job.Ident, ":")
	id, err := models.ParseID(ident)
	if err != nil {
		return nil
	}
	sub, p, lead, err := l.promised(ctx, id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	trial := p.Version.Doc.Offer.Trial
	if trial == nil || trial.Webhook == "" {
		return nil
	}
	body, err := json.Marshal(trialRequest{ID: sub.ID.String(), Email: sub.Email, Name: lead.Name, Phone: lead.Phone, Company: lead.Company,
		Campaign: p.Slug, Answers: sub.Answers, Locale: p.Locale, Days: trial.Days})
	if err != nil {
		return err
	}
	answer, err := l.hooks.Post(ctx, trial.Webhook, sub.ID.String(), l.TrialSecret(p.ID), body)
	if err != nil {
		return err
	}
	address, err := trialAddress(answer)
	if err != nil || address == "" {
		return err
	}
	return l.mailTrial(ctx, sub, p, address)
}

// promised finds what a trial is made from.
func (l *Leads) promised(ctx context.Context, id models.ID) (*models.Submission, *models.Published, *models.Lead, error) {
	sub, err := l.store.Submission(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	p, err := l.cards.Version(ctx, sub.VersionID)
	if err != nil {
		return nil, nil, nil, err
	}
	lead, err := l.store.Lead(ctx, sub.LeadID)
	return sub, p, lead, err
}

// trialAddress reads an answer: empty where the owner's program says nothing, or sends the address itself.
func trialAddress(answer []byte) (string, error) {
	if len(bytes.TrimSpace(answer)) == 0 {
		return "", nil
	}
	var said struct {
		URL string `json:"url"`
	}
	if json.Unmarshal(answer, &said) != nil {
		return "", &hooks.Fault{Code: hooks.BadAnswer}
	}
	if said.URL == "" {
		return "", nil
	}
	u, err := url.Parse(said.URL)
	if err != nil || u.Scheme != "https" || u.Host == "" || len(said.URL) > maxTrialURL || !mail.Linkable(said.URL) {
		return "", &hooks.Fault{Code: hooks.BadAnswer}
	}
	return said.URL, nil
}

// mailTrial owes the mail with the address, unless the form was sent again meanwhile, to another address.
func (l *Leads) mailTrial(ctx context.Context, sub *models.Submission, p *models.Published, address string) error {
	if sub.Email == "" {
		return nil
	}
	ident := models.TrialIdent(sub.ID)
	if known, err := l.store.MessageOwed(ctx, ident); known || err != nil {
		return err
	}
	err := l.store.Apply(ctx, store.Change{
		Want: store.Want{LeadID: sub.LeadID, Token: sub.Token},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil || takenBack(f, sub) {
				return store.Rows{}, nil
			}
			merge := models.Merge{"submission": sub.ID.String(), "url": address}
			if name := SafeName(f.Lead.Name); name != "" {
				merge["name"] = name
			}
			if models.Live(f.Consents, models.Newsletter) {
				merge["subscribed"] = "1"
			}
			return store.Rows{Messages: []models.Message{l.message(f, models.Message{
				LeadID: f.Lead.ID, Ident: ident, Class: models.ClassTransactional, Kind: models.MailTrial, To: sub.Email,
				Locale: p.Locale, VersionID: p.VersionID, Merge: merge,
			}, transactionalLife)}}, nil
		},
	})
	if errors.Is(err, models.ErrConflict) { // the same job, done twice at once
		return nil
	}
	if err == nil {
		l.wake()
	}
	return err
}

// takenBack tells that a submission was corrected to somebody else, at once or in several steps.
func takenBack(f *store.Facts, sub *models.Submission) bool {
	return slices.ContainsFunc(f.Submissions, func(s models.Submission) bool {
		return s.ID > sub.ID && s.LeadID != sub.LeadID && s.Verdict != models.Spam
	})
}

// ComposeTrial writes the mail that brings the address of a trial that was made for somebody.
func (l *Leads) ComposeTrial(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	p, err := l.cards.Version(ctx, m.VersionID)
	if err != nil {
		return mailer.Mail{}, err
	}
	doc := &p.Version.Doc
	loc := i18n.For(i18n.Locale(m.Locale))
	d := mail.Delivery{Loc: loc, From: l.sender(loc, &doc.Page), Name: m.Merge["name"], Title: doc.Offer.Title,
		PageURL: l.cfg.BaseURL + "/p/" + p.Slug, Trial: &mail.Trial{URL: m.Merge["url"], Own: true}, Subscribed: m.Merge["subscribed"] == "1"}
	if doc.Offer.Trial != nil {
		d.Trial.Days = doc.Offer.Trial.Days
	}
	out, err := d.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text, FromName: doc.Page.Brand.Name}, err
}
