package mailer

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"sarnakh/models"
)

// A DKIM signs mail for a domain (RFC 6376; RFC 8463 for Ed25519), headers and body in their relaxed form.
type DKIM struct {
	domain, selector, algorithm string
	key                         crypto.Signer
}

// signedHeaders are those that are signed where a mail has them; overSigned once more than they are there, so that
// nobody adds a second one for a mail program to show (RFC 6376 8.15).
var (
	signedHeaders = []string{"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
		"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"}
	overSigned = []string{"From", "To", "Subject", "Date"}
)

var (
	errKeyFile = errors.New("not a private key in PEM, RSA (PKCS#1 or PKCS#8) or Ed25519 (PKCS#8), without a passphrase")
	errKeySize = errors.New("an RSA key of less than 1024 bits, which nobody accepts (RFC 8301)")
	errDomain  = errors.New("not a domain name such as example.com")
)

var domainName = regexp.MustCompile(`(?i)^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)

// CheckDKIMName tells whether a word can be the domain or the selector of a signature.
func CheckDKIMName(name string) error {
	if len(name) > 253 || !domainName.MatchString(name) {
		return errDomain
	}
	return nil
}

// NewDKIM makes what signs for a domain with a key, given in PEM, whose public half stands in the DNS under the selector.
func NewDKIM(domain, selector string, key []byte) (*DKIM, error) {
	if err := errors.Join(CheckDKIMName(domain), CheckDKIMName(selector)); err != nil {
		return nil, err
	}
	signer, err := readKey(key)
	if err != nil {
		return nil, err
	}
	d := &DKIM{domain: strings.ToLower(domain), selector: selector, key: signer, algorithm: "ed25519-sha256"}
	if k, ok := signer.(*rsa.PrivateKey); ok {
		d.algorithm = "rsa-sha256"
		if k.N.BitLen() < 1024 {
			return nil, errKeySize
		}
	}
	return d, nil
}

// readKey finds the private key among the blocks of a PEM file.
func readKey(raw []byte) (crypto.Signer, error) {
	for {
		var block *pem.Block
		if block, raw = pem.Decode(raw); block == nil {
			return nil, errKeyFile
		}
		if k, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
			return k, nil
		}
		k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			continue
		}
		switch k := k.(type) {
		case *rsa.PrivateKey:
			return k, nil
		case ed25519.PrivateKey:
			return k, nil
		}
	}
}

// sign puts the signature before a mail of ours: its lines end with CRLF, and no header is there twice. The time of the
// signature is the mail's, and both kinds of key give the same signature each time, so that a repeat is the same mail.
func (d *DKIM) sign(raw []byte, at models.Instant) ([]byte, error) {
	head, body, found := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !found {
		return nil, errors.New("a mail without a body can't be signed")
	}
	fields := relaxedHead(string(head))
	var names []string
	digest := sha256.New()
	for _, name := range signedHeaders {
		if field, ok := fields[strings.ToLower(name)]; ok {
			names = append(names, name)
			_, _ = io.WriteString(digest, field+"\r\n")
		}
	}
	bodyDigest := sha256.New()
	relaxedBody(bodyDigest, body)
	// Each tag stands on one line, or is one word: what is folded inside a tag has not been read alike everywhere.
	value := fmt.Sprintf("v=1; a=%s; c=relaxed/relaxed; d=%s;\r\n\ts=%s; t=%d;\r\n\th=%s;\r\n\tbh=%s;\r\n\tb=",
		d.algorithm, d.domain, d.selector, at.Time().Unix(), strings.Join(append(names, overSigned...), ":"),
		base64.StdEncoding.EncodeToString(bodyDigest.Sum(nil)))
	_, _ = io.WriteString(digest, relaxed("DKIM-Signature", value))
	options := crypto.SignerOpts(crypto.SHA256)
	if d.algorithm == "ed25519-sha256" {
		options = crypto.Hash(0) // the digest is the message that is signed (RFC 8463 3)
	}
	signature, err := d.key.Sign(nil, digest.Sum(nil), options)
	if err != nil {
		return nil, errors.New("the mail can't be signed")
	}
	out := make([]byte, 0, len(raw)+1024)
	out = append(append(out, "DKIM-Signature: "...), value...)
	out = append(append(out, folded(base64.StdEncoding.EncodeToString(signature))...), "\r\n"...)
	return append(out, raw...), nil
}

// relaxedHead gives each field of a head in relaxed form, by its name in lower case.
func relaxedHead(head string) map[string]string {
	fields := map[string]string{}
	head = strings.ReplaceAll(strings.ReplaceAll(head, "\r\n ", " "), "\r\n\t", " ")
	for field := range strings.SplitSeq(head, "\r\n") {
		name, value, _ := strings.Cut(field, ":")
		fields[strings.ToLower(name)] = relaxed(name, value)
	}
	return fields
}

// relaxed is a header field in relaxed form (RFC 6376 3.4.2), without its end.
func relaxed(name, value string) string {
	return strings.ToLower(name) + ":" + strings.Join(strings.FieldsFunc(value, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\r' || r == '\n'
	}), " ")
}

// relaxedBody writes a body in relaxed form (RFC 6376 3.4.4): spaces are one, none ends a line, and no empty line ends
// the body.
func relaxedBody(w io.Writer, body []byte) {
	out := make([]byte, 0, len(body))
	empty := 0 // lines not written yet
	for line := range bytes.SplitSeq(body, []byte("\r\n")) {
		line = bytes.TrimRight(line, " \t")
		if len(line) == 0 {
			empty++
			continue
		}
		for ; empty > 0; empty-- {
			out = append(out, "\r\n"...)
		}
		out = append(oneSpace(out, line), "\r\n"...)
	}
	_, _ = w.Write(out)
}

// oneSpace appends a line with each run of spaces as one.
func oneSpace(out, line []byte) []byte {
	for i, c := range line {
		switch {
		case c != ' ' && c != '\t':
			out = append(out, c)
		case i == 0 || line[i-1] != ' ' && line[i-1] != '\t':
			out = append(out, ' ')
		}
	}
	return out
}

// folded breaks a long word of base64 into lines.
func folded(word string) string {
	var b strings.Builder
	for len(word) > 72 {
		b.WriteString(word[:72] + "\r\n\t")
		word = word[72:]
	}
	b.WriteString(word)
	return b.String()
}
