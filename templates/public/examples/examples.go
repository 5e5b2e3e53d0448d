// Package examples holds every public page with canned words in both languages: for tests, and for taking
// pictures of them. The brand, its book and its readers are made up.
package examples

import (
	"net/http"
	"time"

	"github.com/a-h/templ"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/public"
)

// Token is what stands in a form for the token that is put in for each view.
const Token = "{{token}}"

// Example is one page in one state.
type Example struct {
	Name string
	Page templ.Component
}

// set is one language's examples in the making.
type set struct {
	loc  *i18n.Loc
	head layout.PublicHead
}

// say picks the words of the set's language.
func (s set) say(fa, en string) string {
	if s.loc.Locale() == i18n.FA {
		return fa
	}
	return en
}

// All are the examples of one language as of now.
func All(loc *i18n.Loc, assets layout.Assets, now time.Time) []Example {
	s := set{loc: loc}
	s.head = s.newHead(assets, now)
	out := []Example{
		{"landing", public.Landing(s.landing(s.form()))},
		{"landing-errors", public.Landing(s.landing(s.failedForm()))},
		{"landing-fields", public.Landing(s.fields(false))},
		{"landing-fields-errors", public.Landing(s.fields(true))},
		{"landing-apart", public.Landing(s.apart())},
		{"thanks-ebook", public.Thanks(s.thanksEbook())},
		{"thanks-coupon", public.Thanks(s.thanksCoupon())},
		{"thanks-event", public.Thanks(s.thanksEvent())},
		{"thanks-trial", public.Thanks(s.thanksTrial("https://avand.example/start"))},
		{"thanks-trial-soon", public.Thanks(s.thanksTrial(""))},
		{"thanks-contest", public.Thanks(s.thanksContest())},
		{"thanks-pool", public.Thanks(s.thanksPool())},
		{"thanks-call", public.Thanks(s.thanksCall())},
		{"thanks-confirm", public.Thanks(s.thanksConfirm())},
		{"download", public.DownloadPage(s.download(now))},
		{"expired", public.Expired(s.expired(false))},
		{"expired-sent", public.Expired(s.expired(true))},
		{"privacy", public.Privacy(s.privacy(now))},
		{"index", public.Index(s.index())},
		{"index-empty", public.Index(public.IndexProps{Head: s.small()})},
	}
	out = append(out, s.blocks(now)...)
	out = append(out, s.consents(now)...)
	out = append(out, s.forms()...)
	for _, p := range s.errors() {
		out = append(out, Example{"error-" + http.StatusText(p.Status), public.Error(p)})
	}
	return out
}

func (s set) newHead(assets layout.Assets, now time.Time) layout.PublicHead {
	const base = "https://avand.example"
	return layout.PublicHead{
		Loc: s.loc, Assets: assets,
		Site: layout.Site{
			Brand: layout.Brand{Name: s.say("آوند", "Avand"), URL: "/"},
			Phone: "021 0000 0000", PhoneURL: "tel:+982100000000",
			PrivacyURL: "/privacy", MyDataURL: "/my-data", MadeWith: "https://sarnakh.example", Now: now,
		},
		Title:       s.say("۲۷ پیام پیگیری که جواب می‌گیرند", "27 follow-ups that get a reply"),
		Description: s.say("کتاب رایگان آوند", "A free ebook by Avand"),
		Canonical:   base + "/p/" + s.say("peygiri", "follow-ups"),
		Alternates: []layout.Alternate{
			{Locale: i18n.FA, URL: base + "/p/peygiri"}, {Locale: i18n.EN, URL: base + "/p/follow-ups"},
		},
		Image: layout.SharedImage{URL: base + "/cover.png", Alt: s.say("جلد کتاب", "The cover of the book"), Width: 512, Height: 512},
	}
}

// small is the head of a page that nobody should find by searching.
func (s set) small() layout.PublicHead {
	h := s.head
	h.NoIndex, h.Canonical, h.Alternates, h.Image, h.Description = true, "", nil, layout.SharedImage{}, ""
	return h
}

func (s set) cover() *public.Cover {
	return &public.Cover{
		Big: s.loc.Digits("27"), Title: s.say("پیام پیگیری که جواب می‌گیرند", "follow-ups that get a reply"),
		By: s.say("از تیم آوند", "The Avand team"),
	}
}
