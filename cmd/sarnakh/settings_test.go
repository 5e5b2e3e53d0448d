package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Defaults, then the file, then the environment, then flags.
func TestSettingsAreLayered(t *testing.T) {
	file := write(t, "config.yaml", "base_url: https://file.example.org\nhttp:\n  max_queue: 7\nsales:\n  notify: [a@example.org, b@example.org]\nlocale: en\n")
	secret := write(t, "secret", "0123456789abcdef0123456789abcdef\n")
	s, err := loadSettings(file, []string{"HOME=/", "SARNAKH_LOCALE=fa", "SARNAKH_HTTP_TRUSTED_PROXIES=10.0.0.0/8, 192.0.2.1", "SARNAKH_SECRET_KEY_FILE=" + secret},
		[]string{"http.max_queue=9"})
	if err != nil {
		t.Fatal(err)
	}
	if s.BaseURL != "https://file.example.org" || s.Locale != "fa" || s.HTTP.MaxQueue != 9 || len(s.Sales.Notify) != 2 ||
		len(s.HTTP.TrustedProxies) != 2 || s.SecretKey != "0123456789abcdef0123456789abcdef" || s.TimeZone != "Asia/Tehran" || s.SMTP.Connections != 4 {
		t.Errorf("%+v", s)
	}
}

// Every key of config.yaml has its field, and what is shown is what is in force.
func TestEveryKeyIsKnown(t *testing.T) {
	s, err := loadSettings(write(t, "empty.yaml", "{}\n"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := s.values()
	for _, key := range []string{"base_url", "http.addr", "smtp.per_minute", "nurture.speed", "dkim.key_file"} {
		if _, ok := values[key]; !ok {
			t.Errorf("%s is not shown", key)
		}
	}
	if s.Nurture.Speed != 1 || s.HTTP.Addr != ":8080" || s.Forms.PerNetwork != "10/m,60/h" || s.HTTP.MaxQueue != 1024 {
		t.Errorf("%+v", s)
	}
}

// A wrong setting stops the start with its key, value and what was expected; a secret is not shown.
func TestWrongSettingsAreNamed(t *testing.T) {
	for _, c := range []struct{ env, wants string }{
		{"SARNAKH_HTTP_MAX_QUEUE=many", `http.max_queue: "many" is wrong; expected a whole number`},
		{"SARNAKH_LOCALE=de", `locale: "de" is wrong; expected fa or en`},
		{"SARNAKH_TIME_ZONE=Mars/Olympus", `time_zone: "Mars/Olympus"`},
		{"SARNAKH_BASE_URL=leads.example.org", `base_url: "leads.example.org"`},
		{"SARNAKH_HTTP_ADDR=8080", `http.addr: "8080"`},
		{"SARNAKH_HTTP_TRUSTED_PROXIES=10.0.0.0/8,proxy", `http.trusted_proxies: "proxy"`},
		{"SARNAKH_SALES_NOTIFY=sales", `sales.notify: "sales"`},
		{"SARNAKH_FORMS_PER_NETWORK=10/fortnight", `forms.per_network: "10/fortnight"`},
		{"SARNAKH_SMTP_PER_DOMAIN=-1", `smtp.per_domain: "-1"`},
		{"SARNAKH_NURTURE_SPEED=0", `nurture.speed: "0"`},
		{"SARNAKH_SMTP_URL=https://user:hunter2@example.org", "smtp.url: its value is wrong (not shown"},
		{"SARNAKH_DATABASE_URL=mysql://user:hunter2@host/db", "database.url: its value is wrong (not shown"},
		{"SARNAKH_HTPP_ADDR=:1", "SARNAKH_HTPP_ADDR: no setting has this name"},
	} {
		_, err := loadSettings(write(t, "empty.yaml", "{}\n"), []string{c.env}, nil)
		if err == nil || !strings.Contains(err.Error(), c.wants) {
			t.Errorf("%s: %v", c.env, err)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: a password is shown: %v", c.env, err)
		}
	}
	if _, err := loadSettings(write(t, "typo.yaml", "htpp:\n  addr: ':1'\n"), nil, nil); err == nil || !strings.Contains(err.Error(), "htpp.addr") {
		t.Error("a slip in the file:", err)
	}
	if _, err := loadSettings(filepath.Join(t.TempDir(), "none.yaml"), nil, nil); err == nil {
		t.Error("a file that was named and is not there was passed over")
	}
}

// Mail is signed with all three settings or with none; what can't sign stops the start.
func TestSigningIsSetWholeOrNotAtAll(t *testing.T) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	good := write(t, "dkim.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	bad := write(t, "bad.pem", "-----BEGIN s3cret")
	load := func(domain, selector, file string) (*Settings, error) {
		return loadSettings(write(t, "empty.yaml", "{}\n"), nil, []string{"dkim.domain=" + domain, "dkim.selector=" + selector, "dkim.key_file=" + file})
	}
	s, err := load("example.com", "mail2026", good)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := s.signer(); d == nil || err != nil {
		t.Error(d, err)
	}
	if s, err = load("", "", ""); err != nil {
		t.Fatal(err)
	}
	if d, err := s.signer(); d != nil || err != nil {
		t.Error(d, err)
	}
	for wants, c := range map[string][3]string{
		`dkim.domain: "" is wrong; expected a domain`:                          {"", "mail2026", good},
		`dkim.domain: "hello@example.com"`:                                     {"hello@example.com", "mail2026", good},
		`dkim.selector: "" is wrong; expected the name of a record`:            {"example.com", "", good},
		`dkim.selector: "a b"`:                                                 {"example.com", "a b", good},
		`dkim.key_file: "" is wrong; expected the path`:                        {"example.com", "mail2026", ""},
		`dkim.key_file: "/none.pem" is wrong; expected a file`:                 {"example.com", "mail2026", "/none.pem"},
		`dkim.key_file: "` + bad + `" is wrong; expected a private key in PEM`: {"example.com", "mail2026", bad},
	} {
		if _, err := load(c[0], c[1], c[2]); err == nil || !strings.Contains(err.Error(), wants) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v: %v, want %s", c, err, wants)
		}
	}
}
