package mailer

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// Opened is a mail as a person reads it.
type Opened struct {
	Subject, From, To string
	Text, HTML        string
	Headers           []Header // as sent, in their order
}

// Open reads a mail of ours for display. It reads what build writes; it is no general mail reader.
func Open(raw []byte) (Opened, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Opened{}, fmt.Errorf("open mail: %w", err)
	}
	o := Opened{Headers: headersOf(raw), To: strings.Trim(m.Header.Get("To"), "<>")}
	decoder := new(mime.WordDecoder)
	for name, into := range map[string]*string{"Subject": &o.Subject, "From": &o.From} {
		if *into, err = decoder.DecodeHeader(m.Header.Get(name)); err != nil {
			*into = m.Header.Get(name)
		}
	}
	return o, o.readBody(m)
}

func headersOf(raw []byte) (headers []Header) {
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	for line := range strings.SplitSeq(strings.ReplaceAll(head, "\r\n ", " "), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		headers = append(headers, Header{name, strings.TrimSpace(value)})
	}
	return headers
}

func (o *Opened) readBody(m *mail.Message) error {
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("open mail: %w", err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return o.readPart(kind, m.Header.Get("Content-Transfer-Encoding"), m.Body)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("open mail: %w", err)
		}
		if kind, _, err = mime.ParseMediaType(p.Header.Get("Content-Type")); err != nil {
			return fmt.Errorf("open mail: %w", err)
		}
		if err := o.readPart(kind, p.Header.Get("Content-Transfer-Encoding"), p); err != nil {
			return err
		}
	}
}

func (o *Opened) readPart(kind, encoding string, r io.Reader) error {
	switch strings.ToLower(encoding) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("open mail: %w", err)
	}
	text := strings.ReplaceAll(string(body), "\r\n", "\n")
	switch kind {
	case "text/plain":
		o.Text = text
	case "text/html":
		o.HTML = text
	}
	return nil
}
