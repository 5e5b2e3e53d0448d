package mailer_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/mailer"
	"sarnakh/models"
)

const (
	outageStep = 30 * time.Minute // between what is owed
	outageTurn = 101 * time.Millisecond
	nextStep   = 6 * time.Hour // of a sequence, when the one before is too late

	outagePerMinute = 600 // one each 100 ms
	outagePerDomain = 6
	largeProvider   = "large.example"
)

// What is owed while the mail server is away, each so many steps, and how long it may wait.
var owedInTheOutage = []struct {
	class  models.Class
	each   int
	life   time.Duration
	domain string
}{
	{models.ClassSales, 2, 24 * time.Hour, "firm.example"},
	{models.ClassTransactional, 1, 72 * time.Hour, "gift.example"},    // what a form promised
	{models.ClassTransactional, 2, 48 * time.Hour, "confirm.example"}, // a fresh button
	{models.ClassMarketing, 1, nextStep, "d%d.example"},
	{models.ClassMarketing, 1, nextStep, largeProvider},
	{models.ClassBulk, 2, 0, "b%d.example"},
}

// An outage is what happens while a mail server is away and after it: by the world's clock, which stands still until
// all that a moment allows has happened.
type outage struct {
	*world
	worker   *mailer.Worker
	server   *mailServer
	sequence models.ID
	knocked  int64            // how often the server was looked for in vain
	owed     []models.Message // in the order in which they became due

	mu      sync.Mutex
	arrived []arrival
}

// An arrival is a mail that the server took.
type arrival struct {
	to string
	at time.Time
}

// I2, I9: the mail server refuses every connection for a day, while mail of all classes is owed. Nobody's attempts are
// used up; what is too late is dropped, and that is said. When the server is back the rest is sent, the oldest of the
// first class first, and no faster than the limits allow.
func TestTheMailServerIsAwayForADay(t *testing.T) {
	each(t, func(w *world) {
		o := &outage{world: w, sequence: w.store.NewID()}
		o.server = newServerAt(t, freeAddress(t), func(k *talk) { k.stay = o.arrives; k.talkBy(nil) })
		cfg := w.config(o.server, "")
		cfg.PerMinute, cfg.PerDomain = outagePerMinute, outagePerDomain
		o.worker, _ = w.start(cfg)
		w.until(w.owe(models.ClassSales), models.MessageSent) // it was there before
		w.advance(time.Minute)

		o.server.goAway()
		o.passADay()
		o.staysAway()
		late := o.owe(models.ClassMarketing, 2*time.Second, "late.example") // it stands behind some ninety others
		o.server.comeBack()
		w.advance(time.Minute) // the breaker looks again
		back := w.clock()
		o.catchUp()

		o.ended(back, late)
		o.inOrder()
		o.withinLimits(back)
		w.Logf("%d mails owed, looked for the server %d times, then %v", len(o.owed), o.knocked, o.states())
	})
}

// arrives is told of each mail that the server takes.
func (o *outage) arrives(to string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.arrived = append(o.arrived, arrival{to, o.clock()})
}

func (o *outage) arrivals() []arrival {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.arrived[1:]) // but that from before
}

func (o *outage) owe(class models.Class, life time.Duration, domain string) models.ID {
	o.Helper()
	id := o.world.owe(class, func(m *models.Message) {
		if strings.Contains(domain, "%d") {
			domain = fmt.Sprintf(domain, len(o.owed))
		}
		m.To = fmt.Sprintf("narges%d@%s", len(o.owed), domain)
		if m.NotAfter = 0; life > 0 {
			m.NotAfter = m.CreatedAt.Add(life)
		}
		if class == models.ClassMarketing {
			m.SequenceID, m.Step = o.sequence, "two"
		}
	})
	o.owed = append(o.owed, o.message(id))
	return id
}

// passADay owes mail at every step of the day. At each the worker knocks in vain.
func (o *outage) passADay() {
	o.Helper()
	for step := range int(24 * time.Hour / outageStep) {
		for _, x := range owedInTheOutage {
			if step%x.each == 0 {
				o.owe(x.class, x.life, x.domain)
			}
		}
		o.knocks()
		o.advance(outageStep)
	}
}

// knocks waits until the server was looked for since the clock was moved. Where the breaker is open that is once, whatever
// waits.
func (o *outage) knocks() {
	o.Helper()
	open := o.worker.Stats().Accounts[0].Paused != 0
	o.worker.Wake()
	o.eventually("the server is looked for", func() bool { return o.worker.Stats().Unreachable > o.knocked })
	n := o.worker.Stats().Unreachable - o.knocked
	if o.knocked += n; open && n != 1 {
		o.Errorf("looked for it %d times at once", n)
	}
}

// staysAway some minutes longer, until all is dropped that is too late by then.
func (o *outage) staysAway() {
	o.Helper()
	o.advance(5 * time.Minute)
	o.knocks()
	late := 0
	for _, m := range o.owed {
		if m.NotAfter != 0 && m.NotAfter < o.store.Now() {
			late++
		}
	}
	o.eventually("what is too late is dropped", func() bool { return o.states()[models.MessageExpired] == late })
	if n := o.states()[models.MessageQueued]; n != len(o.owed)-late || len(o.arrivals()) != 0 {
		o.Errorf("%d wait of %d, %d are too late, %d arrived", n, len(o.owed), late, len(o.arrivals()))
	}
	if a := o.worker.Stats().Accounts[0]; a.Paused == 0 || !strings.HasPrefix(a.Reason, "connect: ") {
		o.Errorf("what is said of the account: %+v", a)
	}
}

// catchUp lets the clock go on by what one mail takes, and further where the limit of a domain has put the rest off.
func (o *outage) catchUp() {
	o.Helper()
	for {
		before := len(o.arrivals())
		o.worker.Wake()
		o.eventually("one arrives, or none may", func() bool { return len(o.arrivals()) > before || !o.anyMay() })
		switch n := len(o.arrivals()) - before; {
		case n == 0 && o.states()[models.MessageQueued] == 0:
			return
		case n == 0:
			o.advance(time.Second)
		case n == 1:
			o.advance(outageTurn)
		default:
			o.Fatalf("%d mails at once", n)
		}
	}
}

// anyMay tells that a mail is being sent, or could begin now.
func (o *outage) anyMay() (may bool) {
	o.Helper()
	o.each(func(m *models.Message) {
		may = may || m.State == models.MessageSending || m.State == models.MessageQueued && m.DueAt <= o.store.Now()
	})
	return may
}

func (o *outage) states() map[models.MessageState]int {
	o.Helper()
	n := map[models.MessageState]int{}
	o.each(func(m *models.Message) { n[m.State]++ })
	return n
}

// each reads the rows of what was owed.
func (o *outage) each(do func(m *models.Message)) {
	o.Helper()
	err := o.store.EachMessage(o.Context(), func(rows []models.Message) error {
		for i := range rows {
			if rows[i].ID >= o.owed[0].ID {
				do(&rows[i])
			}
		}
		return nil
	})
	if err != nil {
		o.Fatal(err)
	}
}
