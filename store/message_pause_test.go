package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

var allClasses = []models.Class{models.ClassSales, models.ClassTransactional, models.ClassMarketing, models.ClassBulk}

// While all mail is paused none is read and none begins, of any class; what is in flight is still recorded.
func TestPausedMailDoesNotBegin(t *testing.T) {
	eachPost(t, func(p *post) {
		flying := p.owe(models.ClassMarketing, 0)
		p.round(store.MailRound{Begin: begin(flying)})
		var ids []models.ID
		for _, c := range allClasses {
			ids = append(ids, p.owe(c, 0))
		}
		if err := p.s.PauseMail(p.Context(), "restored from a backup"); err != nil {
			p.Fatal(err)
		}
		if why, err := p.s.MailPaused(p.Context()); err != nil || why != "restored from a backup" {
			p.Errorf("%q, %v", why, err)
		}
		if due, err := p.s.DueMail(p.Context(), allClasses, 10); err != nil || len(due) != 0 {
			p.Errorf("%v, %v", due, err)
		}
		start := p.round(store.MailRound{Begin: begin(ids...), Results: []store.MailResult{{ID: flying, Attempt: 1, State: models.MessageSent}}})
		if len(start.Begun) != 0 || len(start.Later) != 0 || p.message(flying).State != models.MessageSent {
			p.Errorf("%+v", start)
		}
		if err := p.s.ResumeMail(p.Context()); err != nil {
			p.Fatal(err)
		}
		if why, err := p.s.MailPaused(p.Context()); err != nil || why != "" {
			p.Errorf("%q, %v", why, err)
		}
		if due, err := p.s.DueMail(p.Context(), allClasses, 10); err != nil || len(due) != len(ids) {
			p.Errorf("%v, %v", due, err)
		}
		if start = p.round(store.MailRound{Begin: begin(ids...)}); len(start.Begun) != len(ids) {
			p.Errorf("%+v", start)
		}
	})
}

// When PauseMail has returned, no mail begins that was asked about before: the act and the rounds wait for each other.
func TestAPauseRacesRounds(t *testing.T) {
	eachPost(t, func(p *post) {
		var mu sync.Mutex
		var paused bool
		var ids []models.ID
		for range 40 {
			ids = append(ids, p.owe(models.ClassMarketing, 0))
		}
		var wg sync.WaitGroup
		for _, id := range ids {
			wg.Go(func() {
				mu.Lock()
				before := paused
				mu.Unlock()
				start, err := p.s.MailRound(context.Background(), store.MailRound{Owner: "me", Lease: time.Minute, Begin: begin(id)})
				if err != nil {
					t.Error(err)
				}
				if before && start.Begun[id] {
					t.Error("began after the pause was answered")
				}
			})
		}
		if err := p.s.PauseMail(p.Context(), "stop"); err != nil {
			p.Fatal(err)
		}
		mu.Lock()
		paused = true
		mu.Unlock()
		wg.Wait()
	})
}

// A mail of a paused sequence that was in flight when it was paused is not tried again before it goes on.
func TestAMailThatComesBackToAPausedSequenceWaits(t *testing.T) {
	eachPost(t, func(p *post) {
		q := &models.Sequence{Name: "a", Locale: "en"}
		if err := p.s.AddSequence(p.Context(), q); err != nil {
			p.Fatal(err)
		}
		if _, err := p.s.PublishSequence(p.Context(), q); err != nil {
			p.Fatal(err)
		}
		id := p.owe(models.ClassMarketing, 0, func(m *models.Message) { m.SequenceID = q.ID })
		p.round(store.MailRound{Begin: begin(id)})
		if err := p.s.PauseSequence(p.Context(), q.ID, "554 5.7.1 blocked"); err != nil {
			p.Fatal(err)
		}
		p.round(store.MailRound{Results: []store.MailResult{{ID: id, Attempt: 1, State: models.MessageQueued, DueAt: p.s.Now()}}})
		b := begin(id)
		b[0].Counts.Attempts = 1
		if start := p.round(store.MailRound{Begin: b}); len(start.Begun) != 0 || start.PutOff != 1 {
			p.Errorf("%+v", start)
		}
		if due, err := p.s.DueMail(p.Context(), allClasses, 10); err != nil || len(due) != 0 {
			p.Errorf("%v, %v", due, err)
		}
		if err := p.s.ResumeSequence(p.Context(), q.ID); err != nil {
			p.Fatal(err)
		}
		if start := p.round(store.MailRound{Begin: b}); !start.Begun[id] {
			p.Errorf("%+v", start)
		}
	})
}

// I9: mail to one domain is limited, marketing and bulk mail only; others pass it. What is put off is due at a time of
// its own, and the limit holds for every program.
func TestTheLimitPerDomain(t *testing.T) {
	eachPost(t, func(p *post) {
		to := func(domain string, ids ...models.ID) []store.MailBegin {
			b := begin(ids...)
			for i := range b {
				b[i].Domain = domain
			}
			return b
		}
		var slow []models.ID
		for range 6 {
			slow = append(slow, p.owe(models.ClassMarketing, 0))
		}
		other, gift := p.owe(models.ClassBulk, 0), p.owe(models.ClassTransactional, 0)
		asks := append(append(to("slow.example", slow...), to("other.example", other)...), to("slow.example", gift)...)
		start := p.round(store.MailRound{Begin: asks, PerDomain: 2, PerMinute: 10_000})
		if !start.Begun[slow[0]] || !start.Begun[other] || !start.Begun[gift] || len(start.Begun) != 3 || start.PutOff != 5 {
			p.Fatalf("%+v", start)
		}
		last := p.s.Now()
		for _, id := range slow[1:] {
			m := p.message(id)
			if m.State != models.MessageQueued || m.Attempts != 0 || m.DueAt.Sub(last) < 30*time.Second {
				p.Errorf("%+v, after %v", m, m.DueAt.Sub(last))
			}
			last = m.DueAt
		}
		p.now.Add(32)
		start = p.round(store.MailRound{Owner: "another", Begin: to("slow.example", slow[1], slow[2]), PerDomain: 2})
		if !start.Begun[slow[1]] || len(start.Begun) != 1 {
			p.Errorf("%+v", start)
		}
		p.now.Add(2 * 3600)
		if err := p.s.ForgetPaces(p.Context()); err != nil {
			p.Fatal(err)
		}
		if left, err := p.s.Setting(p.Context(), "mail.pace.slow.example"); err != nil || left != "" {
			p.Errorf("%q is kept, %v", left, err)
		}
		if left, err := p.s.Setting(p.Context(), "mail.pace"); err != nil || left == "" {
			p.Errorf("the limit of all mail is forgotten: %v", err)
		}
	})
}

// Mail to a domain that is slow can be passed over to find what waits behind it.
func TestMailToADomainCanBePassedOver(t *testing.T) {
	eachPost(t, func(p *post) {
		for _, to := range []string{"a@slow.example", "B@Slow.Example", "c@notslow.example", "d@slow.example.org"} {
			p.owe(models.ClassMarketing, 0, func(m *models.Message) { m.To = to })
		}
		due, err := p.s.DueMail(p.Context(), allClasses, 10, "slow.example")
		if err != nil || len(due) != 2 || due[0].To != "c@notslow.example" || due[1].To != "d@slow.example.org" {
			p.Errorf("%v, %v", due, err)
		}
	})
}
