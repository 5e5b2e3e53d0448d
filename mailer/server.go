package mailer

import (
	"errors"
	"net"
	"net/url"
)

// tlsMode says how a connection is protected.
type tlsMode string

const (
	tlsNone     tlsMode = "none"
	tlsStart    tlsMode = "starttls"
	tlsImplicit tlsMode = "implicit"
)

// A server is where mail is handed in, and as whom.
type server struct {
	host, port     string
	tls            tlsMode
	user, password string
}

// The URL holds a password, so no error repeats it.
var (
	errSMTPURL = errors.New("not an address such as smtp://user:pass@host:587?tls=starttls, with user and password percent-encoded")
	errSMTPTLS = errors.New("tls is none of none, starttls, implicit")
)

// parseServer reads an smtp:// address. Empty means the built-in mailbox, which is nil.
func parseServer(address string) (*server, error) {
	if address == "" {
		return nil, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" || u.Hostname() == "" || (u.Path != "" && u.Path != "/") {
		return nil, errSMTPURL
	}
	s := &server{host: u.Hostname(), port: u.Port(), tls: tlsMode(u.Query().Get("tls")), user: u.User.Username()}
	s.password, _ = u.User.Password()
	if s.tls == "" {
		s.tls = tlsStart
		if s.port == "465" {
			s.tls = tlsImplicit
		}
	}
	port, known := map[tlsMode]string{tlsNone: "25", tlsStart: "587", tlsImplicit: "465"}[s.tls]
	if !known {
		return nil, errSMTPTLS
	}
	if s.port == "" {
		s.port = port
	}
	return s, nil
}

func (s *server) address() string { return net.JoinHostPort(s.host, s.port) }
