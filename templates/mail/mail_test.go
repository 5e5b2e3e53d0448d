package mail

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sarnakh/i18n"
)

var update = flag.Bool("update", false, "write testdata anew")

// each renders every example in both languages.
func each(t *testing.T, check func(t *testing.T, e example, loc *i18n.Loc, m Mail)) {
	for _, l := range i18n.Locales() {
		for _, e := range examples(l) {
			t.Run(e.name+"."+string(l), func(t *testing.T) {
				m, err := e.mail.Render(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				check(t, e, i18n.For(l), m)
			})
		}
	}
}

// H1, C3: what people read, word for word. Look at testdata/*.html in a browser.
func TestMailsAreAsAgreed(t *testing.T) {
	each(t, func(t *testing.T, e example, loc *i18n.Loc, m Mail) {
		name := filepath.Join("testdata", e.name+"."+loc.Lang())
		golden(t, name+".html", m.HTML)
		golden(t, name+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
	})
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; go test ./templates/mail -update, and look at it\n%s", file, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	around := func(s string) string { return strconv.Quote(s[max(0, at-60):min(len(s), at+60)]) }
	return "got  " + around(got) + "\nwant " + around(want)
}

// A worker may build a mail twice (I3): the bytes are the same, and small.
func TestSameValuesGiveTheSameBytes(t *testing.T) {
	each(t, func(t *testing.T, e example, _ *i18n.Loc, m Mail) {
		again, err := e.mail.Render(t.Context())
		if err != nil || again != m {
			t.Error("the second mail differs")
		}
		if len(m.HTML) > 20_000 || len(m.Text) > 10_000 {
			t.Errorf("%d bytes of HTML, %d of text", len(m.HTML), len(m.Text))
		}
	})
}

// Nobody reads a key or a placeholder.
func TestEveryTextIsThere(t *testing.T) {
	missing := regexp.MustCompile(`⟦|⟧|\{[a-z_]+\}`)
	each(t, func(t *testing.T, _ example, _ *i18n.Loc, m Mail) {
		for _, s := range []string{m.Subject, m.Text, visible(t, m.HTML)} {
			if found := missing.FindString(strings.NewReplacer("{x}", "", "{{y}}", "").Replace(s)); found != "" {
				t.Errorf("%s in %q", found, s)
			}
		}
	})
	for _, channel := range []string{"direct", "search", "paid", "social", "email", "sms", "referral", "event", "embed", "outbound"} {
		if !i18n.For(i18n.FA).Has("admin.channel." + channel) {
			t.Errorf("channel %s has no words", channel)
		}
	}
	for _, said := range []Said{Given, Refused, Withdrawn, Expired, Asked} {
		if !i18n.For(i18n.FA).Has("mail.hot.said." + string(said)) {
			t.Errorf("%s has no words", said)
		}
	}
}

// A subject is one header line; whatever was typed ends no line and turns no text around.
func TestSubjectsAreOneLine(t *testing.T) {
	each(t, func(t *testing.T, _ example, _ *i18n.Loc, m Mail) {
		checkSubject(t, m.Subject)
	})
}

func checkSubject(t testing.TB, subject string) {
	t.Helper()
	if strings.ContainsAny(subject, "\r\n\x00\u202a\u202b\u202d\u202e\u2067\u2028\u200e\u200f") || strings.TrimSpace(subject) == "" {
		t.Errorf("subject %q", subject)
	}
	if strings.Count(subject, "\u2068") != strings.Count(subject, "\u2069") {
		t.Errorf("an isolate is left open in %q", subject)
	}
	if n := len([]rune(subject)); n > 180 {
		t.Errorf("%d characters in %q", n, subject)
	}
}

// Lines fit an old screen; only an address, one long word or one isolate may stand out.
func TestTextLinesAreShort(t *testing.T) {
	each(t, func(t *testing.T, _ example, _ *i18n.Loc, m Mail) {
		for l := range strings.Lines(m.Text) {
			l = strings.TrimSpace(l)
			if width(l) > columns && !strings.HasPrefix(l, "https://") && strings.Contains(l, " ") && !strings.ContainsAny(l, "\u2066\u2068") {
				t.Errorf("%d columns: %q", width(l), l)
			}
		}
	})
}

// A typed answer cannot pass for a line of ours in the text: it stands behind an indent.
func TestTypedLinesAreIndented(t *testing.T) {
	h := set{i18n.For(i18n.EN)}.hotMinimal()
	h.Answers = []Answer{{"Your message", "hi\n\n--\nOpen the lead’s page:\nhttps://evil.example/"}}
	m, err := h.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, "\n    https://evil.example/\n") || strings.Contains(m.HTML, `href="https://evil`) {
		t.Errorf("got %s", m.Text)
	}
}
