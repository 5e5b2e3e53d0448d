package faults

import (
	"bufio"
	"hash/crc32"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// A sink is a mail server that outlives the program. It takes every mail and remembers it from the moment
// it has heard the final dot, whether or not its answer is ever read.
type sink struct {
	addr  string
	pause func(messageID string) time.Duration // between the final dot and the answer

	mu    sync.Mutex
	mails []delivery
	kills int // how often the program had been killed
	talks int
	conns map[net.Conn]bool
	begun map[string]time.Time // by address: when a mail to it last began
}

// A delivery is one mail that was taken.
type delivery struct {
	messageID, to, data string
	talk                int  // the connection it came over
	kills               int  // before it came
	last                bool // on its connection
}

// newSink listens at an address, or at a free one where it is empty.
func newSink(t *testing.T, addr string, pause func(messageID string) time.Duration) *sink {
	t.Helper()
	if addr == "" {
		addr = freeAddress(t)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{addr: addr, pause: pause, conns: map[net.Conn]bool{}, begun: map[string]time.Time{}}
	t.Cleanup(func() {
		_ = l.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		for c := range s.conns {
			_ = c.Close()
		}
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.talks++
			talk := s.talks
			s.conns[c] = true
			s.mu.Unlock()
			go s.serve(c, talk)
		}
	}()
	return s
}

// sometimesSlow answers many mails late, so that every kill finds some in flight; and a few so late, whenever
// they come, that their repeats are in flight at the next kill.
func sometimesSlow(messageID string) time.Duration {
	switch {
	case crc32.ChecksumIEEE([]byte(messageID))%100 == 0:
		return 300 * time.Millisecond
	case rand.IntN(4) == 0:
		return time.Duration(rand.IntN(10)) * time.Millisecond
	}
	return 0
}

func atOnce(string) time.Duration { return 0 }

func (s *sink) url() string { return "smtp://" + s.addr + "?tls=none" }

func (s *sink) serve(c net.Conn, talk int) {
	defer func() {
		_ = c.Close()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	}()
	r := bufio.NewReader(c)
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 sink")
	to := ""
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			say("250-sink\r\n250 PIPELINING")
		case "RCPT":
			_, rest, _ = strings.Cut(rest, "<")
			to, _, _ = strings.Cut(rest, ">")
			s.begins(to)
			say("250 ok")
		case "DATA":
			say("354 go on")
			data, ok := readMail(r)
			if !ok {
				return
			}
			time.Sleep(s.pause(s.take(talk, to, data)))
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// readMail reads up to the final dot; without one there is no mail.
func readMail(r *bufio.Reader) (string, bool) {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return "", false
		}
		if line == ".\r\n" {
			return b.String(), true
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}

func (s *sink) take(talk int, to, data string) (messageID string) {
	d := delivery{to: to, data: data, talk: talk}
	head, _, _ := strings.Cut(data, "\r\n\r\n")
	for line := range strings.SplitSeq(head, "\r\n") {
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "Message-ID") {
			d.messageID = strings.Trim(value, " <>")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d.kills = s.kills
	s.mails = append(s.mails, d)
	return d.messageID
}

func (s *sink) begins(to string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begun[strings.ToLower(to)] = time.Now()
}

// killed notes that the program was killed once more.
func (s *sink) killed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kills++
}

// taken are all mails by their Message-ID, in the order in which they came.
func (s *sink) taken() map[string][]delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := map[int]int{}
	for i, d := range s.mails {
		last[d.talk] = i
	}
	out := map[string][]delivery{}
	for i, d := range s.mails {
		d.last = last[d.talk] == i
		out[d.messageID] = append(out[d.messageID], d)
	}
	return out
}
