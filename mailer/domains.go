package mailer

import (
	"slices"
	"strings"
	"time"

	"sarnakh/store"
)

// domains keep one slow domain from holding up marketing mail to all others: it gets half of the lines while there is
// mail to another.
type domains struct {
	share    int   // of the lines
	waiting  tally // mails held: read, and not begun
	prepared tally // of these, being composed or ready
	talking  tally // mails in flight
	crowded  string
	// alone until then: it was looked for mail to another domain in vain.
	alone time.Time
}

// fewLines are too few to be shared out.
const fewLines = 4

func newDomains(a *account) domains {
	share := len(a.lines)
	if share >= fewLines {
		share = (share + 1) / 2
	}
	return domains{share: share, waiting: tally{}, prepared: tally{}, talking: tally{}}
}

// A tally counts by domain.
type tally map[string]int

func (t tally) add(domain string, n int) {
	if t[domain] += n; t[domain] <= 0 {
		delete(t, domain)
	}
}

// domainOf is where an address is, in lower case.
func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

// othersWait says that mail is held to another domain.
func (d *domains) othersWait(domain string) bool {
	return len(d.waiting) > 1 || len(d.waiting) == 1 && d.waiting[domain] == 0
}

// full says that a domain has its share of the lines, and may have no more. Where no mail to another is held, there may
// be some behind what has been read: it is then looked for.
func (d *dispatch) full(domain string, taking int) bool {
	s := &d.domains
	if s.talking[domain]+taking < s.share || s.share == len(d.main.lines) {
		return false
	}
	if s.othersWait(domain) {
		return true
	}
	if d.drained || time.Now().Before(s.alone) {
		return false
	}
	s.crowded = domain
	return true
}

// lookPast looks for mail behind that to a domain which has its share, and says that more can begin now.
func (d *dispatch) lookPast() bool {
	domain := d.domains.crowded
	d.domains.crowded = ""
	if domain == "" || d.stopping {
		return false
	}
	began := time.Now()
	due, err := d.cfg.Store.DueMail(d.ctx, laneClasses[laneRest], readAhead, domain)
	if err != nil {
		d.rest("read due mail", err)
		return false
	}
	due = slices.DeleteFunc(due, func(m store.DueMail) bool { return domainOf(m.To) == domain }) // databases fold fewer letters
	if d.hold(laneRest, due) == 0 {
		// A long queue takes long to look through, so it is not done all the time.
		d.domains.alone = time.Now().Add(max(d.cfg.Poll, 20*time.Since(began)))
		return true
	}
	d.startComposing()
	return false // until they are composed
}

// nextToCompose is which of the waiting mails of the second lane is composed next: the first, but that one domain does
// not take all the room while mail to another waits.
func (d *dispatch) nextToCompose() int {
	if d.domains.share == len(d.main.lines) {
		return 0
	}
	return max(0, slices.IndexFunc(d.waiting[laneRest], func(m *store.DueMail) bool {
		domain := domainOf(m.To)
		return d.domains.prepared[domain] < d.allLines() || !d.domains.othersWait(domain)
	}))
}
