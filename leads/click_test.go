package leads_test

import (
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
)

const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"

// A reading is somebody who got a step's mail a while ago and lets us see what they open.
type reading struct {
	*world
	mail  models.Message
	links *links.Links
}

func (w *world) reading(track bool) *reading {
	w.t.Helper()
	q := w.sequence("playbook")
	form := w.open("playbook").with("email", narges, "consent.newsletter", "1")
	if track {
		form = form.with("consent.tracking", "1")
	}
	form.mustSend()
	if _, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor); err != nil {
		w.t.Fatal(err)
	}
	r := &reading{world: w, mail: w.stepMail(q, "one"), links: w.addresses()}
	r.mail.SentAt = w.store.Now()
	w.pass(time.Hour)
	return r
}

func (r *reading) click(link int, agent string) {
	r.t.Helper()
	m := r.mail
	if err := r.leads.Click(r.ctx, leads.Click{Message: &m, Link: link, UserAgent: agent}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reading) visit(link int, seconds float64) {
	r.t.Helper()
	address := r.links.Click(links.Ref{Message: r.mail.ID, Lead: r.mail.LeadID, Link: link})
	token := address[strings.LastIndexByte(address, '/')+1:]
	if err := r.leads.Visited(r.ctx, token, seconds); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reading) prefer(p models.Purpose, on bool) {
	r.t.Helper()
	address := r.links.Preferences(links.Ref{Message: r.mail.ID, Lead: r.mail.LeadID})
	_, err := r.leads.SetPreferences(r.ctx, address[strings.LastIndexByte(address, '/')+1:], map[models.Purpose]bool{p: on}, visitor)
	if err != nil {
		r.t.Fatal(err)
	}
}

// clicks are the verdicts on all of them, oldest first.
func (r *reading) clicks() (out []string) {
	for _, e := range all(r.world, r.store.EachEvent) {
		if e.Kind == models.MailClicked {
			out = append(out, string(e.Verdict))
		}
	}
	return out
}

// N3: only a click whose page was visible for two seconds is a person's, and only that one scores.
func TestOnlyAPersonsClickScores(t *testing.T) {
	for _, x := range []struct {
		what    string
		do      func(r *reading)
		clicks  string
		scores  bool
		noTrack bool
	}{
		{"a person: a link, and then its page", func(r *reading) { r.click(0, phone); r.pass(3 * time.Second); r.visit(0, 2) }, "human", true, false},
		{"reported again", func(r *reading) {
			r.click(0, phone)
			r.visit(0, 2)
			r.visit(0, 9)
			r.pass(time.Hour)
			r.click(0, phone)
		}, "human", true, false},
		{"the page is left at once", func(r *reading) { r.click(0, phone); r.visit(0, 1.9) }, "unsure", false, false},
		{"nothing is reported", func(r *reading) { r.click(0, phone) }, "unsure", false, false},
		{"a double click is one", func(r *reading) { r.click(0, phone); r.click(0, phone); r.visit(0, 2) }, "human", true, false},
		{"a visit without its click", func(r *reading) { r.visit(0, 20) }, "", false, false},
		{"a visit long after", func(r *reading) { r.click(0, phone); r.pass(time.Hour); r.visit(0, 20) }, "unsure", false, false},
		{"a program by name", func(r *reading) { r.click(0, "BarracudaCentral"); r.visit(0, 20) }, "machine", false, false},
		{"no name at all", func(r *reading) { r.click(0, ""); r.visit(0, 20) }, "machine", false, false},
		{"the moment it arrived", func(r *reading) { r.mail.SentAt = r.store.Now(); r.click(0, phone); r.visit(0, 20) }, "machine", false, false},
		{"all links, and the script run", func(r *reading) {
			for link := range 3 {
				r.click(link, phone)
			}
			r.pass(3 * time.Second)
			for link := range 3 {
				r.visit(link, 20)
			}
		}, "machine machine machine", false, false},
		{"the only link, and the page to unsubscribe", func(r *reading) {
			r.click(0, phone)
			address := r.links.Unsubscribe(links.Ref{Message: r.mail.ID, Lead: r.mail.LeadID})
			if _, err := r.leads.Unsubscription(r.ctx, address[strings.LastIndexByte(address, '/')+1:]); err != nil {
				r.t.Fatal(err)
			}
			r.pass(3 * time.Second)
			r.visit(0, 20)
		}, "unsure", false, false},
		{"a scanner, then the person", func(r *reading) {
			r.click(0, phone)
			r.click(1, phone)
			r.pass(10 * time.Minute)
			r.click(1, phone)
			r.pass(3 * time.Second)
			r.visit(1, 5)
		}, "machine machine human", true, false},
		{"two links, one after the other", func(r *reading) {
			r.click(0, phone)
			r.visit(0, 5)
			r.pass(5 * time.Minute)
			r.click(1, phone)
			r.visit(1, 5)
		}, "human human", true, false},
		{"who takes it back meanwhile", func(r *reading) {
			r.click(0, phone)
			r.prefer(models.Tracking, false)
			r.visit(0, 20)
		}, "unsure", false, false},
		{"who did not agree to it", func(r *reading) { r.click(0, phone); r.visit(0, 20) }, "", false, true},
	} {
		t.Run(x.what, func(t *testing.T) {
			each(t, leads.Config{}, func(t *testing.T, w *world) {
				r := w.reading(!x.noTrack)
				before := w.lead(narges).Score
				x.do(r)
				if got := strings.Join(r.clicks(), " "); got != x.clicks {
					t.Errorf("clicks %q, want %q", got, x.clicks)
				}
				// A point or two fade within the hour of a test; a click brings five.
				if after := w.lead(narges).Score; after > before+3 != x.scores {
					t.Errorf("score %v before, %v after", before, after)
				}
				counts, err := w.store.StepCounts(w.ctx, r.mail.SequenceID)
				if err != nil || (len(counts) == 1 && counts[0].What == models.CountClicked && counts[0].N == 1) != x.scores {
					t.Errorf("counted %+v, %v", counts, err)
				}
				w.sound()
			})
		})
	}
}

func (w *world) addresses() *links.Links {
	w.t.Helper()
	l, err := links.New([]byte(secret), "")
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

// N1, N3: a link to another site never tells of a visit. Such a click counts for the figures and conditions of its step, unless it
// was a machine's, also where that shows only by the next; it scores nothing.
func TestAClickToAnotherSite(t *testing.T) {
	for _, x := range []struct {
		what    string
		do      func(r *reading, away func(link int))
		clicked bool
	}{
		{"a person's", func(_ *reading, away func(int)) { away(0) }, true},
		{"one person's, twice", func(r *reading, away func(int)) { away(0); r.pass(time.Hour); away(1) }, true},
		{"a row of links", func(r *reading, away func(int)) { away(0); r.pass(time.Second); away(1) }, false},
		{"to us, without a visit", func(r *reading, _ func(int)) { r.click(0, phone) }, false},
	} {
		t.Run(x.what, func(t *testing.T) {
			each(t, leads.Config{}, func(t *testing.T, w *world) {
				r := w.reading(true)
				x.do(r, func(link int) {
					m := r.mail
					if err := w.leads.Click(w.ctx, leads.Click{Message: &m, Link: link, UserAgent: phone, Away: true}); err != nil {
						t.Fatal(err)
					}
				})
				clicked := models.Condition{On: models.OnClicked, Name: r.mail.Step, Op: models.OpKnown}
				if holds := clicked.Holds(&models.Lead{}, all(w, w.store.EachEvent), r.mail.SequenceID); holds != x.clicked {
					t.Errorf("the condition holds: %t", holds)
				}
				counts, err := w.store.CountsOfSequences(w.ctx, []models.ID{r.mail.SequenceID})
				if err != nil {
					t.Fatal(err)
				}
				var n int64
				for _, c := range counts[r.mail.SequenceID] {
					if c.What == models.CountClicked {
						n += c.N
					}
				}
				if want := map[bool]int64{true: 1}[x.clicked]; n != want {
					t.Errorf("counted %d times", n)
				}
				w.sound()
			})
		})
	}
}
