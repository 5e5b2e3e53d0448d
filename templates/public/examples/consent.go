package examples

import (
	"time"

	"sarnakh/templates/public"
)

const masked = "n•••@example.com"

// consents are the pages behind a mail's links, in each of their states.
func (s set) consents(now time.Time) []Example {
	text := &public.Wording{Text: s.say("ایمیل‌های آوند را می‌خواهم.", "I want the emails by Avand."), Locale: s.loc.Locale()}
	out := []Example{
		{"preferences", public.Preferences(s.preferences(false))},
		{"preferences-saved", public.Preferences(s.preferences(true))},
		{"preferences-none", public.Preferences(public.PreferencesProps{Head: s.small(), To: masked})},
		{"preferences-gone", public.Preferences(public.PreferencesProps{Head: s.small(), Gone: true})},
		{"my-data-ask", public.MyDataAsk(public.MyDataAskProps{Head: s.small(), Action: "/my-data"})},
		{"my-data-ask-wrong", public.MyDataAsk(public.MyDataAskProps{Head: s.small(), Action: "/my-data", Email: "narges@", Error: s.loc.T("invalid.required_email")})},
		{"my-data-ask-often", public.MyDataAsk(public.MyDataAskProps{Head: s.small(), Action: "/my-data", Problem: s.loc.T("my_data.ask.too_many", "span", time.Minute)})},
		{"my-data", public.MyData(s.myData(now))},
	}
	for _, act := range []public.ConsentAct{public.ActConfirm, public.ActUnsubscribe} {
		states := []public.ConsentState{public.ConsentOpen, public.ConsentDone, public.ConsentGone}
		if act == public.ActConfirm {
			states = append(states, public.ConsentOld, public.ConsentSent)
		}
		for _, state := range states {
			p := public.ConsentProps{Head: s.small(), Act: act, State: state, Answered: state == public.ConsentDone, Action: "/x/abc", To: masked}
			switch state {
			case public.ConsentOpen:
				p.Said, p.Choices = text, "/prefs/abc"
			case public.ConsentDone:
				p.Onward, p.Choices = &public.Link{Text: s.head.Title, URL: "/p/peygiri"}, "/prefs/abc"
			}
			out = append(out, Example{string(act) + "-" + string(state), public.ConsentPage(p)})
		}
	}
	given := public.ConsentProps{Head: s.small(), Act: public.ActConfirm, State: public.ConsentDone, Answered: true, Action: "/x/abc", To: masked, Choices: "/prefs/abc"}
	download := s.download(now)
	given.Cover, given.Download = download.Cover, &download.Download
	given.Coupon = &public.Coupon{Code: "NOWRUZ-1405"}
	out = append(out, Example{"confirm-given", public.ConsentPage(given)})
	for _, state := range []public.MyDataState{public.MyDataAsked, public.MyDataOld, public.MyDataGone, public.MyDataSure, public.MyDataErased} {
		out = append(out, Example{"my-data-" + string(state), public.MyDataTell(public.MyDataTellProps{
			Head: s.small(), State: state, Action: "/my-data", Token: "abc", To: masked, Back: "/my-data?token=abc",
		})})
	}
	return out
}

func (s set) preferences(saved bool) public.PreferencesProps {
	said := func(fa, en string) public.Wording {
		return public.Wording{Text: s.say(fa, en), Locale: s.loc.Locale()}
	}
	return public.PreferencesProps{
		Head: s.small(), Action: "/prefs/abc", To: masked, Saved: saved, MyData: "/my-data",
		Choices: []public.Choice{
			{Purpose: "newsletter", Label: s.loc.T("purpose.newsletter"), Text: said("ایمیل‌های آوند را می‌خواهم.", "I want the emails by Avand."), Waiting: !saved, On: saved},
			{Purpose: "phone", Label: s.loc.T("purpose.phone"), Text: said("می‌توانید زنگ بزنید.", "You may call me.")},
			{Purpose: "events", Text: said("از رویدادها خبرم کنید.", "Tell me about events.")},
		},
	}
}

func (s set) myData(now time.Time) public.MyDataProps {
	return public.MyDataProps{
		Head: s.small(), Action: "/my-data", Token: "abc", To: masked, Now: now, JSON: "/my-data?format=json", CSV: "/my-data?format=csv",
		Parts: []public.DataPart{
			{Heading: s.loc.T("my_data.show.person"), Items: []public.DataItem{{Facts: []public.DataFact{
				{Label: s.loc.T("field.name"), Text: s.say("نرگس مهرآیین", "Nora Hale")}, {Label: s.loc.T("field.email"), Text: "narges@example.com", LTR: true},
			}}}},
			{Heading: s.loc.T("my_data.show.consents"), More: true, Items: []public.DataItem{{
				Title: s.loc.T("purpose.newsletter"), At: now, Said: &public.Wording{Text: s.say("ایمیل‌های آوند را می‌خواهم.", "I want the emails by Avand."), Locale: s.loc.Locale()},
				Facts: []public.DataFact{{Label: s.loc.T("my_data.show.how"), Text: s.loc.T("my_data.method.form")}},
			}}},
			{Heading: s.loc.T("my_data.show.coupons")},
		},
	}
}
