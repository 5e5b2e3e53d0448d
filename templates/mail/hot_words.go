package mail

import (
	"cmp"
	"slices"
	"strings"

	"sarnakh/i18n"
)

// who is the best name there is.
func (h HotLead) who() string { return cmp.Or(h.Name, h.Company, h.Email, h.PhoneShown) }

// of is the job and the company, as far as they are known and not the name already.
func (h HotLead) of() string {
	if h.Name == "" {
		return h.JobTitle
	}
	return h.joined(h.JobTitle, h.Company)
}

// joined puts a comma between the texts that are there.
func (h HotLead) joined(texts ...string) string {
	var all []string
	for _, s := range texts {
		if s != "" {
			all = append(all, isolate(h.Loc, s))
		}
	}
	return strings.Join(all, h.Loc.T("list.separator"))
}

func (h HotLead) subject() string {
	who, company := cut(h.who(), maxName), ""
	if h.Name != "" {
		company = cut(h.Company, maxName)
	}
	who = h.joined(who, company)
	if h.RaisedHand {
		return h.Loc.T("mail.hot.subject.hand", "who", who)
	}
	return h.Loc.T("mail.hot.subject.score", "who", who, "score", h.Score())
}

// why they are hot.
func (h HotLead) why() string {
	if h.RaisedHand {
		return h.Loc.T("mail.hot.why.hand")
	}
	return h.Loc.T("mail.hot.why.score", "score", h.Score(), "threshold", h.Threshold)
}

// preview is what a telephone shows under the subject.
func (h HotLead) preview() string {
	reach := isolate(h.Loc, h.Email)
	if h.Phone != "" {
		reach = i18n.LTR(h.PhoneShown)
	}
	return reach + " · " + h.why()
}

// A way to reach the lead: one tap.
type way struct{ label, shown, address string }

// ways to reach the lead, the best first: by phone only where they agreed to it.
func (h HotLead) ways() []way {
	var byPhone, byMail []way
	if h.Phone != "" {
		byPhone = append(byPhone, way{h.Loc.T("mail.hot.call"), h.PhoneShown, tel(h.Phone)})
	}
	if h.Phone != "" && h.WhatsApp {
		byPhone = append(byPhone, way{h.Loc.T("mail.hot.whatsapp"), "", whatsapp(h.Phone)})
	}
	if address := mailto(h.Email, h.Topic); address != "" {
		byMail = append(byMail, way{h.Loc.T("field.email"), "", address})
	}
	if h.mayCall() {
		return append(byPhone, byMail...)
	}
	return append(byMail, byPhone...)
}

// mayCall: whoever asked to be contacted may be phoned; else it takes a consent, and one not given is refused.
func (h HotLead) mayCall() bool {
	return h.RaisedHand || slices.ContainsFunc(h.Consents, func(c Consent) bool {
		return c.Purpose == "phone" && (c.Said == Given || c.Said == Asked)
	})
}

// warning stands beside a number that may not be called, and in the place of one where they wait for a call.
func (h HotLead) warning() string {
	switch {
	case h.Phone == "" && h.RaisedHand:
		return h.Loc.T("mail.hot.no_number")
	case h.Phone == "" || h.mayCall():
		return ""
	}
	return h.Loc.T("mail.hot.no_calls")
}

// fact is a label with its value.
type fact struct{ label, value string }

// origin is where and when they came.
func (h HotLead) origin() []fact {
	t := h.Loc.T
	all := []fact{{t("mail.hot.campaign"), h.Campaign}}
	if h.Channel != "" {
		all = append(all, fact{t("mail.hot.channel"), h.known("admin.channel.", h.Channel)})
	}
	if h.Source != "" {
		all = append(all, fact{t("mail.hot.source"), h.Source})
	}
	return append(all, fact{t("mail.hot.when"), t("date.date_time", "date", h.Loc.DateLong(h.At), "time", h.Loc.Time(h.At))})
}

// allowed is what may be done, in words.
func (h HotLead) allowed() []fact {
	all := make([]fact, len(h.Consents))
	for i, c := range h.Consents {
		all[i] = fact{h.known("purpose.", c.Purpose), h.known("mail.hot.said.", string(c.Said))}
	}
	return all
}

// known is the text of a stored key; what is no key is in words already.
func (h HotLead) known(prefix, key string) string {
	if h.Loc.Has(prefix + key) {
		return h.Loc.T(prefix + key)
	}
	return key
}
