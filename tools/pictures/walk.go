package main

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"sarnakh/e2e/browser"
)

// A visitor fills in the form of a page.
type visitor struct {
	page, name, email, phone, company, size string
	callMe                                  bool
}

func (v visitor) answers() url.Values {
	a := url.Values{"name": {v.name}, "email": {v.email}, "phone": {v.phone}, "company": {v.company}, "company_size": {v.size}}
	if v.callMe {
		a.Set("call_me", "1")
	}
	return a
}

// A walk is somebody at a tab who takes pictures on the way.
type walk struct {
	tab, guest *browser.Tab // of who works here, whose own looks aren't counted, and of visitors
	out        string
	err        error
}

// atGuest does something at the visitors' browser.
func (w *walk) atGuest(do func(tab *browser.Tab)) {
	office := w.tab
	w.tab = w.guest
	do(w.tab)
	w.tab = office
}

// How much of a page a picture shows.
const (
	phoneHeight   = 780
	desktopHeight = 800
)

// Who owns the server.
const (
	owner    = "mina@sarnakh.example"
	password = "a short sentence of mine"
)

// owner opens the one-time link and becomes the owner.
func (w *walk) owner(link string) {
	w.tab.Open(link)
	w.tab.Fill("[name=name]", "Mina Yavari")
	w.tab.Fill("[name=email]", owner)
	w.tab.Fill("[name=password]", password)
	w.tab.Click("label:has([name=locale][value=en])")
	w.take("setup", 0, desktopHeight)
	w.tab.Press("main .btn--primary:last-of-type")
}

func (w *walk) signIn() {
	w.tab.Resize(browser.Desktop)
	w.tab.Open("/admin/login")
	w.tab.Fill("[name=email]", owner)
	w.tab.Fill("[name=password]", password)
	w.tab.Press("main .btn--primary")
}

// visitor reads a page on a phone, fills in its form and gets the book.
func (w *walk) visitor(locale string, v visitor) {
	w.atGuest(func(tab *browser.Tab) {
		tab.Resize(browser.Phone)
		tab.Open(v.page)
		w.take("landing."+locale, 0, phoneHeight)
		for name, text := range map[string]string{"name": v.name, "email": v.email, "phone": v.phone, "company": v.company} {
			tab.Fill("#get [name="+name+"]", text)
		}
		tab.Click(fmt.Sprintf("label:has([name=company_size][value=%q])", v.size))
		if v.callMe {
			tab.Click("[name=call_me]")
		}
		w.take("form."+locale, browser.Eval[int](tab, "document.querySelector('#get').offsetTop - 24"), 860)
		tab.Press("#get button.btn--accent")
		w.take("thanks."+locale, 0, phoneHeight)
	})
}

// office looks into the rooms of the back office in a language.
func (w *walk) office(locale string) {
	w.tab.Resize(browser.Desktop)
	w.tab.Open("/admin/leads")
	if w.tab.Attr("html", "lang") != locale {
		w.tab.Press(`.side form[action="/admin/locale"] button`)
	}
	w.take("leads."+locale, 0, desktopHeight)
	w.follow("بهار رستگار")
	w.take("lead."+locale, 0, 1000)
	w.tab.Open("/admin/mailbox")
	w.take("mailbox."+locale, 0, desktopHeight)
}

// mail takes the newest mail to an address, as a phone shows it.
func (w *walk) mail(to, name string, height int) {
	w.tab.Resize(browser.Desktop)
	w.tab.Open("/admin/mailbox")
	w.follow(to)
	w.tab.Resize(browser.Phone)
	w.tab.Open(w.tab.Path() + "/html")
	w.take(name, 0, height)
}

// follow opens the first link in a row of the table that names somebody.
func (w *walk) follow(words string) {
	path := browser.Eval[string](w.tab, fmt.Sprintf(
		"[...document.querySelectorAll('tbody tr')].find(r => r.textContent.includes(%q))?.querySelector('a').getAttribute('href') ?? ''", words))
	if path == "" && w.err == nil {
		w.err = fmt.Errorf("%s is not on %s", words, w.tab.Path())
	}
	w.tab.Open(path)
}

// pause waits for what takes a moment: mails, a page that fades in.
func (w *walk) pause() { time.Sleep(time.Second) }

// take writes a part of the page: so many pixels from a height on.
func (w *walk) take(name string, from, height int) {
	browser.Eval[bool](w.tab, "document.activeElement?.blur(), true")
	w.pause()
	raw := w.tab.Picture()
	if w.err != nil || len(raw) == 0 {
		return
	}
	whole, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		w.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	part := image.Rect(0, from, whole.Bounds().Dx(), min(from+height, whole.Bounds().Dy()))
	seen := image.NewRGBA(part.Sub(part.Min)) // without the alpha that the browser adds
	draw.Draw(seen, seen.Bounds(), whole, part.Min, draw.Src)
	var out bytes.Buffer
	w.err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, seen)
	if w.err == nil {
		w.err = os.WriteFile(filepath.Join(w.out, name+".png"), out.Bytes(), 0o644)
	}
	log.Printf("%4d kB  %s.png", out.Len()>>10, name)
}
