package leads

import "sarnakh/models"

// A Person is who acts on a page, as far as the page knows: what a consent is recorded with (C6).
type Person struct {
	IP, UserAgent string
	Page          string // the page's path, without its token
}

// Standing is what a token's page can show.
type Standing string

// The standings.
const (
	StandingOpen Standing = "open" // it can be done
	StandingDone Standing = "done" // it was done before, which is success again
	StandingOld  Standing = "old"  // the link is too old; a fresh one is offered
	StandingGone Standing = "gone" // nothing is kept of anybody here
)

// A ConsentPage is what the page of a mail's link shows.
type ConsentPage struct {
	Standing Standing
	Locale   string
	Brand    models.Brand
	Campaign string // its slug, empty for none
	Title    string // of the offer
	Email    string // masked: m•••@example.com
	PageURL  string // of the campaign
	Text     string // exactly what is agreed to
}

// A PurposeChoice is one thing that a person agrees to or not.
type PurposeChoice struct {
	Purpose models.Purpose
	Text    string // exactly what it says
	On      bool
	Waiting bool // agreed to, and not confirmed yet
}

// Preferences are everything that a person can agree to, with what they said.
type Preferences struct {
	ConsentPage
	Choices []PurposeChoice
}

// MyData is everything that is kept of a person, newest first.
type MyData struct {
	Standing    Standing
	Locale      string
	Email       string // masked
	Lead        *models.Lead
	Submissions []models.Submission
	Consents    []models.Consent
	Texts       map[models.ID]models.ConsentText // of the consents
	Events      []models.Event
	Mails       []models.Message
	Coupons     []models.Coupon
	Enrolments  []models.Enrolment
}
