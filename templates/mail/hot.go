package mail

import (
	"cmp"
	"context"
	"time"
	"unicode/utf8"

	"sarnakh/i18n"
)

// HotLead tells a salesperson who became hot, why, what they asked, what they allowed and how to reach them (H1).
// Texts that the lead typed go in as they are.
type HotLead struct {
	Loc   *i18n.Loc // the salesperson's
	Brand string    // whose lead it is

	Name, JobTitle, Company string
	Email                   string
	Phone                   string // E.164
	PhoneShown              string // as it is dialled at home; Phone where empty
	WhatsApp                bool   // the phone is a mobile one

	RaisedHand bool     // asked to be contacted; else the score alone made them hot
	Threshold  int      // from which a score is hot
	Reasons    []Reason // whose points add up to the score

	Topic    string // what they asked for: the offer's title, and the subject of the answer
	Answers  []Answer
	Consents []Consent

	Campaign string
	Channel  string    // its stored key, such as "social"
	Source   string    // "instagram"
	At       time.Time // of the act that made them hot, in the owner's zone
	LeadURL  string    // their page in the back office
}

// Reason is one line of the score: a criterion, or a limit.
type Reason struct {
	Label    string
	Evidence string // what was seen; may be empty
	Points   int
}

// Answer is a question of the form with its answer, in words.
type Answer struct{ Question, Answer string }

// Consent is a purpose, by its stored key or in the owner's words, with what was said to it.
type Consent struct {
	Purpose string
	Said    Said
}

// Said is the last word on a purpose.
type Said string

// What can be said. Asked is for the answer to a raised hand, which needs no box.
const (
	Given     Said = "given"
	Refused   Said = "refused"
	Withdrawn Said = "withdrawn"
	Expired   Said = "expired"
	Asked     Said = "asked"
)

// maxReasons are listed; what the others come to is one line more, so that the sum stays right.
const maxReasons = 14

// maxItems is how many answers and how many consents are listed.
const maxItems = 8

// Render makes the mail. Its error is ErrAddress, or that of ctx.
func (h HotLead) Render(ctx context.Context) (Mail, error) {
	if web(h.LeadURL) == "" {
		return Mail{}, ErrAddress
	}
	h = h.folded()
	m := Mail{Subject: h.subject(), Text: h.text()}
	var err error
	m.HTML, err = html(ctx, hotHTML(h, m.Subject), 14<<10)
	return m, err
}

// folded are the same values with every text fit to be shown.
func (h HotLead) folded() HotLead {
	for _, s := range []*string{&h.Brand, &h.Name, &h.JobTitle, &h.Company, &h.Channel, &h.Source, &h.PhoneShown} {
		*s = line(*s, maxLine)
	}
	h.Topic, h.Campaign = line(h.Topic, maxTitle), line(h.Campaign, maxTitle)
	h.Email = line(h.Email, maxAddress)
	if digits(h.Phone) == "" {
		h.Phone, h.PhoneShown = "", ""
	}
	h.PhoneShown = h.Loc.Digits(cmp.Or(h.PhoneShown, h.Phone))
	h.Reasons = h.foldedReasons()
	h.Answers = foldedAnswers(h.Answers)
	h.Consents = append([]Consent(nil), h.Consents[:min(len(h.Consents), maxItems)]...)
	for i := range h.Consents {
		h.Consents[i].Purpose = line(h.Consents[i].Purpose, maxLine)
	}
	return h
}

func (h HotLead) foldedReasons() []Reason {
	all := make([]Reason, 0, min(len(h.Reasons), maxReasons+1))
	for i, r := range h.Reasons {
		switch {
		case i < maxReasons:
			all = append(all, Reason{line(r.Label, maxLine), line(r.Evidence, maxLine), r.Points})
		case i == maxReasons:
			all = append(all, Reason{h.Loc.T("mail.hot.more_reasons", "n", len(h.Reasons)-maxReasons), "", r.Points})
		default:
			all[maxReasons].Points += r.Points
		}
	}
	return all
}

// foldedAnswers keeps line breaks and shares out what a mail has room for, first come first served.
func foldedAnswers(answers []Answer) []Answer {
	all := make([]Answer, 0, min(len(answers), maxItems))
	for left, i := maxAnswers, 0; i < min(len(answers), maxItems) && left > 1; i++ {
		text := cut(i18n.FoldLines(head(answers[i].Answer, maxAnswer)), min(maxAnswer, left))
		left -= utf8.RuneCountInString(text)
		all = append(all, Answer{line(answers[i].Question, maxTitle), text})
	}
	return all
}

// Score is the sum of the reasons.
func (h HotLead) Score() int {
	sum := 0
	for _, r := range h.Reasons {
		sum += r.Points
	}
	return sum
}
