package mailer

import (
	"bytes"
	"encoding/base64"
	"mime"
	"mime/multipart"
	"strings"
	"testing"
)

var invitation = Attachment{Name: "event.ics", Type: "text/calendar; charset=utf-8; method=PUBLISH", Data: []byte(strings.Repeat("BEGIN:VCALENDAR\r\n", 20))}

// C3: a mail brings a file beside its two bodies, each part readable by itself; the bytes are the same each time (I3).
func TestAMailBringsAFile(t *testing.T) {
	words := Mail{Subject: "وبینار", Text: "سلام", HTML: "<p>سلام</p>", Attachments: []Attachment{invitation, {Name: "برنامه \"۱\".pdf\r\nX: y", Type: "application/pdf", Data: []byte{0, 1, 2}}}}
	raw, m := built(t, words)
	if again, _ := built(t, words); !bytes.Equal(raw, again) {
		t.Error("built twice, differently")
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/mixed" || m.Header.Get("X") != "" {
		t.Fatal(kind, err, m.Header)
	}
	var kinds []string
	parts := multipart.NewReader(m.Body, params["boundary"])
	for p, err := parts.NextRawPart(); err == nil; p, err = parts.NextRawPart() {
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		kinds = append(kinds, kind)
	}
	if strings.Join(kinds, " ") != "multipart/alternative text/calendar application/pdf" {
		t.Error(kinds)
	}
	o, err := Open(raw)
	if err != nil || strings.TrimSpace(o.Text) != "سلام" || strings.TrimSpace(o.HTML) != "<p>سلام</p>" || len(o.Attachments) != 2 {
		t.Fatalf("%+v %v", o, err)
	}
	if a := o.Attachments[0]; a.Name != "event.ics" || a.Type != invitation.Type || !bytes.Equal(a.Data, invitation.Data) {
		t.Errorf("%+v", a)
	}
	if a := o.Attachments[1]; a.Name != `برنامه "۱".pdf X: y` {
		t.Errorf("%+v", a)
	}
	for l := range bytes.Lines(raw) {
		if !bytes.HasSuffix(l, []byte("\r\n")) || len(l) > 998 {
			t.Errorf("line %q", l)
		}
	}
}

// A text alone brings a file too.
func TestATextBringsAFile(t *testing.T) {
	raw, _ := built(t, Mail{Subject: "x", Text: "hello", Attachments: []Attachment{invitation}})
	if o, err := Open(raw); err != nil || strings.TrimSpace(o.Text) != "hello" || len(o.Attachments) != 1 {
		t.Errorf("%+v %v\n%s", o, err, raw)
	}
	if !bytes.Contains(raw, []byte(base64.StdEncoding.EncodeToString(invitation.Data)[:76])) {
		t.Error("the file is not there in base64")
	}
}
