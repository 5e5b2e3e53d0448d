package program

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"

	"sarnakh/links"
)

// Secret is the key that the program made for itself at its first start.
func (p *Program) Secret() ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(p.Dir, "secret.key"))
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(strings.TrimSpace(string(raw)))
}

// Links signs addresses as the program does: for mails of long ago.
func (p *Program) Links() (*links.Links, error) {
	secret, err := p.Secret()
	if err != nil {
		return nil, err
	}
	return links.New(secret, "")
}
