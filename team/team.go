// Package team is who works here: they are asked in by mail, own the server together, and prove by a second factor that
// it is them.
package team

import (
	"errors"
	"time"

	"sarnakh/models"
	"sarnakh/seal"
	"sarnakh/store"
)

// Config is what the owner has set about the server.
type Config struct {
	Secret     []byte
	BaseURL    string // without a slash at the end
	Zone       *time.Location
	MailDomain string // ends the Message-IDs, and names the server to people
	// Wake is called after a mail was owed, so that it is sent at once.
	Wake func()
}

// A Team asks people in, and looks after their second factors.
type Team struct {
	cfg                   Config
	store                 *store.Store
	invites, totp, parked *seal.Key
}

// New makes a Team. It fails only where the secret can't be used.
func New(cfg Config, s *store.Store) (*Team, error) {
	t := &Team{cfg: cfg, store: s}
	if t.cfg.Wake == nil {
		t.cfg.Wake = func() {}
	}
	for purpose, key := range map[seal.Purpose]**seal.Key{"invitation": &t.invites, "totp": &t.totp, "parked form": &t.parked} {
		k, err := seal.NewKey(cfg.Secret, purpose)
		if err != nil {
			return nil, err
		}
		*key = k
	}
	return t, nil
}

// By is who does something, and from which network address.
type By struct {
	User *models.User
	IP   string
}

func (b By) did(action string, user models.ID, detail string) models.AuditEntry {
	return models.AuditEntry{UserID: b.User.ID, Action: action, Subject: "user:" + user.String(), Detail: detail, IP: b.IP}
}

// errSame refuses a change that changes nothing, so that nothing is noted of it.
var errSame = errors.New("nothing to change")
