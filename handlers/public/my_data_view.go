package public

import (
	"cmp"
	"maps"
	"slices"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/templates/layout"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// shownOfMyData is how many of a kind the page shows; the files hold them all.
const shownOfMyData = 50

// A myDataView puts what is kept of somebody into words.
type myDataView struct {
	h    *Handlers
	c    echo.Context
	head layout.PublicHead
	data *leads.MyData
}

func (v *myDataView) props(token string) (page.MyDataProps, error) {
	forms, err := v.forms()
	return page.MyDataProps{
		Head: v.head, Action: here(v.c), Token: token, To: v.data.Email, Now: v.h.Clock().In(v.h.Site.Zone),
		JSON: myDataAt(v.c, token, "json"), CSV: myDataAt(v.c, token, "csv"),
		Parts: []page.DataPart{
			{Heading: v.t("show.person"), Items: v.person()},
			v.part("show.forms", forms), v.part("show.consents", v.consents()), v.part("show.mails", v.mails()),
			v.part("show.events", v.events()), v.part("show.coupons", v.coupons()), v.part("show.series", v.series()),
		},
	}, err
}

func (v *myDataView) part(key string, items []page.DataItem) page.DataPart {
	return page.DataPart{Heading: v.t(key), Items: items[:min(len(items), shownOfMyData)], More: len(items) > shownOfMyData}
}

func (v *myDataView) t(key string) string { return v.head.Loc.T("my_data." + key) }

// word is a stored value in words; one without any, such as a purpose of the owner's own, is shown as it is.
func (v *myDataView) word(group, value string) string {
	if key := group + "." + value; v.head.Loc.Has(key) {
		return v.head.Loc.T(key)
	}
	return value
}

func (v *myDataView) campaign(id models.ID) string {
	if p := v.h.Campaigns.Snapshot().Campaign(id); p != nil {
		return offered(p)
	}
	return ""
}

// offered is what people know a campaign by.
func offered(p *models.Published) string {
	return cmp.Or(p.Version.Doc.Offer.Title, p.Version.Doc.Page.Title)
}

// facts leaves out what there is nothing of.
func facts(all ...page.DataFact) []page.DataFact {
	return slices.DeleteFunc(all, func(f page.DataFact) bool { return f.Text == "" })
}

func (v *myDataView) person() []page.DataItem {
	l, loc := v.data.Lead, v.head.Loc
	if l == nil {
		return nil
	}
	who := []page.DataFact{
		{Label: loc.T("field.name"), Text: l.Name}, {Label: loc.T("field.first_name"), Text: l.FirstName}, {Label: loc.T("field.last_name"), Text: l.LastName},
		{Label: loc.T("field.email"), Text: l.Email, LTR: true}, {Label: loc.T("field.phone"), Text: loc.Digits(leads.ShownPhone(l.Phone)), LTR: true},
		{Label: loc.T("field.company"), Text: l.Company}, {Label: loc.T("field.language"), Text: loc.T("language." + l.Locale)},
	}
	for _, name := range slices.Sorted(maps.Keys(l.Fields)) {
		who = append(who, page.DataFact{Label: v.word("field", name), Text: leads.ValueWords(loc, name, l.Fields[name].Value)})
	}
	who = append(who, page.DataFact{Label: v.t("show.came"), Text: loc.DateTime(l.CreatedAt.In(v.h.Site.Zone))})
	who = append(who, v.source(l.FirstTouch)...)
	return []page.DataItem{
		{Facts: facts(who...)},
		{Facts: facts(
			page.DataFact{Label: v.t("show.judged"), Text: loc.T("my_data.show.score", "score", scoring.Sum{S: l.Score}.Shown())},
			page.DataFact{Label: v.t("show.stage"), Text: v.word("stage", string(l.Stage))},
		)},
	}
}

func (v *myDataView) source(a models.Attribution) []page.DataFact {
	return facts(
		page.DataFact{Label: v.t("show.source"), Text: v.word("admin.channel", string(a.Channel))},
		page.DataFact{Label: "utm_source", Text: a.Source, LTR: true}, page.DataFact{Label: "utm_medium", Text: a.Medium, LTR: true},
		page.DataFact{Label: "utm_campaign", Text: a.Campaign, LTR: true},
	)
}

func (v *myDataView) forms() (out []page.DataItem, err error) {
	for i := range v.data.Submissions {
		s := &v.data.Submissions[i]
		p, err := v.h.Campaigns.Version(v.c.Request().Context(), s.VersionID)
		if err != nil {
			return nil, err
		}
		item := page.DataItem{Title: offered(p), At: s.CreatedAt.In(v.h.Site.Zone), Facts: v.answers(&p.Version.Doc.Form, s.Answers)}
		if s.Verdict == models.Spam || s.Verdict == models.KeptSpam {
			item.Facts = append(item.Facts, page.DataFact{Label: v.t("show.state"), Text: v.t("show.answers_spam")})
		}
		item.Facts = append(item.Facts, v.trace(s.IP, s.UserAgent)...)
		out = append(out, item)
	}
	return out, nil
}

func (v *myDataView) answers(form *models.Form, answers models.Answers) (out []page.DataFact) {
	for i := range form.Fields {
		f := &form.Fields[i]
		if value := answers[f.Name]; value != "" {
			label := f.Label
			if f.Type == models.TypeHidden {
				label = f.Name
			}
			out = append(out, page.DataFact{Label: label, Text: leads.AnswerWords(v.head.Loc, f, value), LTR: f.Type == models.TypeEmail || f.Type == models.TypePhone})
		}
	}
	return out
}

// trace is what proves who agreed.
func (v *myDataView) trace(ip, browser string) []page.DataFact {
	return facts(page.DataFact{Label: v.t("show.network"), Text: ip, LTR: true}, page.DataFact{Label: v.t("show.browser"), Text: browser, LTR: true})
}

func (v *myDataView) consents() (out []page.DataItem) {
	for _, c := range v.data.Consents {
		item := page.DataItem{
			Title: v.word("purpose", string(c.Purpose)) + " · " + v.word("my_data.decision", string(c.Decision)), At: c.CreatedAt.In(v.h.Site.Zone),
			Facts: append(facts(
				page.DataFact{Label: v.t("show.how"), Text: v.word("my_data.method", string(c.Method))},
				page.DataFact{Label: v.t("show.page"), Text: c.Page, LTR: true},
			), v.trace(c.IP, c.UserAgent)...),
		}
		if text, ok := v.data.Texts[c.TextID]; ok {
			item.Said = &page.Wording{Text: text.Text, Locale: i18n.Locale(text.Locale)}
		}
		out = append(out, item)
	}
	return out
}

func (v *myDataView) mails() (out []page.DataItem) {
	for _, m := range v.data.Mails {
		at := m.SentAt
		if at == 0 {
			at = m.CreatedAt
		}
		out = append(out, page.DataItem{
			Title: v.word("my_data.mail", string(m.Kind)), At: at.In(v.h.Site.Zone),
			Facts: facts(page.DataFact{Label: v.t("show.sent_to"), Text: m.To, LTR: true}, page.DataFact{Label: v.t("show.state"), Text: v.word("message_state", string(m.State))}),
		})
	}
	return out
}

func (v *myDataView) events() (out []page.DataItem) {
	for i := range v.data.Events {
		e := &v.data.Events[i]
		title := v.word("my_data.event", string(e.Kind))
		if key := "my_data.event." + e.Data.Name; e.Data.Name != "" && v.head.Loc.Has(key) { // what the activation was
			title = v.head.Loc.T(key)
		}
		out = append(out, page.DataItem{
			Title: title, At: e.At.In(v.h.Site.Zone), Facts: facts(page.DataFact{Label: v.t("show.page"), Text: v.campaign(e.CampaignID)}),
		})
	}
	return out
}

func (v *myDataView) coupons() (out []page.DataItem) {
	for _, coupon := range v.data.Coupons {
		out = append(out, page.DataItem{
			Title: v.campaign(coupon.CampaignID), At: coupon.IssuedAt.In(v.h.Site.Zone),
			Facts: facts(page.DataFact{Label: v.head.Loc.T("field.coupon"), Text: coupon.Code, LTR: true}),
		})
	}
	return out
}

func (v *myDataView) series() (out []page.DataItem) {
	for _, e := range v.data.Enrolments {
		out = append(out, page.DataItem{
			Title: v.campaign(e.CampaignID), At: e.CreatedAt.In(v.h.Site.Zone),
			Facts: facts(page.DataFact{Label: v.t("show.state"), Text: v.word("my_data.enrolment", string(e.State))}),
		})
	}
	return out
}
