package mailer

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"sarnakh/models"
)

func rsaKey(t testing.TB, bits int) *rsa.PrivateKey {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func pkcs1(k *rsa.PrivateKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(k)})
}

func pkcs8(t testing.TB, k any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// keys are one of each kind that can sign, in PEM.
func keys(t testing.TB) map[string][]byte {
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"rsa, PKCS#1": pkcs1(rsaKey(t, 1024)), "rsa, PKCS#8": pkcs8(t, rsaKey(t, 2048)), "ed25519": pkcs8(t, edwards),
		"ed25519, behind a comment and another block": slices.Concat([]byte("my key\n"),
			pem.EncodeToMemory(&pem.Block{Type: "DH PARAMETERS", Bytes: []byte("x")}), pkcs8(t, edwards))}
}

// record is what the DNS says under the selector.
func record(t testing.TB, key crypto.PublicKey) string {
	t.Helper()
	if k, ok := key.(ed25519.PublicKey); ok {
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(k)
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)
}

// verify asks another library, which has the record from us.
func (d *DKIM) verify(t *testing.T, raw []byte) (*dkim.Verification, error) {
	t.Helper()
	found, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		if name != "s1._domainkey.sarnakh.example" {
			t.Errorf("asked for %s", name)
		}
		return []string{record(t, d.key.Public())}, nil
	}})
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		t.Fatalf("%d signatures", len(found))
	}
	return found[0], found[0].Err
}

var signedWords = map[string]Mail{
	"plain":       {Subject: "Hello", Text: "Hello"},
	"Persian":     {Subject: strings.Repeat("سلام نرگس؛ کتاب شما آماده است ", 5), Text: "سلام\n\n\nخط دوم  \n\n", HTML: "<p>سلام</p>", FromName: "آرش"},
	"with a file": {Subject: "Hello", Text: "Hello", HTML: "<p>Hello</p>", Attachments: []Attachment{invitation}},
	"marketing":   {Subject: "The second chapter", Text: "a  b\t c \n.\n\n", HTML: "<p>x</p>", Unsubscribe: "https://sarnakh.example/u/" + strings.Repeat("a", 90)},
}

// Every header that people see or mail programs act upon is signed, RFC 8058's among them, and the time is the mail's.
func TestMailIsSigned(t *testing.T) {
	for kind, key := range keys(t) {
		d, err := NewDKIM("Sarnakh.example", "s1", key)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		signing := from
		signing.dkim = d
		for name, words := range signedWords {
			raw, err := signing.build(&row, row.To, words)
			if err != nil {
				t.Fatal(err)
			}
			v, err := d.verify(t, raw)
			if err != nil || v.Domain != "sarnakh.example" || !v.Time.Equal(row.CreatedAt.Time().Truncate(time.Second)) {
				t.Errorf("%s, %s: %+v, %v\n%s", kind, name, v, err, raw)
				continue
			}
			wants := []string{"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Reply-To", "From", "To", "Subject", "Date"}
			if words.HTML == "" {
				wants = append(wants, "Content-Transfer-Encoding")
			}
			if words.Unsubscribe != "" {
				wants = append(wants, "List-Unsubscribe", "List-Unsubscribe-Post")
			}
			slices.Sort(wants)
			if signed := slices.Sorted(slices.Values(v.HeaderKeys)); !slices.Equal(signed, wants) {
				t.Errorf("%s, %s: signed %v, want %v", kind, name, signed, wants)
			}
			checkShape(t, raw)
			if again, _ := signing.build(&row, row.To, words); !bytes.Equal(raw, again) {
				t.Errorf("%s, %s: signed twice, differently:\n%s\n%s", kind, name, raw, again)
			}
		}
	}
}

// Spaces and empty lines that a server on the way adds are borne; nothing that a person would see is.
func TestASignatureHoldsWhatItSays(t *testing.T) {
	d, err := NewDKIM("sarnakh.example", "s1", keys(t)["ed25519"])
	if err != nil {
		t.Fatal(err)
	}
	signing := from
	signing.dkim = d
	raw, err := signing.build(&row, row.To, signedWords["marketing"])
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, now string) []byte {
		t.Helper()
		if !bytes.Contains(raw, []byte(old)) {
			t.Fatalf("no %q in\n%s", old, raw)
		}
		return bytes.Replace(raw, []byte(old), []byte(now), 1)
	}
	for what, borne := range map[string][]byte{
		"refolded": change("Subject: The second", "Subject:  The\r\n second"), "empty lines at the end": append(slices.Clone(raw), "\r\n\r\n"...),
		"a header that is not signed": append([]byte("Received: from somewhere\r\n"), raw...), "other letters": change("\r\nSubject:", "\r\nSUBJECT:"),
	} {
		if _, err := d.verify(t, borne); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, forged := range map[string][]byte{
		"another subject": change("The second", "The third"), "a second subject": change("\r\nSubject:", "\r\nSubject: Urgent\r\nSubject:"),
		"a second sender": change("\r\nFrom:", "\r\nFrom: <bank@example.com>\r\nFrom:"), "another way to unsubscribe": change("sarnakh.example/u/", "evil.example/u/"),
		"no one-click": change("List-Unsubscribe=One-Click", "x"), "another text": change("<p>x</p>", "<p>y</p>"), "another date": change("01 Mar", "02 Mar"),
		"a second recipient": change("\r\nTo:", "\r\nTo: <other@example.com>\r\nTo:"),
	} {
		if _, err := d.verify(t, forged); err == nil {
			t.Errorf("%s is borne", what)
		}
	}
}

func TestRelaxedBodies(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "\r\n": "", "\r\n\r\n": "", "a": "a\r\n", "a\r\n": "a\r\n", " a \t b  \r\n\r\n\r\n": " a b\r\n", "\r\n\r\na\r\n \r\n": "\r\n\r\na\r\n",
		"a\r\n\t\r\nb\r\n": "a\r\n\r\nb\r\n",
	} {
		var out bytes.Buffer
		if relaxedBody(&out, []byte(in)); out.String() != want {
			t.Errorf("%q is relaxed to %q, want %q", in, out.String(), want)
		}
	}
}

func TestWhatCannotSign(t *testing.T) {
	good := keys(t)["ed25519"]
	elliptical, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(rsaKey(t, 1024).Public())
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		domain, selector string
		key              []byte
		want             error
	}{
		"no domain":            {"", "s1", good, errDomain},
		"an address":           {"hello@sarnakh.example", "s1", good, errDomain},
		"a tag too many":       {"sarnakh.example; l=0", "s1", good, errDomain},
		"a line too many":      {"sarnakh.example", "s1\r\nBcc: x", good, errDomain},
		"no selector":          {"sarnakh.example", "", good, errDomain},
		"no key":               {"sarnakh.example", "s1", nil, errKeyFile},
		"not a key":            {"sarnakh.example", "s1", []byte("s3cret"), errKeyFile},
		"only the public half": {"sarnakh.example", "s1", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), errKeyFile},
		"a key of another use": {"sarnakh.example", "s1", pkcs8(t, elliptical), errKeyFile},
	} {
		if _, err := NewDKIM(x.domain, x.selector, x.key); !errors.Is(err, x.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Setenv("GODEBUG", "rsa1024min=0")
	if _, err := NewDKIM("sarnakh.example", "s1", pkcs1(rsaKey(t, 512))); !errors.Is(err, errKeySize) {
		t.Errorf("a key of 512 bits: %v", err)
	}
}

func BenchmarkSign(b *testing.B) {
	for kind, key := range map[string][]byte{"rsa2048": pkcs8(b, rsaKey(b, 2048)), "ed25519": keys(b)["ed25519"]} {
		d, err := NewDKIM("sarnakh.example", "s1", key)
		if err != nil {
			b.Fatal(err)
		}
		raw, err := from.build(&row, row.To, Mail{Subject: "x", Text: strings.Repeat("سلام ", 200), HTML: strings.Repeat("<p>سلام</p>", 400)})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				if _, err := d.sign(raw, models.Instant(1e15)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
