package faults

import "fmt"

// I2: each submission owes its mail, and each raised hand one to the salesperson.
func compareDebts(c *complaints, k *kept) {
	got, want := map[string]int{}, map[string]int{}
	hot, hands := map[string]int{}, map[string]bool{}
	for i := range k.messages {
		m := &k.messages[i]
		switch {
		case m.Kind == "hot" && m.Class == "sales" && m.To == salesperson:
			hot[m.LeadID]++
		default:
			got[fmt.Sprint(m.Class, " ", m.Kind, " about ", m.LeadID, " to ", m.To)]++
		}
	}
	for i := range k.submissions {
		row := &k.submissions[i]
		if !k.sameLead(row) {
			want[fmt.Sprint("transactional delivery about ", row.LeadID, " to ", row.Email)]++
		}
		hands[row.LeadID] = hands[row.LeadID] || row.Answers["call_me"] == "1"
	}
	c.same("I2 deliveries owed", got, want)
	for _, l := range k.leads {
		if n := hot[l.ID]; n > 1 || hands[l.ID] && n == 0 {
			c.wrong("I2 hot mails owed", "%d about %+v, hand %v", n, l, hands[l.ID])
		}
	}
}

// I2, I3: every mail has come to an end which agrees with what the mail server took. It took one twice only
// where its fate was unknown in between: then the same bytes, and nothing after the first over that
// connection.
func compareMails(c *complaints, k *kept, taken map[string][]delivery, unknowns map[string]int, inFlight int) {
	withdrawn := map[string]bool{}
	for i := range k.submissions {
		if row := &k.submissions[i]; row.Corrects != "" && !k.sameLead(row) && k.byID[row.Corrects] != nil {
			withdrawn[k.byID[row.Corrects].LeadID] = true
		}
	}
	known, delivered := map[string]bool{}, map[string]int{}
	for i := range k.messages {
		if m := &k.messages[i]; m.Kind == "delivery" && (m.State == "sent" || m.State == "unknown") {
			delivered[m.LeadID]++
		}
	}
	for lead, n := range delivered {
		if n > 1 {
			c.wrong("I9 a stranger is written to more than once a day", "%s: %d times", lead, n)
		}
	}
	for i := range k.messages {
		m := &k.messages[i]
		known[m.MessageID] = true
		times := len(taken[m.MessageID])
		switch m.State {
		case "sent":
			if times == 0 {
				c.wrong("I2 sent, but never taken", "%+v", m)
			}
		case "suppressed": // taken back by a correction, or one too many to somebody who never confirmed their address
			if times != 0 || m.Kind != "delivery" || !withdrawn[m.LeadID] && delivered[m.LeadID] == 0 {
				c.wrong("I2 withdrawn without a reason", "%+v, taken %d times", m, times)
			}
		case "unknown":
			if unknowns[m.MessageID] != 2 {
				c.wrong("I3 unknown at the first time", "%+v", m)
			}
		default:
			c.wrong("I2 no end", "%+v", m)
		}
		if times > 1+unknowns[m.MessageID] || times > 2 {
			c.wrong("I3 taken too often", "%d times, %d times unknown: %+v", times, unknowns[m.MessageID], m)
		}
		if m.Attempts > 1+unknowns[m.MessageID] || m.Attempts > 2 {
			c.wrong("I3 tried too often", "%d times unknown: %+v", unknowns[m.MessageID], m)
		}
	}
	for id, copies := range taken {
		if !known[id] {
			c.wrong("I3 nobody owed this mail", "%s to %s", id, copies[0].to)
		}
		for _, again := range copies[1:] {
			first := copies[0]
			if again.data != first.data || again.to != first.to {
				c.wrong("I3 the repeat is another mail", "%s", id)
			}
			if !first.last || again.kills == first.kills {
				c.wrong("I3 repeated though it was answered", "%s, first after %d kills, again after %d", id, first.kills, again.kills)
			}
		}
	}
	total := 0
	for _, n := range unknowns {
		total += n
	}
	if total > inFlight {
		c.wrong("I3 more unknown than were in flight", "%d, at most %d", total, inFlight)
	}
}
