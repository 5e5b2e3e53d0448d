package faults

import (
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

// stopWithin is how long the program gives itself to finish what it has begun.
const stopWithin = 20 * time.Second

// SIGTERM under load: what was answered is kept and nothing else is, mails in flight come to their end, and
// none is sent twice. Before, other commands work beside the server, and find nothing wrong.
func TestStoppedUnderLoad(t *testing.T) {
	each(t, func(s *server) {
		sink := newSink(s.T, "", sometimesSlow)
		s.settings = append(s.settings, "smtp.url="+sink.url())
		crowd := newCrowd(s, rand.Uint64(), visitors)
		s.start()
		leave := crowd.come()
		time.Sleep(300 * time.Millisecond)
		for range 3 {
			s.verify()
		}
		crowd.dying.Store(true)
		if took := s.stop(); took > stopWithin {
			s.Errorf("stopping took %v", took)
		}
		leave()
		answered := 0
		for _, p := range crowd.posts() {
			if p.answered() {
				answered++
			}
		}
		if n := len(export[submissionRow](s, "submissions")); n != answered {
			s.Errorf("I1: %d submissions are kept, %d were answered", n, answered)
		}
		s.start()
		crowd.newLife()
		s.drained()
		s.stop()
		compare(s, crowd.posts(), sink, 0)
		s.verify()
		s.checkLog()
	})
}

// While the mail server is away or silent visitors are answered as ever, and their mail is sent when it is
// back.
func TestMailServerAway(t *testing.T) {
	for name, away := range map[string]func(t *testing.T) (addr string, over func()){
		"down":   func(t *testing.T) (string, func()) { return freeAddress(t), func() {} },
		"silent": silence,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(s *server) {
				addr, over := away(s.T)
				s.settings = append(s.settings, "smtp.url=smtp://"+addr+"?tls=none")
				crowd := newCrowd(s, rand.Uint64(), visitors)
				s.start()
				leave := crowd.come()
				time.Sleep(time.Second)
				leave()
				var took []time.Duration
				for _, p := range crowd.posts() {
					took = append(took, p.took...)
				}
				slices.Sort(took)
				median, slow := took[len(took)/2], took[len(took)*99/100]
				s.Logf("%d answers: median %v, p99 %v", len(took), median.Round(time.Millisecond/10), slow.Round(time.Millisecond/10))
				if median > 250*time.Millisecond || slow > 2*time.Second {
					s.Errorf("visitors wait: median %v, p99 %v", median, slow)
				}
				if took := s.stop(); took > stopWithin {
					s.Errorf("stopping took %v", took)
				}
				over()
				sink := newSink(s.T, addr, atOnce)
				s.start()
				s.drained()
				s.stop()
				compare(s, crowd.posts(), sink, 0)
				s.verify()
			})
		})
	}
}

// silence is a mail server that takes connections and says nothing.
func silence(t *testing.T) (addr string, over func()) {
	t.Helper()
	addr = freeAddress(t)
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	over = func() { _ = l.Close() } // what was never accepted is cut off with it
	t.Cleanup(over)
	return addr, over
}

// A second program on the same SQLite file is refused with a sentence, and changes nothing for the first.
// When the first has died, however it died, there is no lock left.
func TestOneServerPerFile(t *testing.T) {
	s := newServer(t, "sqlite")
	s.start()
	crowd := newCrowd(s, rand.Uint64(), 1)
	second := newServer(t, "sqlite")
	second.data = s.data
	second.launch()
	select {
	case <-second.ended:
	case <-time.After(10 * time.Second):
		t.Fatal("two programs serve one file")
	}
	if code := second.process.ProcessState.ExitCode(); code != 1 || !strings.Contains(second.log(), "another sarnakh already uses this database file") {
		t.Errorf("the second exits %d and says %q", code, second.log())
	}
	second.process = nil
	if r := second.run("migrate"); r.Code != 1 || !strings.Contains(r.Err, "another sarnakh") {
		t.Errorf("migrate beside it exits %d and says %q", r.Code, r.Err)
	}
	v := crowd.visitors[0]
	for range 5 {
		v.act()
	}
	s.kill()
	second.start()
	crowd.newLife()
	v.server = second
	for range 5 {
		v.act()
	}
	second.stop()
	k := second.kept()
	c := &complaints{t, map[string]int{}}
	comparePosts(c, k, crowd.posts())
	compareLeads(c, k)
	second.verify()
}
