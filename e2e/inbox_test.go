package e2e

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/mailer"
)

// An inbox is a mail server that takes everything and keeps it by address.
type inbox struct {
	url string

	mu    sync.Mutex
	mails map[string][]string
}

func newInbox(t *testing.T) *inbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	b := &inbox{url: "smtp://" + l.Addr().String() + "?tls=none", mails: map[string][]string{}}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go b.serve(c)
		}
	}()
	return b
}

func (b *inbox) serve(c net.Conn) {
	defer c.Close()
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 inbox")
	to, data, mail := "", false, ""
	for lines := bufio.NewScanner(c); lines.Scan(); {
		line := lines.Text()
		switch verb := strings.ToUpper(line[:min(len(line), 4)]); {
		case data && line == ".":
			b.mu.Lock()
			b.mails[to] = append(b.mails[to], mail)
			b.mu.Unlock()
			data, mail = false, ""
			say("250 taken")
		case data:
			mail += strings.TrimPrefix(line, ".") + "\r\n"
		case verb == "RCPT":
			to = strings.Trim(line[len("RCPT TO:"):], "<> ")
			say("250 ok")
		case verb == "DATA":
			data = true
			say("354 go on")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// mail is the only one to somebody, once it has come.
func (b *inbox) mail(t *testing.T, to string) mailer.Opened {
	t.Helper()
	for range 200 {
		b.mu.Lock()
		mails := b.mails[to]
		b.mu.Unlock()
		if len(mails) > 1 {
			t.Fatalf("%d mails to %s", len(mails), to)
		}
		if len(mails) == 1 {
			return got(mailer.Open([]byte(mails[0])))(t)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no mail to %s", to)
	return mailer.Opened{}
}
