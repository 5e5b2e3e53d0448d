package mailer

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
)

func TestClassify(t *testing.T) {
	for _, x := range []struct {
		what string
		r    reply
		want verdict
	}{
		{"taken", reply{stage: stageDot, code: 250, text: "2.0.0 queued"}, sent},
		{"taken, in other words", reply{stage: stageDot, code: 251, text: "ok"}, sent},
		{"no such user", reply{stage: stageRcpt, code: 550, text: "5.1.1 no such user"}, bounced},
		{"no such domain", reply{stage: stageRcpt, code: 550, text: "5.1.2 bad domain"}, bounced},
		{"takes no mail", reply{stage: stageRcpt, code: 556, text: "5.1.10 null MX"}, bounced},
		{"the same after DATA is about the mail", reply{stage: stageDot, code: 550, text: "5.1.1 no such user"}, failed},
		{"our own address is bad", reply{stage: stageRcpt, code: 550, text: "5.1.8 sender domain not found"}, refused},
		{"a plain no", reply{stage: stageRcpt, code: 550, text: "no"}, failed},
		{"a number that only looks like a code", reply{stage: stageRcpt, code: 550, text: "5.1.1x"}, failed},
		{"rejected content", reply{stage: stageDot, code: 554, text: "5.6.0 malformed"}, failed},
		{"policy", reply{stage: stageDot, code: 554, text: "5.7.1 blocked"}, refused},
		{"policy at RCPT", reply{stage: stageRcpt, code: 550, text: "5.7.1 relaying denied"}, refused},
		{"full mailbox", reply{stage: stageRcpt, code: 552, text: "5.2.2 over quota"}, temporary},
		{"full mailbox, by the code alone", reply{stage: stageDot, code: 552, text: "too much"}, temporary},
		{"full mailbox, by the enhanced code", reply{stage: stageRcpt, code: 550, text: "5.2.2 over quota"}, temporary},
		{"greylisted", reply{stage: stageRcpt, code: 451, text: "4.7.1 come back"}, temporary},
		{"closing", reply{stage: stageMail, code: 421, text: "closing"}, temporary},
		{"a temporary no to the mail", reply{stage: stageDot, code: 452, text: "4.3.1 disk full"}, temporary},
		{"logged out", reply{stage: stageMail, code: 535, text: "5.7.8 bad credentials"}, paused},
		{"never logged in", reply{stage: stageMail, code: 530, text: "5.7.0 authenticate first"}, paused},
		{"our words out of step", reply{stage: stageMail, code: 503, text: "5.5.1 nested MAIL"}, temporary},
		{"lost before the mail", reply{stage: stageMail, err: io.EOF}, temporary},
		{"time ran out before the dot", reply{stage: stageData, err: os.ErrDeadlineExceeded}, temporary},
		{"nonsense before the dot", reply{stage: stageRcpt, err: errNonsense}, temporary},
		{"lost after the dot", reply{stage: stageDot, err: io.EOF}, unknown},
		{"time ran out after the dot", reply{stage: stageDot, err: os.ErrDeadlineExceeded}, unknown},
		{"nonsense after the dot", reply{stage: stageDot, code: 354, text: "what?"}, unknown},
	} {
		if got := classify(x.r); got != x.want {
			t.Errorf("%s: verdict %d, want %d", x.what, got, x.want)
		}
	}
}

func TestTheNoteOfAReplyNamesNobody(t *testing.T) {
	for in, want := range map[string]string{
		"5.1.1 <narges@example.org>: no such\nuser":    "550 5.1.1 <…>: no such user",
		"mailbox narges@مثال.ایران is\x00full\r\n":     "550 mailbox … is full",
		"2.0.0 to=<a.b+c@x.y>,relay=mx[192.0.2.1]:25 ": "550 2.0.0 to=<…>,relay=mx[192.0.2.1]:25",
		strings.Repeat("ب", 300):                       "550 " + strings.Repeat("ب", 200) + "…",
		"\xff\xfe":                                     "550",
	} {
		if got := (reply{stage: stageRcpt, code: 550, text: in}).note(); got != want {
			t.Errorf("%q is kept as %q, want %q", in, got, want)
		}
	}
	if got := (reply{stage: stageDot, err: os.ErrDeadlineExceeded}).note(); got != "end of DATA: no answer in time" {
		t.Error(got)
	}
	if got := (reply{stage: stageRcpt, err: errors.New("read tcp: narges@example.org")}).brief(); got != "RCPT: connection lost" {
		t.Error(got)
	}
}

func TestBackoff(t *testing.T) {
	var total time.Duration
	for attempt := 1; ; attempt++ {
		wait, ok := backoff(attempt, 12345)
		if !ok {
			if attempt != maxAttempts {
				t.Errorf("given up after %d attempts", attempt)
			}
			break
		}
		if exact := []time.Duration{1, 5, 15, 30, 60}; attempt <= 5 && wait != exact[attempt-1]*time.Minute {
			t.Errorf("waits %v after attempt %d", wait, attempt)
		}
		if attempt > 5 && (wait > time.Hour || wait < 54*time.Minute) {
			t.Errorf("waits %v after attempt %d", wait, attempt)
		}
		total += wait
	}
	if total > 72*time.Hour || total < 64*time.Hour {
		t.Errorf("tries for %v, want about 72 h at most", total)
	}
	a, _ := backoff(9, 1)
	b, _ := backoff(9, 2)
	if a == b {
		t.Error("mails that failed together come back together")
	}
}

func TestWhatIsRecordedOfAnAttempt(t *testing.T) {
	const now = models.Instant(1e15)
	mail := func(class models.Class, change ...func(*models.Message)) *models.Message {
		m := &models.Message{ID: 7, Class: class, NotAfter: now.Add(time.Hour)}
		for _, f := range change {
			f(m)
		}
		return m
	}
	again := func(m *models.Message) { m.Unknowns = 1 }
	late := func(m *models.Message) { m.NotAfter = now.Add(30 * time.Second) }
	last := func(m *models.Message) { m.Attempts = maxAttempts - 1; m.NotAfter = 0 }
	for _, x := range []struct {
		what  string
		m     *models.Message
		v     verdict
		state models.MessageState
		wait  time.Duration
	}{
		{"sent", mail(models.ClassBulk), sent, models.MessageSent, 0},
		{"temporary", mail(models.ClassBulk), temporary, models.MessageQueued, time.Minute},
		{"refused blames nobody", mail(models.ClassBulk), refused, models.MessageQueued, time.Minute},
		{"temporary, and too late for more", mail(models.ClassBulk, late), temporary, models.MessageExpired, 0},
		{"temporary for the last time", mail(models.ClassBulk, last), temporary, models.MessageFailed, 0},
		{"unknown marketing stays unknown", mail(models.ClassMarketing), unknown, models.MessageUnknown, 0},
		{"unknown transactional is repeated", mail(models.ClassTransactional), unknown, models.MessageQueued, time.Minute},
		{"unknown sales is repeated", mail(models.ClassSales), unknown, models.MessageQueued, time.Minute},
		{"but once", mail(models.ClassTransactional, again), unknown, models.MessageUnknown, 0},
		{"and not too late", mail(models.ClassTransactional, late), unknown, models.MessageUnknown, 0},
		{"a repeat that fails for a while", mail(models.ClassTransactional, again), temporary, models.MessageQueued, time.Minute},
		{"a repeat that comes too late", mail(models.ClassTransactional, again, late), temporary, models.MessageUnknown, 0},
	} {
		res := result(x.m, x.v, "", "h", now)
		due := models.Instant(0)
		if x.wait != 0 {
			due = now.Add(x.wait)
		}
		if res.State != x.state || res.DueAt != due || res.Unknown != (x.v == unknown) || res.Suppress != "" || res.Refund {
			t.Errorf("%s: %+v, want %s after %v", x.what, res, x.state, x.wait)
		}
	}
	if res := result(mail(models.ClassBulk), bounced, "", "h", now); res.State != models.MessageFailed || res.Suppress != "h" {
		t.Errorf("bounced: %+v", res)
	}
	if res := result(mail(models.ClassBulk), paused, "", "h", now); res.State != models.MessageQueued || !res.Refund || res.DueAt != 0 {
		t.Errorf("paused: %+v", res)
	}
}

func TestBreaker(t *testing.T) {
	var b breaker
	now := models.Instant(1e15)
	unreachable := reply{stage: stageConnect, err: errors.New("connection refused")}
	if b.tries(10, now) != 10 {
		t.Fatal("a closed breaker holds back")
	}
	for i := 1; i < breakerLimit; i++ {
		if b.fail(unreachable, now) {
			t.Fatalf("opened after %d failures", i)
		}
		if b.tries(10, now) != 0 || b.tries(10, now.Add(time.Duration(i)*time.Second)) != 1 {
			t.Errorf("after %d failures it should try one connection, %d s later", i, i)
		}
	}
	if !b.fail(unreachable, now) || b.fail(unreachable, now) || b.since != now {
		t.Fatal("opens once, at the fifth")
	}
	if b.tries(10, now.Add(59*time.Second)) != 0 || b.tries(10, now.Add(time.Minute)) != 1 {
		t.Error("an open breaker tries one connection a minute")
	}
	if b.tries(1, now.Add(-time.Hour)) != 1 {
		t.Error("a clock set back makes it wait longer")
	}
	if !b.succeed() || b.succeed() || b.tries(10, now) != 10 {
		t.Error("a connection closes it, once")
	}
	if !b.fail(reply{stage: stageLogin, code: 535, text: "5.7.8 no"}, now) || b.reason != "login: 535 5.7.8" {
		t.Errorf("a refused login opens it at once: %q", b.reason)
	}
}
