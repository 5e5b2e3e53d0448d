package mailer

import (
	"bytes"
	"encoding/base64"
	"mime"
	"strings"
)

// attach puts a mail that is written already into one that brings files too: its body becomes the first part. go-mail knows
// one boundary of ours for a whole mail, and would draw others by lot; so the bytes would not be the same each time.
func attach(raw []byte, boundary string, files []Attachment) []byte {
	if len(files) == 0 {
		return raw
	}
	head, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	var outer, inner []string
	for _, field := range fieldsOf(head) {
		if strings.HasPrefix(strings.ToLower(field), "content-") {
			inner = append(inner, field)
		} else {
			outer = append(outer, field)
		}
	}
	var out bytes.Buffer
	line := func(parts ...string) {
		for _, p := range parts {
			out.WriteString(p)
		}
		out.WriteString("\r\n")
	}
	for _, field := range outer {
		line(field)
	}
	line("Content-Type: multipart/mixed;\r\n boundary=", boundary)
	line()
	line("--", boundary)
	for _, field := range inner {
		line(field)
	}
	line()
	line(strings.TrimRight(body, "\r\n"))
	for _, f := range files {
		line("--", boundary)
		line("Content-Type: ", clean(f.Type))
		line("Content-Transfer-Encoding: base64")
		line("Content-Disposition: ", mime.FormatMediaType("attachment", map[string]string{"filename": clean(f.Name)}))
		line()
		for encoded := base64.StdEncoding.EncodeToString(f.Data); encoded != ""; {
			n := min(76, len(encoded)) // RFC 2045 6.8
			line(encoded[:n])
			encoded = encoded[n:]
		}
	}
	line("--", boundary, "--")
	return out.Bytes()
}

// fieldsOf are the fields of a head, each with the lines that it is folded into.
func fieldsOf(head string) (fields []string) {
	for line := range strings.SplitSeq(head, "\r\n") {
		if n := len(fields); n > 0 && line != "" && (line[0] == ' ' || line[0] == '\t') {
			fields[n-1] += "\r\n" + line
			continue
		}
		fields = append(fields, line)
	}
	return fields
}
