package faults

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// complaints shows the first few of each kind and counts the rest.
type complaints struct {
	*testing.T
	n map[string]int
}

func (c *complaints) wrong(kind, format string, args ...any) {
	c.Helper()
	if c.n[kind]++; c.n[kind] <= 5 {
		c.Errorf(kind+": "+format, args...)
	}
}

func (c *complaints) same(kind string, got, want map[string]int) {
	c.Helper()
	for key := range want {
		if got[key] != want[key] {
			c.wrong(kind, "%s: %d, want %d", key, got[key], want[key])
		}
	}
	for key, n := range got {
		if _, asked := want[key]; !asked {
			c.wrong(kind, "%s: %d, want none", key, n)
		}
	}
}

// compare holds what visitors were told (I1) and what the mail server took (I2, I3) against what is kept.
func compare(s *server, posts []*post, sink *sink, inFlight int) *kept {
	s.Helper()
	k, c := s.kept(), &complaints{s.T, map[string]int{}}
	comparePosts(c, k, posts)
	compareLeads(c, k)
	compareEvents(c, k)
	compareConsents(c, k)
	compareDebts(c, k)
	compareMails(c, k, sink.taken(), s.unknowns(), inFlight)
	for kind, n := range c.n {
		s.Logf("%s: %d times", kind, n)
	}
	return k
}

// I1: what was answered is there once, with these answers, and every repeat was told the same. What was not
// answered is there at most once.
func comparePosts(c *complaints, k *kept, posts []*post) {
	byMark := map[string][]*submissionRow{}
	for i := range k.submissions {
		row := &k.submissions[i]
		byMark[row.Answers["company"]] = append(byMark[row.Answers["company"]], row)
	}
	of, told := map[*post]string{}, map[string]*post{}
	for _, p := range posts {
		rows := byMark[p.mark()]
		delete(byMark, p.mark())
		switch {
		case len(rows) > 1 || len(rows) == 0 && p.answered():
			c.wrong("I1 a post is not there once", "%d times: %v, told %v, %d times nothing", len(rows), p.values, p.thanks, p.lost)
			continue
		case len(rows) == 0:
			continue
		}
		row := rows[0]
		of[p], k.sent[row.ID] = row.ID, p
		for _, at := range p.thanks {
			if at != p.thanks[0] || !strings.HasPrefix(at, "/p/"+p.slug+"/thanks/") {
				c.wrong("I1 a repeat is answered otherwise", "%v", p.thanks)
			}
			if other := told[at]; other != nil && other != p {
				c.wrong("I1 two posts have one answer", "%v and %v", p.values, other.values)
			}
			told[at] = p
		}
		if row.Campaign != p.slug || row.Email != p.email() || row.Verdict != "ok" || !maps.Equal(row.Answers, answers(p)) {
			c.wrong("I1 the answers are others", "%+v, sent %v", row, p.values)
		}
		if before := of[p.corrects]; row.Corrects != before { // a correction is sent after what it corrects was answered
			c.wrong("I1 it corrects another", "%+v, want %q", row, before)
		}
	}
	for mark, rows := range byMark {
		c.wrong("I1 nobody sent this", "%s: %+v", mark, rows[0])
	}
}

// answers are those of a post's values that the form asks for.
func answers(p *post) map[string]string {
	out := map[string]string{}
	for name := range p.values {
		if name != "_token" && !strings.HasPrefix(name, "consent.") {
			out[name] = p.values.Get(name)
		}
	}
	return out
}

// I1: one lead per address, whichever way that was typed, and none without a submission.
func compareLeads(c *complaints, k *kept) {
	leadOf := map[string]string{}
	for _, l := range k.leads {
		key := strings.ToLower(l.Email)
		if leadOf[key] != "" {
			c.wrong("I1 two leads have one address", "%s", key)
		}
		leadOf[key] = l.ID
	}
	used := map[string]bool{}
	for i := range k.submissions {
		row := &k.submissions[i]
		if used[row.LeadID] = true; leadOf[strings.ToLower(row.Email)] != row.LeadID {
			c.wrong("I1 a submission is not its sender's", "%+v", row)
		}
	}
	for _, l := range k.leads {
		if !used[l.ID] {
			c.wrong("I1 a lead sent nothing", "%+v", l)
		}
	}
}

// I1: each form is one event of its lead; a correction by the same lead is none, but for a hand it raises.
func compareEvents(c *complaints, k *kept) {
	got, want := map[string]int{}, map[string]int{}
	for _, e := range k.events {
		got[fmt.Sprint(e.Kind, " of ", e.LeadID, " with ", e.Data.Submission, " hand ", e.Data.CallMe)]++
	}
	for i := range k.submissions {
		row := &k.submissions[i]
		hand := row.Answers["call_me"] == "1"
		if k.sameLead(row) && (!hand || k.byID[row.Corrects].Answers["call_me"] == "1") {
			continue
		}
		want[fmt.Sprint("form_submitted of ", row.LeadID, " with ", row.ID, " hand ", hand)]++
	}
	c.same("I1 events", got, want)
}

// I1: every consent given is there, and a refusal once per lead and text shown; the two pages show two.
func compareConsents(c *complaints, k *kept) {
	got, want := map[string]int{}, map[string]int{}
	for _, r := range k.consents {
		got[r.Purpose+" "+r.Decision+" by "+r.LeadID+" on "+r.Page[strings.LastIndexByte(r.Page, '/')+1:]]++
	}
	for i := range k.submissions {
		row := &k.submissions[i]
		p := k.sent[row.ID]
		if p == nil {
			continue
		}
		for _, purpose := range []string{"newsletter", "tracking"} {
			if p.values.Get("consent."+purpose) == "1" {
				want[purpose+" given by "+row.LeadID+" on "+row.Campaign]++
			} else {
				want[purpose+" refused by "+row.LeadID+" on "+row.Campaign] = 1
			}
		}
	}
	c.same("I1 consents", got, want)
}
