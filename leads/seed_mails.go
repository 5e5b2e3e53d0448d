package leads

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// dueDomains is over how many made-up domains the mails of SeedDueMails are spread.
const dueDomains = 97

// dueLife is how long such a mail may still be sent.
const dueLife = 7 * 24 * time.Hour

// SeedDueMails makes leads who have confirmed the newsletter, each with the mail of the sequence's only step due now:
// for measuring. It refuses where real leads are.
func (l *Leads) SeedDueMails(ctx context.Context, p *models.Published, q *models.LiveSequence, count int, progress func(done int)) error {
	first, err := l.fallow(ctx)
	if err != nil {
		return err
	}
	return l.sow(ctx, count, func(n int) store.Change {
		n += first
		s := seedling{leads: l, n: n, campaign: p, events: 1, email: fmt.Sprintf("reader%d@mail%02d%s", n, n%dueDomains, seedDomain)}
		s.more = func(f *store.Facts, rows *store.Rows) { l.dueMail(f, rows, p, q) }
		return s.change()
	}, progress)
}

// dueMail adds to a made-up lead what a confirmed consent and the first step of a sequence leave behind.
func (l *Leads) dueMail(f *store.Facts, rows *store.Rows, p *models.Published, q *models.LiveSequence) {
	lead, sub, step := rows.Lead, rows.Submission, &q.Version.Doc.Steps[0]
	sub.Purposes = map[string]bool{string(models.Newsletter): true}
	given := models.Consent{ID: f.NewID(), LeadID: lead.ID, SubmissionID: sub.ID, Purpose: models.Newsletter, Decision: models.Given,
		TextID: textOf(p, models.Newsletter), Page: "/p/" + p.Slug, Method: models.ByForm, Confirm: true, CreatedAt: sub.CreatedAt}
	confirmed := given
	confirmed.ID, confirmed.Decision, confirmed.Method = f.NewID(), models.Confirmed, models.ByLink
	confirmed.CreatedAt = min(given.CreatedAt.Add(time.Minute), f.Now)
	rows.Consents = []models.Consent{given, confirmed}
	rows.Messages = append(rows.Messages, l.message(f, models.Message{
		LeadID: lead.ID, Ident: strings.Join([]string{"step", q.ID.String(), lead.ID.String(), step.Key, "1"}, ":"),
		Class: models.ClassMarketing, Kind: models.MailStep, To: lead.Email, Locale: q.Locale, VersionID: q.VersionID,
		Merge:   models.Merge{"v": p.VersionID.String(), "first_name": firstName(lead.Name)}, // as package nurture reads it
		Purpose: models.Newsletter, SequenceID: q.ID, Step: step.Key,
	}, dueLife))
	rows.Enrolments = []models.Enrolment{{ID: f.NewID(), SequenceID: q.ID, LeadID: lead.ID, CampaignID: p.ID, State: models.EnrolmentDone,
		Place: 1, CreatedAt: sub.CreatedAt, StartedAt: confirmed.CreatedAt, EndedAt: f.Now}}
}

// textOf is the version of the text that a campaign shows for a purpose.
func textOf(p *models.Published, purpose models.Purpose) models.ID {
	for _, asked := range p.Version.Doc.Form.Purposes {
		if asked.Purpose == purpose {
			return asked.TextID
		}
	}
	return 0
}

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}
