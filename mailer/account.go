package mailer

import (
	"context"
	"fmt"
)

// An account is a server with its lines and its breaker. It belongs to the dispatcher, but that connect is
// called by the lines.
type account struct {
	name    string // the setting it comes from
	server  *server
	dialer  dialer
	from    string
	lines   []*line
	breaker breaker
}

func newAccount(setting, address string, d dialer, from string, connections int) (*account, error) {
	s, err := parseServer(address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	a := &account{name: setting, server: s, dialer: d, from: from}
	for range connections {
		a.lines = append(a.lines, &line{account: a, orders: make(chan order, 1)})
	}
	return a, nil
}

func (a *account) connect(ctx context.Context) (transport, reply) {
	if a.server == nil {
		return mailbox{}, reply{}
	}
	c, said := a.dialer.dial(ctx, a.server)
	if c == nil { // not a nil *conn in an interface
		return nil, said
	}
	return c, said
}

// keepsAll says that the bytes of every mail are kept, not only those that may be repeated.
func (a *account) keepsAll() bool { return a.server == nil }

func (a *account) count(state lineState) (n int) {
	for _, l := range a.lines {
		if l.state == state {
			n++
		}
	}
	return n
}

func (a *account) idle() *line {
	for _, l := range a.lines {
		if l.state == lineIdle {
			return l
		}
	}
	return nil
}

func (a *account) closed() *line {
	for _, l := range a.lines {
		if l.state == lineClosed {
			return l
		}
	}
	return nil
}
