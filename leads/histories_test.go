package leads_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"

	"pgregory.net/rapid"
)

// A someone is what a small model knows of a person: nothing but what they did.
type someone struct {
	email                  string
	lead                   models.ID // 0: nobody knows them
	mail                   models.ID // one that was sent to them
	asked                  bool      // the newsletter, ever, since they were last forgotten
	waiting, live, quieted bool
}

// I4, I6, I7: whatever people do, in whatever order, the newsletter goes to those who agreed to it last, and to
// nobody else. A thousand histories on two databases against a model of a few lines; -rapid.checks makes more of them.
func TestHistoriesOfConsent(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		nth := 0
		rapid.Check(t, func(rt *rapid.T) {
			for range 5 {
				nth++
				h := &history{world: w, rt: rt, links: w.addresses()}
				for i := range 2 {
					h.people = append(h.people, &someone{email: fmt.Sprintf("p%d-%d@mail%d.example", nth, i, nth%7)})
				}
				for range rapid.IntRange(1, 10).Draw(rt, "acts") {
					h.act()
				}
			}
		})
		w.sound()
		t.Logf("%d histories", nth)
	})
}

type history struct {
	*world
	rt     *rapid.T
	links  *links.Links
	people []*someone
}

func (h *history) act() {
	p := rapid.SampledFrom(h.people).Draw(h.rt, "who")
	acts := map[string]func(*someone) error{
		"fill": func(p *someone) error { return h.fill(p, false) }, "tick": func(p *someone) error { return h.fill(p, true) },
		"confirm": h.confirm, "quit": h.quit, "on": func(p *someone) error { return h.prefer(p, true) },
		"off": func(p *someone) error { return h.prefer(p, false) }, "erase": h.erase, "write": h.write, "wait": h.wait,
	}
	names := make([]string, 0, len(acts))
	for name := range acts {
		names = append(names, name)
	}
	slices.Sort(names)
	name := rapid.SampledFrom(names).Draw(h.rt, "act")
	if p.lead == 0 && name != "fill" && name != "wait" {
		name = "tick"
	}
	if err := acts[name](p); err != nil {
		h.rt.Fatalf("%s: %v", name, err)
	}
	for _, p := range h.people {
		h.compare(name, p)
	}
}

func (h *history) compare(after string, p *someone) {
	held, err := h.store.Suppressions(h.ctx, h.leads.HashIdentity(p.email))
	if err != nil {
		h.rt.Fatal(err)
	}
	if quieted := len(held) > 0; quieted != p.quieted {
		h.rt.Fatalf("after %s: suppressed %v, %+v", after, quieted, *p)
	}
	if p.lead == 0 {
		return
	}
	rows, err := h.store.ConsentsOf(h.ctx, p.lead, 100)
	if err != nil {
		h.rt.Fatal(err)
	}
	slices.Reverse(rows)
	_, waiting := models.Unconfirmed(rows, models.Newsletter)
	if live := models.Live(rows, models.Newsletter); live != p.live || waiting != p.waiting {
		h.rt.Fatalf("after %s: live %v, waiting %v, %+v", after, live, waiting, *p)
	}
}

func (h *history) fill(p *someone, tick bool) error {
	form := h.open("playbook").with("email", p.email)
	if tick {
		form = form.with("consent.newsletter", "1")
	}
	if _, err := form.send(); err != nil {
		return err
	}
	l, err := h.store.LeadByIdentity(h.ctx, p.email)
	if err != nil {
		return err
	}
	p.lead, p.asked = l.ID, true
	mails, err := h.store.MessagesOf(h.ctx, l.ID, 1)
	if err != nil || len(mails) == 0 {
		return fmt.Errorf("no mail: %w", err)
	}
	p.mail = mails[0].ID
	if tick && !p.live {
		p.waiting = true
	}
	return nil
}

func (h *history) ref(p *someone) links.Ref {
	return links.Ref{Message: p.mail, Lead: p.lead, At: h.clock()}
}

func token(address string) string { return address[strings.LastIndexByte(address, '/')+1:] }

func (h *history) confirm(p *someone) error {
	_, err := h.leads.Confirm(h.ctx, token(h.links.Confirm(h.ref(p))), visitor)
	if p.waiting {
		p.waiting, p.live, p.quieted = false, true, false
	}
	return err
}

func (h *history) quit(p *someone) error {
	_, err := h.leads.Unsubscribe(h.ctx, token(h.links.Unsubscribe(h.ref(p))), models.ByOneClick, visitor)
	p.waiting, p.live, p.quieted = false, false, true
	return err
}

func (h *history) prefer(p *someone, on bool) error {
	_, err := h.leads.SetPreferences(h.ctx, token(h.links.Preferences(h.ref(p))), map[models.Purpose]bool{models.Newsletter: on}, visitor)
	switch {
	case on && !p.live:
		p.waiting, p.live, p.quieted = false, true, false
	case !on && (p.live || p.waiting):
		p.waiting, p.live, p.quieted = false, false, true
	}
	return err
}

func (h *history) erase(p *someone) error {
	err := h.leads.EraseLead(h.ctx, p.lead, 0, "")
	*p = someone{email: p.email, quieted: true}
	return err
}

// write owes them a marketing mail, which may begin only where they agree to it now.
func (h *history) write(p *someone) error {
	m := models.Message{ID: h.store.NewID(), LeadID: p.lead, Class: models.ClassMarketing, Kind: models.MailStep, State: models.MessageQueued,
		To: p.email, Purpose: models.Newsletter, CreatedAt: h.store.Now(), DueAt: h.store.Now()}
	m.Ident, m.MessageID = "step:"+m.ID.String(), m.ID.String()+"@x"
	if err := h.store.OweMail(h.ctx, m); err != nil {
		return err
	}
	start, err := h.store.MailRound(h.ctx, store.MailRound{Owner: "worker", Lease: time.Minute,
		Begin: []store.MailBegin{{ID: m.ID, Hashes: []string{h.leads.HashIdentity(p.email)}}}})
	if err != nil {
		return err
	}
	if begun := start.Begun[m.ID]; begun != (p.live && !p.quieted) {
		return fmt.Errorf("the mail began: %v, %+v", begun, *p)
	}
	_, err = h.store.MailRound(h.ctx, store.MailRound{Owner: "worker", Results: []store.MailResult{{ID: m.ID, Attempt: 1, State: models.MessageSent}}})
	return err
}

// wait until what nobody confirmed has expired.
func (h *history) wait(*someone) error {
	h.pass(31 * 24 * time.Hour)
	_, err := h.leads.ExpireConsents(h.ctx)
	for _, p := range h.people {
		p.waiting = false
	}
	return err
}
