package mail

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"sarnakh/i18n"

	"pgregory.net/rapid"
)

// width is how many columns a line takes.
func width(s string) (n int) {
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Cf) {
			n++
		}
	}
	return n
}

func TestGreetable(t *testing.T) {
	for typed, want := range map[string]string{
		"نرگس مهرآیین": "نرگس مهرآیین", "علی‌رضا": "علی‌رضا", "Nora": "Nora", "J.R. O’Neil-Smith": "J.R. O’Neil-Smith", "Dr. Ali": "Dr. Ali", "": "",
		"Nora\r\nBcc: x": "", "evil.com": "", "visit evil.example now": "", "a@b.example": "", "https://x": "", "<b>Nora</b>": "", "win 1000": "",
		"\u202eNora\u202c": "Nora", "Nora 🎁": "", strings.Repeat("Nora ", 20): "Nora Nora Nora Nora Nora Nora Nora Nora…",
	} {
		if got := greetable(typed); got != want {
			t.Errorf("greetable(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct{ what, got, want string }{
		{"web", web("https://avand.example/d/x?y=1#z"), "https://avand.example/d/x?y=1#z"},
		{"plain http, for trying at home", web("http://localhost:8080/d/x"), "http://localhost:8080/d/x"},
		{"script", web("javascript:alert(1)"), ""},
		{"no scheme", web("//evil.example"), ""},
		{"a quote", web(`https://a.example/"onclick=`), ""},
		{"a line break", web("https://a.example/\nBcc:"), ""},
		{"tel", tel("+989123456789"), "tel:+989123456789"},
		{"tel of a national number", tel("09123456789"), ""},
		{"tel with more", tel("+98912;ext=1"), ""},
		{"WhatsApp", whatsapp("+989123456789"), "https://wa.me/989123456789"},
		{"mailto", mailto("n.h@example.com", "کتاب & more"), "mailto:n.h@example.com?subject=%DA%A9%D8%AA%D8%A7%D8%A8%20%26%20more"},
		{"mailto without a subject", mailto("n@example.com", ""), "mailto:n@example.com"},
		{"mailto with a second recipient", mailto("n?cc=a,b@example.com", ""), "mailto:n%3Fcc%3Da%2Cb@example.com"},
		{"mailto of two addresses", mailto("a@b.example,c@d.example", ""), ""},
		{"mailto of no address", mailto("nora", ""), ""},
		{"mailto with a line break", mailto("a@b.example\nx", ""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestPageIsShownWithoutItsQuery(t *testing.T) {
	link, shown := page("https://avand.example/p/peygiri/?utm_source=x&email=n@example.com#form")
	if link != "https://avand.example/p/peygiri/" || shown != "avand.example/p/peygiri" {
		t.Errorf("got %q, %q", link, shown)
	}
	if link, shown := page("javascript:alert(1)"); link != "" || shown != "" {
		t.Errorf("got %q, %q", link, shown)
	}
}

func TestLine(t *testing.T) {
	for typed, want := range map[string]string{
		"می‌شود": "می‌شود", "  a\tb\r\nc ": "a b c", "a\x00b": "ab", "a\u2028b": "a b", "\u2067x\u2069": "x", "\xff": "",
		"12345678901": "123456789…", "1234567890": "1234567890", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦": "👩‍👩‍👧‍👦👩…",
	} {
		if got := line(typed, 10); got != want {
			t.Errorf("line(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestPlainBreaksLines(t *testing.T) {
	tenWords := strings.TrimSuffix(strings.Repeat("کلمه‌ها ", 10), " ")
	var p plain
	p.block(strings.Repeat("کلمه‌ها ", 20))
	p.block("x " + i18n.LTR("0912 345 6789") + strings.Repeat(" word", 13) + " " + i18n.LTR("0912 345 6789"))
	p.lines("    ", "one\n\ntwo")
	want := tenWords + "\n" + tenWords + "\n\n" +
		"x \u20660912 345 6789\u2069" + strings.Repeat(" word", 11) + "\nword word \u20660912 345 6789\u2069\n    one\n    two\n"
	if got := p.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A code ends with its last day: at midnight that is the day before.
func TestCodeUntilNamesTheLastDay(t *testing.T) {
	for at, want := range map[time.Time]string{
		time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC):  "Valid until 30 Nov 2026.",
		time.Date(2026, 12, 1, 18, 0, 0, 0, time.UTC): "Valid until 1 Dec 2026, 18:00.",
	} {
		d := Delivery{Loc: i18n.For(i18n.EN), Coupon: &Coupon{Until: at}}
		if got := d.worded().codeUntil; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Each kind of offer has its subject; a raised hand beside a gift is a sentence, not another mail.
func TestSubjectsSayWhatTheMailBrings(t *testing.T) {
	s := set{i18n.For(i18n.EN)}
	base := Delivery{Loc: s.loc, From: s.sender(), Title: "T"}
	for want, change := range map[string]func(*Delivery){
		"Your download is ready: T": func(d *Delivery) { d.Download, d.CallBack = s.delivery().Download, true },
		"Your code: T":              func(d *Delivery) { d.Coupon = &Coupon{Code: "X"} },
		"We have your request: T":   func(d *Delivery) { d.CallBack, d.ConfirmURL = true, "https://avand.example/confirm/x" },
		"One more step: T":          func(d *Delivery) { d.ConfirmURL = "https://avand.example/confirm/x" },
	} {
		d := base
		change(&d)
		if m, err := d.Render(t.Context()); err != nil || m.Subject != want {
			t.Errorf("got %q, %v; want %q", m.Subject, err, want)
		}
	}
}

// H1 and C6: the large button is no invitation to a call that was not agreed to.
func TestPhoneComesFirstWhereItMayBeUsed(t *testing.T) {
	s := set{i18n.For(i18n.EN)}
	for _, c := range []struct {
		name     string
		hand     bool
		consents []Consent
		first    string
		warned   bool
	}{
		{"asked to be contacted", true, nil, "Call", false},
		{"asked to be contacted, box not ticked", true, []Consent{{"phone", Refused}}, "Call", false},
		{"agreed", false, []Consent{{"newsletter", Refused}, {"phone", Given}}, "Call", false},
		{"did not agree", false, []Consent{{"phone", Refused}}, "Email", true},
		{"took it back", false, []Consent{{"phone", Withdrawn}}, "Email", true},
		{"was not asked", false, []Consent{{"newsletter", Given}}, "Email", true},
	} {
		h := s.hotByScore()
		h.RaisedHand, h.Consents = c.hand, c.consents
		m, err := h.Render(t.Context())
		warning := s.loc.T("mail.hot.no_calls")
		if err != nil || h.ways()[0].label != c.first || strings.Contains(m.Text, warning) != c.warned || strings.Contains(m.HTML, warning) != c.warned {
			t.Errorf("%s: %v, %v\n%s", c.name, h.ways(), err, m.Text)
		}
	}
}

// Double opt-in: nothing of it is shown to those who ticked nothing.
func TestConfirmButtonIsThereWhenAskedFor(t *testing.T) {
	d := set{i18n.For(i18n.EN)}.delivery()
	with, _ := d.Render(t.Context())
	d.ConfirmURL = ""
	without, _ := d.Render(t.Context())
	words := d.Loc.T("mail.delivery.confirm_heading")
	for _, m := range []string{with.HTML, with.Text} {
		if !strings.Contains(m, words) || !strings.Contains(m, "/confirm/") || !strings.Contains(m, d.ConfirmText) {
			t.Error("no confirm button, or not with what it confirms")
		}
	}
	if strings.Contains(without.HTML+without.Text, words) || strings.Contains(without.HTML+without.Text, d.ConfirmText) {
		t.Error("a confirm button for nothing")
	}
}

// C6: whoever agreed to nothing is told that nothing else comes; a subscriber is not, since more does.
func TestTheOnlyMailSaysSo(t *testing.T) {
	d := set{i18n.For(i18n.EN)}.delivery()
	d.ConfirmURL = ""
	for subscribed, said := range map[bool]bool{false: true, true: false} {
		d.Subscribed = subscribed
		m, err := d.Render(t.Context())
		words := d.Loc.T("mail.consent.only")
		if err != nil || strings.Contains(m.HTML, words) != said || strings.Contains(m.Text, strings.Fields(words)[0]+" is the only") != said {
			t.Errorf("subscribed %v: %v\n%s", subscribed, err, m.Text)
		}
	}
}

// A mail without the address it exists for is not made.
func TestAddressesOfOursAreChecked(t *testing.T) {
	s := set{i18n.For(i18n.EN)}
	bad := s.delivery()
	bad.Download = &Download{}
	confirm := s.delivery()
	confirm.ConfirmURL = "javascript:alert(1)"
	for _, m := range []renderer{bad, confirm, HotLead{Loc: s.loc}} {
		if _, err := m.Render(t.Context()); !errors.Is(err, ErrAddress) {
			t.Errorf("got %v", err)
		}
	}
}

// Whatever people type, the mail stays one mail with the links we gave it.
func TestAnythingTypedStaysData(t *testing.T) {
	pieces := rapid.SampledFrom([]string{markup, breaks, overrides, quotes, "نرگس", "👩‍👩‍👧", "--", "</style>", "<!--", "]]>", "{{x}}", "&lt;", "https://evil.example/", "a@b.example", " ", "\n"})
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(pieces, rapid.String()), 0, 8).Draw(t, "pieces"), "")
	})
	rapid.Check(t, func(rt *rapid.T) {
		l := rapid.SampledFrom(i18n.Locales()).Draw(rt, "locale")
		s := set{i18n.For(l)}
		draw := func(what string) string { return text.Draw(rt, what) }
		d := s.delivery()
		d.Name, d.Title = draw("name"), draw("title")
		h := s.hot()
		h.Name, h.Company, h.JobTitle, h.Email, h.Source = draw("name"), draw("company"), draw("job"), draw("email"), draw("source")
		h.Answers = []Answer{{draw("question"), draw("answer")}}
		h.Phone, h.PhoneShown = draw("phone"), draw("phone shown")
		for _, mail := range []renderer{d, h} {
			m, err := mail.Render(t.Context())
			if err != nil {
				rt.Fatal(err)
			}
			checkHTML(t, s.loc, m.HTML)
			checkSubject(t, m.Subject)
		}
		if t.Failed() {
			rt.FailNow()
		}
	})
}

func BenchmarkRender(b *testing.B) {
	for _, l := range i18n.Locales() {
		for _, e := range examples(l) {
			b.Run(e.name+"."+string(l), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := e.mail.Render(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// C2, N1: a mail has the colours of its campaign wherever it has colours of its own, in both sets; nothing else of it changes.
func TestMailsHaveTheColoursOfWhoWrites(t *testing.T) {
	step := Step{Loc: i18n.For(i18n.EN), From: Sender{Name: "Avand"}, Subject: "x", PageURL: "https://example.org/p/x", UnsubscribeURL: "https://example.org/u", PreferencesURL: "https://example.org/c",
		Body: []Block{{Kind: Paragraph, Text: []Span{{Text: "a", URL: "https://example.com"}, {Text: " #0b6661 "}}}, {Kind: Button, Text: []Span{{Text: "b"}}, URL: "https://example.com"}, {Kind: Quote}}}
	own, err := step.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	step.From.Colours = Colours{"#000001", "#000002", "#000003", "#000004", "#000005", "#000006", "#000007", "#000008"}
	painted, err := step.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{":#0b6661", "solid #0b6661", "#f3b329", "#2b1c00", "#3fb0a6", "#04201e", "#7fd3ca"} {
		if !strings.Contains(own.HTML, old) || strings.Contains(painted.HTML, old) {
			t.Errorf("%s stands there all the same, or never did", old)
		}
	}
	for _, colour := range []string{"#000001", "#000002", "#000003", "#000004", "#000005", "#000006", "#000007", "#000008"} {
		if !strings.Contains(painted.HTML, colour) {
			t.Errorf("%s is nowhere", colour)
		}
	}
	if !strings.Contains(painted.HTML, " #0b6661 ") || painted.Text != own.Text {
		t.Error("words are painted")
	}
}
