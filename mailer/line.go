package mailer

import (
	"context"
	"sync"
	"time"
)

// A line is one place for a connection to an account's server. Its goroutine does what it is told, one
// thing at a time, and reports; the dispatcher owns everything else.
type line struct {
	account *account
	state   lineState // the dispatcher's view
	orders  chan order
	mail    *outgoing // what it is sending

	mu   sync.Mutex
	conn transport // the goroutine's; behind the lock for abort
}

type lineState int

const (
	lineClosed lineState = iota
	lineDialing
	lineIdle
	lineBusy
)

// An order is to send a mail, or to connect where there is none.
type order struct{ mail *outgoing }

// A report is what a line did.
type report struct {
	line *line
	kind reportKind
	mail *outgoing // the mail sent, or tried
	said reply
}

type reportKind int

const (
	reportConnected reportKind = iota
	reportUnreachable
	reportClosed // idle for long
	reportSent   // whatever came of it; the line is usable
	reportBroke  // the same, and the connection is gone
	reportStuck  // the mail was not tried: its connection was gone, and there is no other
)

// run serves orders until the context ends; idle connections are closed after a while.
func (l *line) run(ctx context.Context, idle time.Duration, reports chan<- report) {
	tell := func(r report) {
		r.line = l
		select {
		case reports <- r:
		case <-ctx.Done():
		}
	}
	timer := time.NewTimer(idle)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			l.hangUp(transport.close)
			return
		case <-timer.C:
			if l.hangUp(transport.close) {
				tell(report{kind: reportClosed})
			}
		case o := <-l.orders:
			timer.Stop()
			if o.mail == nil {
				tell(l.connect(ctx))
			} else {
				tell(l.deliver(ctx, o.mail))
			}
			timer.Reset(idle)
		}
	}
}

func (l *line) connect(ctx context.Context) report {
	t, said := l.account.connect(ctx)
	if t == nil {
		return report{kind: reportUnreachable, said: said}
	}
	l.hold(t)
	return report{kind: reportConnected}
}

// deliver sends one mail. Where the connection turns out to be gone before the mail was named to it, a new
// one is made; that costs the mail no attempt.
func (l *line) deliver(ctx context.Context, m *outgoing) report {
	for {
		if ctx.Err() != nil {
			return report{kind: reportStuck, mail: m}
		}
		if l.conn == nil {
			if r := l.connect(ctx); r.kind == reportUnreachable {
				return report{kind: reportStuck, mail: m, said: r.said}
			}
		}
		used := !l.conn.fresh()
		said, usable := l.conn.send(l.account.from, m.to, m.raw)
		if usable && classify(said) != paused {
			return report{kind: reportSent, mail: m, said: said}
		}
		l.hangUp(transport.abort)
		if !used || !stale(said) {
			return report{kind: reportBroke, mail: m, said: said}
		}
	}
}

func (l *line) hold(t transport) {
	l.mu.Lock()
	l.conn = t
	l.mu.Unlock()
}

func (l *line) hangUp(how func(transport)) (was bool) {
	l.mu.Lock()
	t := l.conn
	l.conn = nil
	l.mu.Unlock()
	if t != nil {
		how(t)
	}
	return t != nil
}

// abort breaks a conversation off from outside.
func (l *line) abort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		l.conn.abort()
	}
}

// The mailbox is the transport where there is no mail server: what is to be kept was stored when the mail
// began, so there is nothing more to do.
type mailbox struct{}

func (mailbox) send(string, string, []byte) (reply, bool) {
	return reply{stage: stageDot, code: 250, text: "kept in the built-in mailbox"}, true
}
func (mailbox) fresh() bool { return true }
func (mailbox) close()      {}
func (mailbox) abort()      {}
