// Command pictures takes the pictures of the README from the running program, walking the path that the
// README tells. Run it from the root of the repository, with Chromium installed: go run ./tools/pictures
package main

import (
	"errors"
	"flag"
	"log"
	"os"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "docs/pictures", "folder to write to")
	flag.Parse()
	if err := run(*out); err != nil {
		log.Fatal("pictures: ", err)
	}
}

func run(out string) error {
	dir, err := os.MkdirTemp("", "sarnakh-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	binary, err := program.Build(dir)
	if err != nil {
		return err
	}
	b, err := browser.Start()
	if err != nil {
		return err
	}
	defer b.Close()
	// Mail to salespeople is in the server's language, so the same data is served in both, one after the other.
	for _, act := range []struct {
		locale string
		walk   func(*walk, *program.Program)
	}{{"fa", first}, {"en", second}} {
		server, err := binary.Start(dir+"/data", "forms.min_seconds=0", "forms.per_network=0", "locale="+act.locale)
		if err != nil {
			return err
		}
		tab, err := b.NewTab(browser.Person{Site: server.URL, Language: "en"})
		guest, err2 := b.NewTab(browser.Person{Site: server.URL, Language: "en"})
		if err := errors.Join(err, err2); err != nil {
			return errors.Join(err, server.Stop())
		}
		w := &walk{tab: tab, guest: guest, out: out}
		act.walk(w, server)
		if err := errors.Join(w.err, tab.Err(), guest.Err(), server.Stop()); err != nil {
			return err
		}
	}
	return nil
}

// first: somebody becomes the owner, leads come in, one of them on a phone.
func first(w *walk, server *program.Program) {
	link, err := server.OwnerLink()
	if err != nil {
		w.err = err
		return
	}
	w.owner(link)
	for _, o := range others {
		if _, err := server.Client().Submit(o.page, o.answers()); err != nil {
			w.err = err
			return
		}
	}
	w.visitor("fa", visitor{"/p/rahnama", "بهار رستگار", "bahar@nakhsaz.example", "۰۹۱۲ ۷۶۵ ۴۳۲۱", "نخ‌ساز", "11-50", false})
	w.pause() // the mails are sent
	w.office("fa")
	w.course("fa")
	w.mail("bahar@nakhsaz.example", "mail.delivery", 560)
	w.mail(owner, "mail.hot.fa", phoneHeight)
}

// second: a visitor of the English page raises a hand.
func second(w *walk, _ *program.Program) {
	w.visitor("en", visitor{"/p/playbook", "Adam Novak", "adam@novak.example", "+420 601 123 456", "Novak Instruments", "51-200", true})
	w.pause()
	w.signIn()
	w.office("en")
	w.course("en")
	w.mail(owner, "mail.hot.en", phoneHeight)
}

// others stand in the list of leads: made-up people, at addresses that can never be anyone's (RFC 2606).
var others = []visitor{
	{"/p/rahnama", "نرگس مهرآیین", "narges@mehr.example", "۰۹۱۲۳۴۵۶۷۸۹", "چاپ مهر", "2-10", false},
	{"/p/playbook", "Karl Brandt", "karl@brandt.example", "", "Brandt Tools", "51-200", false},
	{"/p/rahnama", "سهراب الوندی", "sohrab@alvand.example", "۰۹۳۵۱۲۳۴۵۶۷", "فولاد الوند", "201-500", true},
	{"/p/playbook", "Ines Moreau", "ines@moreau.example", "+33612345678", "Atelier Moreau", "1", false},
	{"/p/rahnama", "لیلا کاویان", "leila@kavian.example", "", "", "", false},
}
