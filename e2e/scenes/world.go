package scenes

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
)

// A World is three servers: one at work, one whose owner has just come, and one that nobody owns.
type World struct {
	NewLink string // of the owner-to-be
	Busy    string // the page of a lead with a long past
	Papers  map[string]Papers

	browser              *browser.Browser
	atWork, begun, fresh *program.Program
	mu                   sync.Mutex
	tabs                 map[string]*browser.Tab
	codes                map[string][]string // of the guards, by language
}

// Papers are the paths that belong to one person's form, in one language.
type Papers struct {
	Thanks, Download, Expired string
	Lead, Quiet               string
	Delivery, Hot             string // mails
	Release                   string // of what was kept as spam
	Rights                    Rights
	Known                     string // a page that asks this person only what is not known yet
}

// Seed is how much made-up past the server at work has.
type Seed struct{ Leads, Events int }

// sales is told of hot leads.
const sales = "sales@example.com"

// New starts the servers over folders below dir, and lets people come by.
func New(binary program.Binary, b *browser.Browser, dir string, seed Seed) (*World, error) {
	w := &World{browser: b, tabs: map[string]*browser.Tab{}, codes: map[string][]string{}, Papers: map[string]Papers{}}
	past := binary.At(filepath.Join(dir, "work"))
	if r := past.Run("seed", "--leads", strconv.Itoa(seed.Leads), "--events", strconv.Itoa(seed.Events)); r.Code != 0 {
		return nil, fmt.Errorf("seed ended with %d: %s", r.Code, r.Err)
	}
	var err error
	for name, place := range map[string]**program.Program{"work": &w.atWork, "begun": &w.begun, "fresh": &w.fresh} {
		if *place, err = binary.Start(filepath.Join(dir, name), "forms.per_network=0", "sales.notify="+sales); err != nil {
			return nil, errors.Join(err, w.Close())
		}
	}
	if err := PublishForms(w.atWork.Dir); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if err := PublishBlocks(w.atWork.Dir); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if err := PublishOffers(w.atWork.Dir); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if err := w.populate(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if err := PublishStates(w.atWork.Dir); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Close stops the servers.
func (w *World) Close() (err error) {
	for _, p := range []*program.Program{w.atWork, w.begun, w.fresh} {
		if p != nil {
			err = errors.Join(err, p.Stop())
		}
	}
	return err
}

// server is where somebody is.
func (w *World) server(who Who) *program.Program {
	switch who {
	case Beginner:
		return w.begun
	case Newcomer:
		return w.fresh
	}
	return w.atWork
}

// Stage is the tab of a person who speaks a language, signed in where they can be.
func (w *World) Stage(who Who, locale string) (*Stage, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := string(who) + locale
	if w.tabs[key] == nil {
		tab, err := w.browser.NewTab(browser.Person{Site: w.server(who).URL, Language: locale})
		if err != nil {
			return nil, err
		}
		if err := w.signIn(tab, who, locale); err != nil {
			return &Stage{tab, w, locale}, err
		}
		w.tabs[key] = tab
	}
	return &Stage{w.tabs[key], w, locale}, nil
}

var roles = map[Who]string{Owner: "owner", Beginner: "owner", Seller: "sales", Guard: "marketer"}

// signIn adds a user for whoever is one, and lets them choose a password and their language.
func (w *World) signIn(t *browser.Tab, who Who, locale string) error {
	role := roles[who]
	if role == "" {
		return nil
	}
	link, err := w.server(who).AddUser(role+"."+locale+"@example.com", role, say(locale, "مینا یاوری", "Mina Yavari"))
	if err != nil {
		return err
	}
	t.Open(link)
	t.Fill("#f-password", "tea with rock sugar")
	t.Press(".gate .btn--primary")
	if t.Has(".side button[value=" + locale + "]") {
		t.Press(".side button[value=" + locale + "]")
	}
	return t.Err()
}

// populate lets people come by the server at work.
func (w *World) populate() (err error) {
	if w.NewLink, err = w.fresh.OwnerLink(); err != nil {
		return err
	}
	if _, err := w.atWork.AddUser("owner@example.com", "owner", "Owner"); err != nil {
		return err
	}
	for _, locale := range Locales {
		if err := w.visit(locale); err != nil {
			return err
		}
	}
	return w.papers()
}

// guess tries many passwords at once at the server without an owner, so that the next one has to wait.
func (w *World) guess() {
	var wait sync.WaitGroup
	for range 12 {
		wait.Go(func() {
			_, _ = w.fresh.Client().Post("/admin/login", url.Values{"email": {"guess@example.com"}, "password": {"not the one"}})
		})
	}
	wait.Wait()
}
