package main

import (
	"fmt"
	"os"

	"sarnakh/mailer"
)

// signer is what mail is signed with, nil where it is not signed: of domain, selector and key all are set, or none is.
func (s *Settings) signer() (*mailer.DKIM, error) {
	k := s.DKIM
	if k.Domain+k.Selector+k.KeyFile == "" {
		return nil, nil
	}
	for _, c := range []struct {
		key, value, want string
		ok               bool
	}{
		{"dkim.domain", k.Domain, "a domain such as example.com, as dkim.selector and dkim.key_file are set with it or not at all", mailer.CheckDKIMName(k.Domain) == nil},
		{"dkim.selector", k.Selector, "the name of a record such as mail2026, as dkim.domain and dkim.key_file are set with it or not at all", mailer.CheckDKIMName(k.Selector) == nil},
		{"dkim.key_file", k.KeyFile, "the path of a private key in PEM, as dkim.domain and dkim.selector are set with it or not at all", k.KeyFile != ""},
	} {
		if !c.ok {
			return nil, &settingError{c.key, c.value, c.want}
		}
	}
	raw, err := os.ReadFile(k.KeyFile)
	if err != nil {
		return nil, &settingError{"dkim.key_file", k.KeyFile, fmt.Sprintf("a file that this program can read (%v)", err)}
	}
	d, err := mailer.NewDKIM(k.Domain, k.Selector, raw)
	if err != nil {
		return nil, &settingError{"dkim.key_file", k.KeyFile,
			fmt.Sprintf("a private key in PEM: RSA of 1024 bits or more, or Ed25519 (it is %v)", err)}
	}
	return d, nil
}
