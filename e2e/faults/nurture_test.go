package faults

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/links"
)

const (
	nurtureConnections = 10
	secretKey          = "a key that this test knows too, of some length"
)

// I2, I3, I10: a sequence's mails are going out while the program is killed, or told to end, every so often. Nobody is
// forgotten; nobody is mailed twice; and of whom it can't be known that is said, one for each connection at most.
func TestKilledInTheMiddleOfASequence(t *testing.T) {
	each(t, func(s *server) {
		mails := int(number(s.T, "SARNAKH_FAULT_MAILS", 3000))
		pause := time.Duration(number(s.T, "SARNAKH_FAULT_PAUSE_MS", 500)) * time.Millisecond
		sink := newSink(s.T, "", slowly)
		s.settings = append(s.settings, "smtp.url="+sink.url(), fmt.Sprintf("smtp.connections=%d", nurtureConnections))
		s.seed("--due-mails", fmt.Sprint(mails))
		chance, kills, ends := rand.New(rand.NewPCG(rand.Uint64(), 3)), 0, 0
		for s.queued() > 0 {
			s.start()
			time.Sleep(pause)
			if chance.IntN(2) == 0 {
				s.stop()
				ends++
				continue
			}
			s.kill()
			sink.killed()
			s.leasesRunOut()
			kills++
		}
		s.start()
		s.drained()
		s.stop()
		s.nobodyForgotten(sink, mails, kills*nurtureConnections)
		s.verify()
		s.Logf("%d mails, killed %d times, ended %d times, %d unknown", mails, kills, ends, len(s.unknowns()))
	})
}

// slowly is a mail server that takes its time, so that there is always something in flight.
func slowly(string) time.Duration { return time.Duration(1+rand.IntN(6)) * time.Millisecond }

func (s *server) seed(args ...string) {
	s.Helper()
	if r := s.run(append([]string{"seed"}, args...)...); r.Code != 0 {
		s.Fatalf("seed exits %d: %s", r.Code, r.Err)
	}
}

func (s *server) queued() (n int) {
	s.Helper()
	s.sql(func(db *sql.DB) {
		if err := db.QueryRow("SELECT count(*) FROM messages WHERE state IN ('queued', 'sending')").Scan(&n); err != nil {
			s.Fatal(err)
		}
	})
	return n
}

// nobodyForgotten holds what the mail server took against what is kept of a sequence's mails.
func (s *server) nobodyForgotten(sink *sink, mails, inFlight int) {
	s.Helper()
	c, taken, unknown := &complaints{s.T, map[string]int{}}, sink.taken(), 0
	rows := slices.DeleteFunc(export[messageRow](s, "messages"), func(m messageRow) bool { return m.Class != "marketing" })
	if len(rows) != mails {
		s.Errorf("%d mails are kept of %d", len(rows), mails)
	}
	for i := range rows {
		m := &rows[i]
		switch times := len(taken[m.MessageID]); {
		case m.State == "unknown":
			if unknown++; times > 1 {
				c.wrong("I3 twice", "%+v", m)
			}
		case m.State != "sent":
			c.wrong("I2 no end", "%+v", m)
		case times != 1:
			c.wrong("I2, I3 sent", "%d times: %+v", times, m)
		}
	}
	if unknown > inFlight {
		s.Errorf("I3: %d mails of unknown fate, %d connections were cut off", unknown, inFlight)
	}
}

// I4: people leave, by their mail program's button, while a sequence is writing to everybody. After the answer no mail
// to them begins.
func TestLeavingWhileASequenceRuns(t *testing.T) {
	each(t, func(s *server) {
		people := int(number(s.T, "SARNAKH_FAULT_LEAVERS", 1000))
		sink := newSink(s.T, "", slowly)
		s.settings = append(s.settings, "smtp.url="+sink.url(), fmt.Sprintf("smtp.connections=%d", nurtureConnections), "secret_key="+secretKey)
		s.seed("--due-mails", fmt.Sprint(people))
		s.start()
		left := s.leave(people)
		s.drained()
		s.stop()
		spared := 0
		for address, at := range left {
			begun, wasMailed := sink.begun[address]
			if !wasMailed {
				spared++
			} else if begun.After(at) {
				s.Errorf("I4: a mail began %v after the answer", begun.Sub(at))
			}
		}
		s.verify()
		s.Logf("%d left, %d of them before their mail began", len(left), spared)
		if spared == 0 || spared == len(left) {
			s.Error("nobody raced anybody")
		}
	})
}

// leave posts what a mail program does, for everybody and in any order, and says when each was answered.
func (s *server) leave(people int) map[string]time.Time {
	s.Helper()
	addresses, err := links.New([]byte(secretKey), s.base)
	if err != nil {
		s.Fatal(err)
	}
	type leaver struct{ email, address string }
	var all []leaver
	s.sql(func(db *sql.DB) {
		rows, err := db.Query("SELECT id, lead_id, to_email FROM messages WHERE class >= 2")
		if err != nil {
			s.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var ref links.Ref
			var l leaver
			if err := rows.Scan(&ref.Message, &ref.Lead, &l.email); err != nil {
				s.Fatal(err)
			}
			l.address = addresses.Unsubscribe(ref)
			all = append(all, l)
		}
	})
	if len(all) != people {
		s.Fatalf("%d mails for %d people", len(all), people)
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}, Timeout: 30 * time.Second}
	left, next := map[string]time.Time{}, make(chan leaver)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for l := range next {
				r, err := client.PostForm(l.address, url.Values{"List-Unsubscribe": {"One-Click"}})
				if err != nil {
					s.Error(err)
					continue
				}
				_ = r.Body.Close()
				if r.StatusCode != http.StatusOK || len(r.Cookies()) > 0 {
					s.Errorf("leaving is answered %d with %v", r.StatusCode, r.Cookies())
				}
				mu.Lock()
				left[strings.ToLower(l.email)] = time.Now()
				mu.Unlock()
			}
		})
	}
	for _, l := range all {
		next <- l
	}
	close(next)
	wg.Wait()
	return left
}
