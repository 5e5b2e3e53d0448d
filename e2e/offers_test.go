package e2e

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
)

// serveOffers serves a campaign for each kind of offer.
func serveOffers(t *testing.T) *program.Program {
	t.Helper()
	server := serve(t, "forms.per_network=0")
	must(t, scenes.PublishOffers(server.Dir))
	last := "/p/" + scenes.Offered(scenes.Offers[len(scenes.Offers)-1], "en")
	for range 400 {
		if got(server.Client().Get(last))(t).StatusCode == http.StatusOK {
			return server
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the offers are not published")
	return nil
}

// received is the newest mail to somebody, once it is sent.
func received(t *testing.T, server *program.Program, to string) mailer.Opened {
	t.Helper()
	ctx := context.Background()
	s := got(store.Open(ctx, store.Config{URL: filepath.Join(server.Dir, "sarnakh.db"), Log: slog.New(slog.DiscardHandler)}))(t)
	defer func() { must(t, s.Close()) }()
	for range 200 {
		var found models.ID
		must(t, s.EachMessage(ctx, func(rows []models.Message) error {
			for _, m := range rows {
				if m.To == to && m.State == models.MessageSent {
					found = m.ID
				}
			}
			return nil
		}))
		if found != 0 {
			return got(mailer.Open(got(s.MailBytes(ctx, found))(t)))(t)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no mail to %s", to)
	return mailer.Opened{}
}

// C3: what each kind of offer gives on the page and by mail, as its editor says. Nothing is on the page that anybody who
// types another's address should not read.
func TestWhatIsGiven(t *testing.T) {
	t.Parallel()
	server := serveOffers(t)
	for _, locale := range scenes.Locales {
		say := func(fa, en string) string { return map[string]string{"fa": fa, "en": en}[locale] }
		tab := sit(t, browser.Person{Site: server.URL, Language: locale})
		for _, test := range []struct {
			kind             string
			page, mail, hide []string
		}{
			{"event", []string{say("آذر", "3 December 2099"), say("به وقت تهران", "Tehran time"), say("تهران، سالن ۲", "Hall 2, Tehran")}, []string{say("ثبت‌نام شما انجام شد", "You are signed up"), scenes.MeetingURL}, []string{"meet.example.org"}},
			{"trial", []string{say("شروع دورهٔ آزمایشی", "Begin your trial")}, []string{scenes.TrialURL}, nil},
			{"made", []string{say("آماده می‌کنیم", "We are preparing your trial")}, []string{say("آماده می‌کنیم", "We are preparing your trial")}, nil},
			{"contest", []string{say("در مسابقه شرکت کردید", "You are taking part")}, []string{say("یک بار", "One entry each")}, nil},
			{"survey", []string{say("سپاس از وقتی", "Thank you for your time")}, []string{say("سپاس از وقتی", "Thank you for your time"), say("ماه بعد", "next month")}, nil},
			{"pool", nil, nil, []string{scenes.PoolCode}},
			{"letter", nil, []string{say("می‌بینیمتان", "See you soon")}, nil},
		} {
			slug := scenes.Offered(test.kind, locale)
			to := slug + "@firm.example"
			at := "/p/" + slug
			if test.kind == "pool" && locale == "en" { // at a booth the code is on the screen, by its owner's switch
				at += "/kiosk"
			}
			tab.Open(at)
			tab.Fill("#f-name", say("کاوه", "Karl Brandt"))
			tab.Fill("#f-email", to)
			if strings.HasSuffix(at, "/kiosk") { // whose script sends the form, so that a lost connection loses nothing
				tab.Click(scenes.Button)
				for n := 0; n < 200 && !tab.Has("[data-back]"); n++ {
					time.Sleep(50 * time.Millisecond)
				}
			} else if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Path(), "/thanks/") {
				t.Fatalf("%s answered %d at %s: %s", slug, status, tab.Path(), tab.Text("main"))
			}
			text := tab.Text("main")
			for _, part := range test.page {
				if !strings.Contains(text, part) {
					t.Errorf("%s: the page does not say %q: %s", slug, part, text)
				}
			}
			for _, part := range test.hide {
				if shown := strings.Contains(text, part); shown != strings.HasSuffix(at, "/kiosk") {
					t.Errorf("%s: the page says %q: %t", slug, part, shown)
				}
			}
			mail := received(t, server, to)
			for _, part := range test.mail {
				if !strings.Contains(mail.Subject+"\n"+mail.Text, part) {
					t.Errorf("%s: the mail does not say %q: %s\n%s", slug, part, mail.Subject, mail.Text)
				}
			}
			if test.kind == "pool" && !strings.Contains(mail.Text, scenes.PoolCode) {
				t.Errorf("%s: no code by mail:\n%s", slug, mail.Text)
			}
			if test.kind == "event" && (len(mail.Attachments) != 1 || !strings.HasPrefix(string(mail.Attachments[0].Data), "BEGIN:VCALENDAR\r\n")) {
				t.Errorf("%s: %+v", slug, mail.Attachments)
			}
		}
		file := got(server.Client().Get("/p/" + scenes.Offered("event", locale) + "/event.ics"))(t)
		if !strings.HasPrefix(file.Header.Get("Content-Type"), "text/calendar") || strings.Contains(file.Text, "meet.example.org") {
			t.Errorf("the file: %s", file.Text)
		}
		told(t, tab)
	}
}
