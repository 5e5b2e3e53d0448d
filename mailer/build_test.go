package mailer

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"sarnakh/models"
)

var row = models.Message{ID: 42, MessageID: "1x2y@sarnakh.example", To: "narges@example.org", CreatedAt: 1772366400000000}

var from = sender{from: mail.Address{Name: "سرنخ", Address: "hello@sarnakh.example"}, replyTo: "desk@sarnakh.example"}

func built(t *testing.T, words Mail) ([]byte, *mail.Message) {
	t.Helper()
	raw, err := from.build(&row, row.To, words)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return raw, m
}

// I3: a repeat is the same mail, byte for byte.
func TestTheSameRowGivesTheSameBytes(t *testing.T) {
	words := Mail{Subject: "کتاب شما", Text: "سلام", HTML: "<p>سلام</p>", Unsubscribe: "https://sarnakh.example/u/abc",
		Headers: []Header{{"X-A", "1"}, {"X-B", "2"}}}
	first, _ := built(t, words)
	for range 20 {
		if again, _ := built(t, words); !bytes.Equal(first, again) {
			t.Fatalf("built twice, differently:\n%s\n%s", first, again)
		}
	}
	other := row
	other.MessageID = "other@sarnakh.example"
	if raw, _ := from.build(&other, row.To, words); bytes.Contains(raw, []byte(boundary(row.MessageID))) {
		t.Error("two mails share a boundary")
	}
}

func TestAMailSaysWhatItsRowAndItsComposerSay(t *testing.T) {
	raw, m := built(t, Mail{Subject: "سلام نرگس؛ کتاب راهنمای پیگیری سرنخ‌ها برای تیم‌های کوچک آماده است", Text: "سلام\nخط دوم", HTML: "<p>Hello = world</p>\n",
		FromName: "آرش از سرنخ", Unsubscribe: "https://sarnakh.example/u/" + strings.Repeat("a", 90)})
	decode := new(mime.WordDecoder).DecodeHeader
	for name, want := range map[string]string{
		"Subject": "سلام نرگس؛ کتاب راهنمای پیگیری سرنخ‌ها برای تیم‌های کوچک آماده است", "To": "<narges@example.org>",
		"From": "آرش از سرنخ <hello@sarnakh.example>", "Reply-To": "<desk@sarnakh.example>", "Message-Id": "<1x2y@sarnakh.example>",
		"Date": "Sun, 01 Mar 2026 12:00:00 +0000", "Mime-Version": "1.0", "Auto-Submitted": "auto-generated", "User-Agent": "", "X-Mailer": "",
		"List-Unsubscribe": "<https://sarnakh.example/u/" + strings.Repeat("a", 90) + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Precedence": "", "Feedback-Id": "", "Dkim-Signature": "",
	} {
		if got, err := decode(m.Header.Get(name)); err != nil || got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatal(kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ kind, encoding, body string }{
		{"text/plain; charset=UTF-8", "base64", "سلام\r\nخط دوم\r\n"},
		{"text/html; charset=UTF-8", "quoted-printable", "<p>Hello = world</p>\r\n"},
	} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		body := io.Reader(quotedprintable.NewReader(p))
		if want.encoding == "base64" {
			body = base64.NewDecoder(base64.StdEncoding, p)
		}
		if got, err := io.ReadAll(body); err != nil || string(got) != want.body || p.Header.Get("Content-Type") != want.kind ||
			p.Header.Get("Content-Transfer-Encoding") != want.encoding {
			t.Errorf("part %v holds %q, %v", p.Header, got, err)
		}
	}
	checkShape(t, raw)
}

// checkShape holds for every mail: lines end with CRLF, are ASCII, and none is longer than 76 characters
// but where a header's one word is.
func checkShape(t *testing.T, raw []byte) {
	t.Helper()
	if !bytes.HasSuffix(raw, []byte("\r\n")) {
		t.Error("the last line does not end")
	}
	for line := range bytes.Lines(raw) {
		if !bytes.HasSuffix(line, []byte("\r\n")) || bytes.ContainsAny(line[:len(line)-2], "\r\n\x00") {
			t.Errorf("line ends badly: %q", line)
		}
		if len(line) > 78 && bytes.Contains(bytes.TrimSpace(line), []byte(" ")) {
			t.Errorf("line of %d characters: %q", len(line), line)
		}
		for _, b := range line {
			if b >= 0x80 {
				t.Fatalf("not ASCII: %q", line)
			}
		}
	}
}

// Header values never hold CR, LF or NUL, whoever wrote them; go-mail alone would let some through.
func TestNothingBreaksOutOfAHeader(t *testing.T) {
	for _, evil := range []string{"a\r\nBcc: victim@example.com", "a\nBcc: victim@example.com\n\nbody", "a\rBcc: v@example.com", "a\x00b",
		"a\u2028Bcc: x", "\u202egnp.exe", "=?utf-8?q?=0D=0ABcc:_v@example.com?=", "\xff\xfe\r\n.\r\nMAIL FROM:<x>", "\"<evil@example.com>\""} {
		raw, m := built(t, Mail{Subject: evil, FromName: evil, Text: evil + ".", HTML: evil, Headers: []Header{{"X-Name", evil}}})
		if m.Header.Get("Bcc") != "" || len(m.Header) != 10 {
			t.Errorf("%q made headers: %v", evil, m.Header)
		}
		if from, err := m.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != "hello@sarnakh.example" {
			t.Errorf("%q made the sender %v, %v", evil, from, err)
		}
		checkShape(t, raw)
	}
}

func TestWhatAComposerMayNotSay(t *testing.T) {
	for name, x := range map[string]struct {
		words Mail
		want  error
	}{
		"no text":             {Mail{HTML: "<p>x</p>", Text: " \n"}, errNoText},
		"another sender":      {Mail{Text: "x", Headers: []Header{{"From", "x@y.z"}}}, errHeader},
		"another id":          {Mail{Text: "x", Headers: []Header{{"Message-ID", "x"}}}, errHeader},
		"another type":        {Mail{Text: "x", Headers: []Header{{"content-Type", "text/html"}}}, errHeader},
		"a list of its own":   {Mail{Text: "x", Headers: []Header{{"List-Unsubscribe", "<mailto:x@y.z>"}}}, errHeader},
		"a signature":         {Mail{Text: "x", Headers: []Header{{"DKIM-Signature", "v=1"}}}, errHeader},
		"a broken name":       {Mail{Text: "x", Headers: []Header{{"X-A: b\r\nBcc", "x"}}}, errHeader},
		"no address to reply": {Mail{Text: "x", ReplyTo: "x@y.z>\r\nBcc: <v@w.x"}, errAddress},
	} {
		if _, err := from.build(&row, row.To, x.words); !errors.Is(err, x.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// RFC 8058: whatever has an address to unsubscribe at has both headers, and the address can't break out of its own.
func TestOneClickUnsubscribing(t *testing.T) {
	marketing := row
	marketing.Class = models.ClassMarketing
	raw, err := from.build(&marketing, row.To, Mail{Text: "x", Unsubscribe: "https://sarnakh.example/u/abc"})
	if err != nil || !bytes.Contains(raw, []byte("\r\nList-Unsubscribe: <https://sarnakh.example/u/abc>\r\n")) ||
		!bytes.Contains(raw, []byte("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")) || !bytes.Contains(raw, []byte("\r\nPrecedence: bulk\r\n")) {
		t.Errorf("%v\n%s", err, raw)
	}
	if raw, err = from.build(&row, row.To, Mail{Text: "x"}); err != nil || bytes.Contains(raw, []byte("List-")) {
		t.Errorf("%v\n%s", err, raw)
	}
	for _, evil := range []string{"mailto:x@y.z", "sarnakh.example/u/abc", "javascript:alert(1)", "https://", "https://user:pass@h/u/x",
		"https://h/u/x\r\nBcc: v@w.x", "https://h/u/x\n\nbody", "https://h/\x00", "https://h/>,<mailto:v@w.x>", "https://h/ x", "https://h/گ", "https://h/" + strings.Repeat("a", 1000)} {
		if _, err := from.build(&marketing, row.To, Mail{Text: "x", Unsubscribe: evil}); !errors.Is(err, errLink) {
			t.Errorf("%q: %v", evil, err)
		}
	}
}

func TestMailable(t *testing.T) {
	for in, want := range map[string]string{
		"narges@example.org": "narges@example.org", "a+b.c=d@x.y": "a+b.c=d@x.y", "Narges@مثال.ایران": "Narges@xn--mgbh0fb.xn--mgba3a4f16a",
		"": "", "x": "", "@y.z": "", "x@": "", "نرگس@example.org": "", "a b@x.y": "", "a@b@x.y": "", "a@x.y\r\nRCPT TO:<b@x.y>": "", "<a@x.y>": "", "a\x00@x.y": "",
		`"a"@x.y`: "", "a@x..y": "", strings.Repeat("a", 250) + "@x.yz": "",
	} {
		if got, err := mailable(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is mailed as %q, %v", in, got, err)
		}
	}
}

func TestServerAddresses(t *testing.T) {
	for in, want := range map[string]server{
		"smtp://mail.example.com":                                   {"mail.example.com", "587", tlsStart, "", ""},
		"smtp://u%40x:p%2Fs%3Aw@mail.example.com:2525?tls=starttls": {"mail.example.com", "2525", tlsStart, "u@x", "p/s:w"},
		"smtp://localhost?tls=none":                                 {"localhost", "25", tlsNone, "", ""},
		"smtp://u:p@mail.example.com?tls=implicit":                  {"mail.example.com", "465", tlsImplicit, "u", "p"},
		"smtp://mail.example.com:465":                               {"mail.example.com", "465", tlsImplicit, "", ""},
		"smtp://[::1]:25/?tls=none":                                 {"::1", "25", tlsNone, "", ""},
	} {
		if got, err := parseServer(in); err != nil || *got != want {
			t.Errorf("%s: %+v, %v", in, got, err)
		}
	}
	for _, in := range []string{"mail.example.com", "http://mail.example.com", "smtp://", "smtp://u:s3cret@h?tls=maybe", "smtp://u:s3c%ret@h", "smtp://u:s3cret@h/path"} {
		if _, err := parseServer(in); err == nil || strings.Contains(err.Error(), "s3c") {
			t.Errorf("%s: %v", in, err)
		}
	}
	for host, want := range map[string]string{"example.com": "example.com", "192.0.2.1": "[192.0.2.1]", "2001:db8::1": "[IPv6:2001:db8::1]"} {
		if got := heloName(host); got != want {
			t.Errorf("%s calls itself %s", host, got)
		}
	}
}

func FuzzBuild(f *testing.F) {
	f.Add("subject", "text", "<p>html</p>", "name", "value")
	f.Fuzz(func(t *testing.T, subject, text, html, name, value string) {
		raw, err := from.build(&row, row.To, Mail{Subject: subject, Text: text, HTML: html, FromName: name, Headers: []Header{{"X-V", value}}})
		if err != nil {
			return
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(m.Header); n < 9 || n > 12 {
			t.Fatalf("%d headers: %v", n, m.Header)
		}
	})
}
