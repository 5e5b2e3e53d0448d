package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"sarnakh/models"
)

var (
	errNoText  = errors.New("a mail needs a text")
	errHeader  = errors.New("a composer may not set this header")
	errAddress = errors.New("not an address that can be mailed")
	errLink    = errors.New("not an address to unsubscribe at")
)

// A sender is who mails come from when their composer does not say otherwise.
type sender struct {
	from    mail.Address
	replyTo string
	dkim    *DKIM // nil: unsigned
}

// build writes a mail as RFC 5322 bytes. The same row and words give the same bytes: the date and the
// Message-ID are the row's, and the MIME boundary is drawn from the Message-ID.
func (s sender) build(m *models.Message, to string, words Mail) ([]byte, error) {
	if strings.TrimSpace(words.Text) == "" {
		return nil, errNoText
	}
	// Headers outside ASCII are written in base64, the shorter form for Persian.
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingB64), gomail.WithBoundary(boundary(m.MessageID)),
		gomail.WithNoDefaultUserAgent())
	from := s.from
	if name := clean(words.FromName); name != "" {
		from.Name = name
	}
	msg.FromMailAddress(&from)
	msg.ToMailAddress(&mail.Address{Address: to})
	msg.Subject(clean(words.Subject))
	msg.SetDateWithValue(m.CreatedAt.Time())
	msg.SetMessageIDWithValue(clean(m.MessageID))
	if m.Class >= models.ClassMarketing {
		msg.SetGenHeader(gomail.HeaderPrecedence, "bulk")
	}
	if err := s.setHeaders(msg, words); err != nil {
		return nil, err
	}
	setBody(msg, words)
	var out bytes.Buffer
	out.Grow(1024 + 2*len(words.Text) + 2*len(words.HTML))
	if _, err := msg.WriteTo(&out); err != nil {
		return nil, errors.New("the mail can't be written") // go-mail's words may hold an address
	}
	raw := attach(out.Bytes(), boundary("files "+m.MessageID), words.Attachments)
	if s.dkim != nil {
		return s.dkim.sign(raw, m.CreatedAt)
	}
	return raw, nil
}

func (s sender) setHeaders(msg *gomail.Msg, words Mail) error {
	reply := s.replyTo
	if words.ReplyTo != "" {
		address, err := mailable(words.ReplyTo)
		if err != nil {
			return fmt.Errorf("reply-to: %w", err)
		}
		reply = address
	}
	if reply != "" {
		msg.ReplyToMailAddress(&mail.Address{Address: reply})
	}
	// Vacation responders leave alone what says that no person sent it (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if words.Unsubscribe != "" {
		if !unsubscribable(words.Unsubscribe) {
			return errLink
		}
		msg.SetGenHeader("List-Unsubscribe", "<"+words.Unsubscribe+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	for _, h := range words.Headers {
		if !mayset(h.Name) {
			return fmt.Errorf("%w: %q", errHeader, h.Name)
		}
		msg.SetGenHeader(gomail.Header(h.Name), clean(h.Value))
	}
	return nil
}

// unsubscribable tells an address that can stand between angle brackets in a head (RFC 8058). Plain http is for trying
// things out: where base_url is https so are the addresses made from it.
func unsubscribable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(address) <= 900 &&
		!strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' || r == ',' || r == '"' })
}

// mayset tells a header's name that is well formed and not one of those that the row decides.
func mayset(name string) bool {
	switch lower := strings.ToLower(name); {
	case name == "", strings.HasPrefix(lower, "content-"), strings.HasPrefix(lower, "list-"), strings.HasPrefix(lower, "dkim-"):
		return false
	case lower == "from", lower == "to", lower == "cc", lower == "bcc", lower == "reply-to", lower == "sender",
		lower == "subject", lower == "date", lower == "message-id", lower == "mime-version", lower == "return-path",
		lower == "auto-submitted", lower == "precedence", lower == "received":
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' })
}

func setBody(msg *gomail.Msg, words Mail) {
	text := lines(words.Text)
	msg.SetBodyString(gomail.TypeTextPlain, text, gomail.WithPartEncoding(encoding(text)))
	if words.HTML != "" {
		html := lines(words.HTML)
		msg.AddAlternativeString(gomail.TypeTextHTML, html, gomail.WithPartEncoding(encoding(html)))
	}
}

// lines ends every line with CRLF, as text must before it is encoded (RFC 2045 6.8).
func lines(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return strings.ReplaceAll(text, "\n", "\r\n")
}

// encoding picks the shorter one: quoted-printable costs two bytes more for each that is not plain, base64
// a third more for all. Persian comes out in base64 at two thirds of the size and the time.
func encoding(text string) gomail.Encoding {
	odd := 0
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf || text[i] == '=' {
			odd++
		}
	}
	if 6*odd > len(text) {
		return gomail.EncodingB64
	}
	return gomail.EncodingQP
}

func boundary(messageID string) string {
	sum := sha256.Sum256([]byte(messageID))
	return "sarnakh-" + hex.EncodeToString(sum[:12])
}

// clean makes a header value of one line: no CR, LF, NUL or other control character ever gets into a head,
// nor the invisible ones that turn the direction of what follows.
func clean(value string) string {
	value = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		case unicode.IsControl(r), r == 0x2028, r == 0x2029:
			return ' '
		}
		return r
	}, value)
	return strings.Join(strings.Fields(value), " ")
}

// mailable checks an address and writes its domain in ASCII, as SMTP wants it.
func mailable(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || len(address) > 254 || strings.ContainsFunc(address, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune(`<>()[],;:\"`, r)
	}) {
		return "", errAddress
	}
	local, domain := address[:at], address[at+1:]
	for i := range len(local) {
		if local[i] >= utf8.RuneSelf || local[i] == '@' {
			return "", errAddress // would need SMTPUTF8 of every server on the way
		}
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || ascii == "" || strings.Contains("."+ascii+".", "..") {
		return "", errAddress
	}
	return local + "@" + ascii, nil
}
