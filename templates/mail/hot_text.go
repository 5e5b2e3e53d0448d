package mail

import (
	"strings"
	"unicode/utf8"

	"sarnakh/i18n"
)

// text is the plain part. What the lead typed stands behind a label or an indent.
func (h HotLead) text() string {
	p := newPlain(4 << 10)
	t := h.Loc.T
	p.block(t("mail.hot.label")+": "+isolate(h.Loc, h.who()), h.of())
	p.block(h.why())
	h.textReach(p)
	if len(h.Answers) > 0 || h.Topic != "" {
		p.block(t("mail.hot.asked"))
		p.lines("  ", h.Topic)
	}
	for _, a := range h.Answers {
		p.line("  ", a.Question)
		p.lines("    ", a.Answer)
	}
	h.textScore(p)
	p.block(t("mail.hot.consent"))
	if len(h.Consents) == 0 {
		p.line("  ", t("mail.hot.no_consent"))
	}
	h.facts(p, h.allowed())
	p.block(t("mail.hot.from"))
	h.facts(p, h.origin())
	p.block()
	p.link(t("mail.hot.open"), h.LeadURL)
	p.block("--", t("mail.hot.why_you", "brand", h.Brand)+" "+t("mail.hot.private"))
	return p.String()
}

// textReach: a number is dialled and an address written to from where it stands; WhatsApp needs its link.
func (h HotLead) textReach(p *plain) {
	p.block()
	if h.Phone != "" {
		p.line("", h.Loc.T("mail.hot.call")+": "+i18n.LTR(h.PhoneShown))
	}
	if h.Email != "" {
		p.line("", h.Loc.T("field.email")+": "+i18n.LTR(h.Email))
	}
	if h.Phone != "" && h.WhatsApp {
		p.link(h.Loc.T("mail.hot.whatsapp"), whatsapp(h.Phone))
	}
	p.line("", h.warning())
}

func (h HotLead) textScore(p *plain) {
	if len(h.Reasons) == 0 {
		return
	}
	p.block(h.Loc.T("mail.hot.why_score", "score", h.Score()))
	for _, r := range h.Reasons {
		text := isolate(h.Loc, r.Label)
		if r.Evidence != "" {
			text += " (" + isolate(h.Loc, r.Evidence) + ")"
		}
		p.line("  ", figure(h.Loc.Signed(r.Points))+" "+text)
	}
	p.line("  ", figure(h.Loc.Int(int64(h.Score())))+" "+h.Loc.T("mail.hot.total"))
}

// figure is a number in a column of its own; a figure space is no place to break a line.
func figure(n string) string {
	return i18n.LTR(strings.Repeat("\u2007", max(0, 4-utf8.RuneCountInString(n))) + n)
}

func (h HotLead) facts(p *plain, facts []fact) {
	for _, f := range facts {
		p.line("  ", f.label+": "+isolate(h.Loc, f.value))
	}
}
