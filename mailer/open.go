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
	"net/textproto"
	"strings"
)

// Opened is a mail as a person reads it.
type Opened struct {
	Subject, From, To string
	Text, HTML        string
	Headers           []Header // as sent, in their order
	Attachments       []Attachment
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
	return o, o.readBody(textproto.MIMEHeader(m.Header), m.Body)
}

func headersOf(raw []byte) (headers []Header) {
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	for line := range strings.SplitSeq(strings.ReplaceAll(head, "\r\n ", " "), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		headers = append(headers, Header{name, strings.TrimSpace(value)})
	}
	return headers
}

// readBody reads a body, or that of a part, by its own head.
func (o *Opened) readBody(head textproto.MIMEHeader, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("open mail: %w", err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return o.readPart(kind, head, body)
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("open mail: %w", err)
		}
		if err := o.readBody(p.Header, p); err != nil {
			return err
		}
	}
}

func (o *Opened) readPart(kind string, head textproto.MIMEHeader, r io.Reader) error {
	switch strings.ToLower(head.Get("Content-Transfer-Encoding")) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("open mail: %w", err)
	}
	if place, params, err := mime.ParseMediaType(head.Get("Content-Disposition")); err == nil && place == "attachment" {
		o.Attachments = append(o.Attachments, Attachment{Name: params["filename"], Type: head.Get("Content-Type"), Data: body})
		return nil
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
