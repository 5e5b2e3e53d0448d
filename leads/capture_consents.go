package leads

import (
	"slices"

	"sarnakh/models"
	"sarnakh/store"
)

// consents records each purpose that the form asked for with the text shown. A refusal of the same text
// is recorded once.
func (in *intake) consents(f *store.Facts, sub *models.Submission) []models.Consent {
	var out []models.Consent
	for _, asked := range in.published.Version.Doc.Form.Purposes {
		decision := models.Refused
		if in.purposes[string(asked.Purpose)] {
			decision = models.Given
		}
		known := slices.ContainsFunc(f.Consents, func(c models.Consent) bool {
			return c.Purpose == asked.Purpose && c.TextID == asked.TextID && c.Decision == models.Refused
		})
		if decision == models.Refused && known {
			continue
		}
		out = append(out, models.Consent{
			ID: f.NewID(), LeadID: sub.LeadID, SubmissionID: sub.ID, Purpose: asked.Purpose, Decision: decision, TextID: asked.TextID,
			Page: in.page, Method: models.ByForm, IP: sub.IP, UserAgent: sub.UserAgent, CreatedAt: sub.CreatedAt,
			Confirm: decision == models.Given && in.confirms(f, asked.Purpose),
		})
	}
	return out
}

// confirms tells whether a tick has to be confirmed from the mailbox. One who agrees already need not do so again: whoever
// types their address must not stop what they get. One who took it back has to, on whatever form: anyone may have
// typed their address.
func (in *intake) confirms(f *store.Facts, p models.Purpose) bool {
	if models.Live(f.Consents, p) {
		return false
	}
	last, _ := models.Unconfirmed(f.Consents, p)
	return in.published.Version.Doc.Form.Confirms(p) || p == models.Newsletter && last.Decision == models.Withdrawn
}

// joined is the event of a tick that counts at once, where the form believes its visitors.
func (in *intake) joined(f *store.Facts, sub *models.Submission, said []models.Consent) []models.Event {
	if models.Live(f.Consents, models.Newsletter) || !models.Live(said, models.Newsletter) {
		return nil
	}
	return []models.Event{{ID: f.NewID(), LeadID: sub.LeadID, CampaignID: in.published.ID, Kind: models.Activated,
		Data: models.EventData{Name: newsletterJoined, Submission: sub.ID}, At: sub.CreatedAt}}
}

// ticked is the newsletter's box as this form leaves it: whether it waits for its confirmation.
func ticked(said []models.Consent) (waits bool) {
	_, waits = models.Unconfirmed(said, models.Newsletter)
	return waits
}
