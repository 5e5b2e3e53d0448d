package mailer

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"os"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// A transport hands one mail at a time over to whoever delivers it.
type transport interface {
	// send returns how it ended, and whether the transport can be used again.
	send(from, to string, raw []byte) (r reply, usable bool)
	// fresh says that nothing has been sent over it yet.
	fresh() bool
	// close says goodbye; abort only hangs up.
	close()
	abort()
}

// dialer is what a connection is made with.
type dialer struct {
	helo    string
	timeout time.Duration // for each reply but the last
	roots   *x509.CertPool
}

// A conn is a conversation with a mail server (RFC 5321). Go-mail greets, encrypts and logs in; the mails
// themselves are spoken here, so that it is known at which word a conversation broke.
type conn struct {
	client     *smtp.Client
	timeout    time.Duration
	pipelining bool // RFC 2920: the envelope goes out as one packet
	sent       int
	open       bool // the server still holds a transaction that came to nothing
}

// dotPatience is how much longer the answer to the final dot is awaited than others: the server may be
// delivering, and giving up too early means a mail of unknown fate (RFC 5321 4.5.3.2.6: ten minutes).
const dotPatience = 5

// dial connects, encrypts and logs in. What failed is in the reply; its code is 0 where the server said
// nothing.
func (d dialer) dial(ctx context.Context, s *server) (*conn, reply) {
	at := stageConnect
	fail := func(err error) (*conn, reply) { return nil, replyTo(at, err) }
	nc, err := (&net.Dialer{Timeout: d.timeout}).DialContext(ctx, "tcp", s.address())
	if err != nil {
		return fail(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = nc.Close() })
	defer stop()
	_ = nc.SetDeadline(time.Now().Add(d.timeout))
	secure := &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12, RootCAs: d.roots}
	if s.tls == tlsImplicit {
		at = stageTLS
		encrypted := tls.Client(nc, secure)
		if err := encrypted.HandshakeContext(ctx); err != nil {
			_ = nc.Close()
			return fail(err)
		}
		nc, at = encrypted, stageConnect
	}
	client, err := smtp.NewClient(nc, s.host) // closes on error
	if err != nil {
		return fail(err)
	}
	if at, err = d.greet(client, s, secure); err != nil {
		_ = client.Close()
		return fail(err)
	}
	pipelining, _ := client.Extension("PIPELINING")
	return &conn{client: client, timeout: d.timeout, pipelining: pipelining}, reply{}
}

var errNoStartTLS = errors.New("the server offers no STARTTLS")

// greet says hello, and turns to TLS and logs in where that is asked for. Nothing is ever sent in the
// clear where TLS was asked for.
func (d dialer) greet(client *smtp.Client, s *server, secure *tls.Config) (stage, error) {
	_ = client.UpdateDeadline(d.timeout)
	if err := client.Hello(d.helo); err != nil {
		return stageConnect, err
	}
	if s.tls == tlsStart {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return stageTLS, errNoStartTLS
		}
		_ = client.UpdateDeadline(d.timeout)
		if err := client.StartTLS(secure); err != nil {
			return stageTLS, err
		}
	}
	if s.user == "" {
		return stageLogin, nil
	}
	_, offered := client.Extension("AUTH")
	_ = client.UpdateDeadline(d.timeout)
	return stageLogin, client.Auth(login(s, strings.Fields(offered)))
}

// login picks how to log in: over TLS the plain way, which every server has; without TLS one that does not
// show the password, where the server has one.
func login(s *server, offered []string) smtp.Auth {
	open := s.tls == tlsNone
	ways := []struct {
		name string
		hide bool
		auth smtp.Auth
	}{
		{"PLAIN", false, smtp.PlainAuth("", s.user, s.password, s.host, open)},
		{"LOGIN", false, smtp.LoginAuth(s.user, s.password, s.host, open)},
		{"SCRAM-SHA-256", true, smtp.ScramSHA256Auth(s.user, s.password)},
		{"SCRAM-SHA-1", true, smtp.ScramSHA1Auth(s.user, s.password)},
		{"CRAM-MD5", true, smtp.CRAMMD5Auth(s.user, s.password)},
	}
	for _, hidden := range []bool{open, !open} {
		for _, way := range ways {
			if way.hide != hidden {
				continue
			}
			for _, name := range offered {
				if strings.EqualFold(name, way.name) {
					return way.auth
				}
			}
		}
	}
	return ways[0].auth
}

func (c *conn) fresh() bool { return c.sent == 0 }

func (c *conn) close() {
	_ = c.client.UpdateDeadline(2 * time.Second)
	if err := c.client.Quit(); err != nil {
		_ = c.client.Close()
	}
}

func (c *conn) abort() { _ = c.client.Close() }

// send speaks one mail. The connection stays usable whenever both sides agree on where they are.
func (c *conn) send(from, to string, raw []byte) (reply, bool) {
	c.sent++
	if r, usable := c.envelope(from, to); r.code != 354 {
		return r, usable
	}
	// The final dot goes out with the last of the mail; where writing fails it did not, or not whole.
	if err := c.write(ending(raw)); err != nil {
		return replyTo(stageData, err), false
	}
	_ = c.client.UpdateDeadline(dotPatience * c.timeout)
	code, text, err := c.client.Text.ReadResponse(0)
	if err != nil {
		return replyTo(stageDot, err), false
	}
	return reply{stage: stageDot, code: code, text: text}, code != 421 && code/100 != 3
}

// envelope speaks up to DATA: 354 says that the mail may follow.
func (c *conn) envelope(from, to string) (last reply, usable bool) {
	type step struct {
		stage stage
		line  string
		want  int // first digit
	}
	steps := make([]step, 0, 4)
	if c.open {
		steps = append(steps, step{stageReset, "RSET\r\n", 2})
	}
	steps = append(steps, step{stageMail, "MAIL FROM:<" + from + ">\r\n", 2}, step{stageRcpt, "RCPT TO:<" + to + ">\r\n", 2},
		step{stageData, "DATA\r\n", 3})
	c.open = true
	if c.pipelining {
		var all strings.Builder
		for _, s := range steps {
			all.WriteString(s.line)
		}
		if err := c.write([]byte(all.String())); err != nil {
			return replyTo(steps[0].stage, err), false
		}
	}
	var bad reply
	for _, s := range steps {
		if !c.pipelining {
			if err := c.write([]byte(s.line)); err != nil {
				return replyTo(s.stage, err), false
			}
		}
		_ = c.client.UpdateDeadline(c.timeout)
		code, text, err := c.client.Text.ReadResponse(0)
		switch {
		case err != nil && bad.code != 0:
			return bad, false // what was said before counts
		case err != nil:
			return replyTo(s.stage, err), false
		case bad.code != 0 && s.stage == stageData && code == 354:
			return bad, false // it waits for a mail that it has no recipient for
		case bad.code != 0:
			continue // the rest of the packet answered
		case s.stage == stageReset && code/100 != 2:
			return reply{stage: s.stage, err: errNonsense}, false
		case code == 421:
			return reply{stage: s.stage, code: code, text: text}, false
		case code/100 == s.want:
			last = reply{stage: s.stage, code: code, text: text}
			continue
		}
		bad = reply{stage: s.stage, code: code, text: text}
		if code/100 != 4 && code/100 != 5 {
			return reply{stage: s.stage, err: errNonsense}, false
		}
		if !c.pipelining {
			return bad, true
		}
	}
	if bad.code != 0 {
		return bad, true
	}
	c.open = false
	return last, true
}

var errNonsense = errors.New("an answer that does not fit")

func (c *conn) write(b []byte) error {
	_ = c.client.UpdateDeadline(c.timeout)
	w := c.client.Text.W
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Flush()
}

// ending doubles the dots that begin a line and ends the mail with one (RFC 5321 4.5.2). Lines end with
// CRLF already.
func ending(raw []byte) []byte {
	if bytes.Contains(raw, []byte("\n.")) {
		raw = bytes.ReplaceAll(raw, []byte("\n."), []byte("\n.."))
	}
	return append(raw, ".\r\n"...)
}

// replyTo is how a conversation ended that ended with an error: with the server's word where it had one.
func replyTo(at stage, err error) reply {
	if said, ok := errors.AsType[*textproto.Error](err); ok && said.Code >= 400 && said.Code < 600 {
		return reply{stage: at, code: said.Code, text: said.Msg}
	}
	return reply{stage: at, err: err}
}

func isTimeout(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
}

// stale tells that a connection which had worked before was gone before the mail was named to it: the
// mail has not been tried, and another connection may have it.
func stale(r reply) bool {
	return r.stage == stageReset || r.stage == stageMail && (r.code == 421 || r.code == 0 && !isTimeout(r.err))
}
