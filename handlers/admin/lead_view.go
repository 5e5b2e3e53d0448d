package admin

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// A leadView turns what is known of a lead into what its page shows.
type leadView struct {
	h   *Handlers
	c   echo.Context
	loc *i18n.Loc
	past
	why *leads.Explanation
}

func (v *leadView) props() (admin.LeadProps, error) {
	l := v.lead
	p := admin.LeadProps{
		Name: l.Name, Email: l.Email, JobTitle: l.Get(models.FieldJobTitle), Company: l.Company, Stage: string(l.Stage),
		CreatedAt: v.h.in(l.CreatedAt), Score: v.score(), Todo: v.todo(), Activity: v.activity(), Facts: v.facts(),
		Agreed: v.agreed(), Consents: v.said(), Messages: v.mails(), First: touch(l.FirstTouch),
	}
	at := "/admin/leads/" + l.ID.String()
	if v.mayEdit() {
		p.ConsentURL = at + "/consents"
	}
	if web.User(v.c).Role == models.Owner {
		p.EraseURL = at + "/erase"
	}
	if l.Email != "" {
		p.MailURL = mailtoURL(l.Email)
	}
	if l.Phone != "" {
		p.Phone, p.CallURL = leads.ShownPhone(l.Phone), "tel:"+l.Phone
	}
	if l.LastTouch != l.FirstTouch {
		p.Last = touch(l.LastTouch)
	}
	if l.Status == models.Disqualified {
		p.Disqualified = &admin.Disqualified{Reason: l.StatusReason, Until: v.h.in(l.StatusUntil)}
	}
	if from := v.h.Campaigns.Snapshot().Campaign(l.CampaignID); from != nil {
		p.Campaign, p.CampaignURL = from.Name, "/p/"+from.Slug
	}
	for _, k := range l.Kinds {
		p.Kinds = append(p.Kinds, admin.Kind{Kind: string(k.Kind), Rule: k.Rule, At: v.h.in(k.At)})
	}
	var err error
	if p.Sequences, err = v.sequences(); err != nil {
		return p, err
	}
	p.Asked, err = v.asked()
	return p, err
}

func mailtoURL(address string) string { return (&url.URL{Scheme: "mailto", Opaque: address}).String() }

func (v *leadView) score() admin.Score {
	e := v.why
	s := admin.Score{
		Shown: e.Score.Shown, Grade: e.Score.Grade, Temperature: string(v.lead.Temperature), Probability: e.Probability,
		Assumed: e.Basis == "assumed", Base: e.Prior, Card: e.Card, Version: e.CardVersion, ScoredAt: e.At.In(v.h.Site.Zone),
	}
	if key := "score.preset." + e.Card; v.loc.Has(key) {
		s.Card = v.loc.T(key)
	}
	for i := range e.Score.Lines {
		s.Reasons = append(s.Reasons, v.reason(&e.Score.Lines[i]))
	}
	for i := range e.Hints {
		hint := &e.Hints[i]
		s.Hints = append(s.Hints, admin.Hint{Text: leads.HintWords(v.loc, hint), Group: hint.Group, Points: hint.Points})
	}
	return s
}

func (v *leadView) reason(l *scoring.Line) admin.Reason {
	label, evidence := leads.ReasonWords(v.loc, l)
	return admin.Reason{Text: label, Evidence: evidence, Group: l.Group, Axis: admin.Axis(l.Axis), Limit: l.IsLimit(), Points: l.Points, At: v.h.in(l.At)}
}

// todo is the next act while a hand-off is open.
func (v *leadView) todo() *admin.Todo {
	i := slices.IndexFunc(v.handoffs, func(h models.Handoff) bool { return h.ClosedAt == 0 })
	if i < 0 || v.lead.Temperature != models.Hot {
		return nil
	}
	open := v.handoffs[i]
	t := &admin.Todo{Reason: string(open.Reason), Since: v.h.in(open.OpenedAt)}
	if v.lead.Email != "" {
		t.MailURL = mailtoURL(v.lead.Email)
	}
	if v.lead.Phone != "" {
		t.Phone, t.CallURL = leads.ShownPhone(v.lead.Phone), "tel:"+v.lead.Phone
		if leads.IsMobile(v.lead.Phone) {
			t.WhatsAppURL = "https://wa.me/" + strings.TrimPrefix(v.lead.Phone, "+")
		}
		t.NoConsent = open.Reason != models.HandoffHand && !v.allows(models.ByPhone)
	}
	return t
}

// allows tells whether the person agrees to something now.
func (v *leadView) allows(p models.Purpose) bool {
	oldest := slices.Clone(v.consents)
	slices.Reverse(oldest)
	return models.Live(oldest, p)
}

func (v *leadView) asked() (out []admin.Submission, err error) {
	for i := range v.submissions {
		s := &v.submissions[i]
		p, err := v.h.Campaigns.Version(v.c.Request().Context(), s.VersionID)
		if err != nil {
			return nil, err
		}
		out = append(out, admin.Submission{
			Campaign: p.Name, CampaignURL: "/p/" + p.Slug, At: v.h.in(s.CreatedAt), Corrects: s.Corrects != 0,
			Released: s.Verdict == models.Released, Answers: answered(v.loc, &p.Version.Doc.Form, s.Answers),
		})
	}
	return out, nil
}

// activity is what happened, newest first: the lead's acts, and when it was handed to sales.
func (v *leadView) activity() []admin.Activity {
	var out []admin.Activity
	for i := range v.why.Events {
		out = append(out, v.act(&v.why.Events[i]))
	}
	for _, open := range v.handoffs {
		out = append(out, admin.Activity{Kind: admin.BecameHot, At: v.h.in(open.OpenedAt)})
	}
	slices.SortStableFunc(out, func(a, b admin.Activity) int { return cmp.Compare(b.At.UnixMicro(), a.At.UnixMicro()) })
	return out[:min(len(out), shownEvents)]
}

func (v *leadView) act(e *models.Event) admin.Activity {
	a := admin.Activity{Kind: string(e.Kind), At: v.h.in(e.At), Machine: e.Verdict == models.Machine}
	switch e.Kind {
	case models.FormSubmitted:
		if p := v.h.Campaigns.Snapshot().Campaign(e.CampaignID); p != nil {
			a.Detail = p.Name
		}
	case models.PageViewed:
		a.Detail = v.loc.Span(time.Duration(e.Data.Seconds * float64(time.Second)))
	case models.ContentDownloaded:
		a.Detail = strings.ToUpper(e.Data.Name)
	default:
		a.Detail = e.Data.Name
		if key := "event_of." + e.Data.Name; e.Data.Name != "" && v.loc.Has(key) { // what the program itself gave a name
			a.Text, a.Detail = v.loc.T(key), ""
		}
	}
	return a
}

// facts are the details that stand nowhere else on the page.
func (v *leadView) facts() []admin.Fact {
	l := v.lead
	out := []admin.Fact{}
	add := func(f admin.Fact) {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	add(admin.Fact{Label: v.loc.T("field.email"), Text: l.Email, As: admin.LeftToRight, URL: mailtoURL(l.Email)})
	if l.Phone != "" {
		add(admin.Fact{Label: v.loc.T("field.phone"), Text: v.loc.Digits(leads.ShownPhone(l.Phone)), As: admin.Number, URL: "tel:" + l.Phone})
	}
	add(admin.Fact{Label: v.loc.T("field.company"), Text: l.Company})
	for _, name := range slices.Sorted(maps.Keys(l.Fields)) {
		label := "field." + name
		if !v.loc.Has(label) {
			continue // it is shown with the form that asked
		}
		add(admin.Fact{Label: v.loc.T(label), Text: leads.ValueWords(v.loc, name, l.Fields[name].Value)})
	}
	for _, given := range v.coupons {
		label := v.loc.T("admin.lead.code")
		if from := v.h.Campaigns.Snapshot().Campaign(given.CampaignID); from != nil {
			label = v.loc.T("admin.lead.code_of", "campaign", from.Name)
		}
		add(admin.Fact{Label: label, Text: given.Code, As: admin.LeftToRight})
	}
	add(admin.Fact{Label: v.loc.T("field.language"), Text: v.loc.T("language." + l.Locale)})
	return out
}

func (v *leadView) said() (out []admin.Consent) {
	for _, c := range v.consents {
		text := v.texts[c.TextID]
		out = append(out, admin.Consent{
			Purpose: string(c.Purpose), Decision: string(c.Decision), Waits: c.Decision == models.Given && c.Confirm, Method: string(c.Method), Version: text.Version, Text: text.Text,
			TextLocale: i18n.Locale(text.Locale), At: v.h.in(c.CreatedAt), Page: c.Page, IP: c.IP, Browser: c.UserAgent,
		})
	}
	return out
}

func (v *leadView) mails() (out []admin.Message) {
	for _, m := range v.messages {
		at := m.SentAt
		if at == 0 {
			at = m.CreatedAt
		}
		out = append(out, admin.Message{
			Kind: string(m.Kind), To: m.To, Class: m.Class.String(), State: string(m.State), At: v.h.in(at), Attempts: m.Attempts,
			Reply: said(v.loc, m.Reply), URL: "/admin/mailbox/" + m.ID.String(), Subject: v.subject(&m),
		})
	}
	return out
}

// subject is that of a step's mail, as its sequence has it now, for a reader of whom nothing is known.
func (v *leadView) subject(m *models.Message) string {
	live := v.h.Campaigns.Snapshot().Sequence(m.SequenceID)
	if live == nil {
		return ""
	}
	step, _ := live.Version.Doc.Step(m.Step)
	if step == nil {
		return ""
	}
	return i18n.FoldText(letters.FillLine(step.Subject, func(_, fallback string) string { return fallback }))
}

func touch(a models.Attribution) *admin.Touch {
	if a == (models.Attribution{}) {
		a.Channel = models.ChannelDirect
	}
	return &admin.Touch{Channel: string(a.Channel), Source: a.Source, Medium: a.Medium, Campaign: a.Campaign, Term: a.Term,
		Content: a.Content, Referrer: a.Referrer, Landing: a.Landing}
}
