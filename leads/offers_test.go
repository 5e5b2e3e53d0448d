package leads_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sarnakh/hooks"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/mailer"
	"sarnakh/models"
)

// twice fails the test where a mail is not the same each time (I3), and gives its words.
func (w *world) twice(m models.Message) mailer.Mail {
	w.t.Helper()
	first, again := w.words(m), w.words(m)
	if first.Subject != again.Subject || first.HTML != again.HTML || first.Text != again.Text || len(first.Attachments) != len(again.Attachments) {
		w.t.Error("the second mail differs")
	}
	for i := range first.Attachments {
		if !bytes.Equal(first.Attachments[i].Data, again.Attachments[i].Data) {
			w.t.Error("the second file differs")
		}
	}
	if n, _ := json.Marshal(m.Merge); len(n) > 1024 {
		w.t.Errorf("%d bytes of values", len(n))
	}
	return first
}

// says fails the test where a text lacks one of the parts, or has one that begins with "!".
func says(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if not, ok := strings.CutPrefix(part, "!"); ok == strings.Contains(text, strings.TrimPrefix(part, "!")) {
			t.Errorf("%q (not: %t) in\n%s", part, ok && not != "", text)
		}
	}
}

// C3: the marketer's words stand above what the mail brings, filled with what the sender typed, and can be built again.
func TestALetterInTheMarketersWords(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.campaign("letter", func(d *models.CampaignDoc) {
			d.Offer.Letter = models.Letter{Subject: "{{first_name|Hello}}, your {{offer}}\r\nBcc: x@example.com",
				Text: "Dear **{{name|reader}}** of {{company|your company}},\n\n[the page]({{page_url}}), [elsewhere](javascript:alert(1)), <b>x</b>\n\n[Take it]({{download_url}} \"button\")"}
		})
		w.open("letter").with("name", "Nora <b>Hale").mustSend()
		words := w.twice(w.mail(models.MailDelivery))
		says(t, words.Text, "Hi Nora bHale", "of your company", "https://leads.example.org/p/letter", "Take it:\nhttps://leads.example.org/d/", "!javascript", "!{{", "Download it")
		says(t, words.HTML, "&lt;b&gt;x&lt;/b&gt;", "!javascript:", "!<script")
		if strings.ContainsAny(words.Subject, "\r\n") || !strings.Contains(words.Subject, ", your ") || !strings.HasSuffix(words.Subject, "Bcc: x@example.com") {
			t.Errorf("subject %q", words.Subject)
		}
		w.open("letter").with("name", "نرگس مهرآیین", "email", "n2@example.com").mustSend()
		says(t, w.twice(w.mail(models.MailDelivery)).Text, "Dear \u2068نرگس مهرآیین\u2069 of")
		w.open("playbook").with("email", "n3@example.com").mustSend()
		says(t, w.twice(w.mail(models.MailDelivery)).Subject, "Your download is ready")
	})
}

// C3: when and where an event is, with a file for the calendar; the address of the meeting in the mail alone.
func TestAnEventInTheMail(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		from := models.At(time.Date(2026, 12, 3, 14, 30, 0, 0, time.UTC))
		w.campaign("webinar", func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferWebinar, Title: "How to follow up",
				Event: &models.Gathering{From: from, Until: from.Add(time.Hour), Zone: "Asia/Tehran", Place: "Hall 2", URL: "https://meet.example.org/x"}}
		})
		w.open("webinar").mustSend()
		words := w.twice(w.mail(models.MailDelivery))
		says(t, words.Subject, "You are signed up: How to follow up")
		says(t, words.Text, "Thursday, 3 December 2026 (12 Azar 1405)\n18:00–19:00, Tehran time (UTC+03:30)", "Hall 2", "https://meet.example.org/x")
		if len(words.Attachments) != 1 || words.Attachments[0].Name != "event.ics" || !bytes.Contains(words.Attachments[0].Data, []byte("meet.example.org")) {
			t.Errorf("%+v", words.Attachments)
		}
		p := w.page("webinar")
		if bytes.Contains(w.leads.Calendar(p, false), []byte("meet.")) {
			t.Error("the address is open to all")
		}
	})
}

// C3: a contest says until when and by which rules, a survey what its page said, a trial with an address where it begins.
func TestOtherOffersInTheMail(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		for slug, test := range map[string]struct {
			offer models.Offer
			says  []string
		}{
			"contest": {models.Offer{Kind: models.OfferContest, Title: "The draw", Contest: &models.Contest{Until: models.At(time.Date(2027, 3, 20, 20, 30, 0, 0, time.UTC)), Rules: "One *entry* each.\n\n- no staff"}},
				[]string{"You are taking part", "Entries count until 20 Mar 2027.", "One entry each.", "- no staff"}},
			"survey": {models.Offer{Kind: models.OfferSurvey, Title: "Survey"}, []string{"We have your answers", "Thanks a lot", "Second line"}},
			"trial":  {models.Offer{Kind: models.OfferTrial, Title: "Two weeks", Trial: &models.Trial{URL: "https://app.example.org/signup", Days: 14}}, []string{"Begin your trial:\nhttps://app.example.org/signup", "It lasts 14 days."}},
		} {
			w.campaign(slug, func(d *models.CampaignDoc) {
				d.Offer, d.Form.Thanks = test.offer, models.Thanks{Heading: "Thanks a lot", Text: "First line\nSecond line"}
			})
			w.open(slug).with("email", slug+"@example.com").mustSend()
			says(t, w.twice(w.mail(models.MailDelivery)).Text, test.says...)
			preview, err := w.leads.PreviewDelivery(w.ctx, w.page(slug))
			if err != nil {
				t.Fatal(err)
			}
			says(t, preview.Text, test.says...)
		}
	})
}

// A maker is the owner's program that makes trials.
type maker struct {
	mu     sync.Mutex
	asked  []map[string]any
	ids    []string
	status int
	answer string
	secret []byte
	bad    int // calls whose signature is wrong
}

func (m *maker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	said := map[string]any{}
	_ = json.Unmarshal(body, &said)
	m.asked, m.ids = append(m.asked, said), append(m.ids, r.Header.Get("webhook-id"))
	seconds, err := time.ParseDuration(r.Header.Get("webhook-timestamp") + "s")
	if err != nil || hooks.Sign(m.secret, r.Header.Get("webhook-id"), time.Unix(int64(seconds.Seconds()), 0), body) != r.Header.Get("webhook-signature") {
		m.bad++
	}
	if m.status != 0 {
		w.WriteHeader(m.status)
	}
	_, _ = io.WriteString(w, m.answer)
}

// calling lets the world's leads call a program on this machine, and publishes a campaign whose trials it makes.
func (w *world) calling(t *testing.T, m *maker) {
	t.Helper()
	server := httptest.NewTLSServer(m)
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	anyone := func(string, string, syscall.RawConn) error { return nil }
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	w.leads, err = leads.New(leads.Config{Secret: []byte(secret), BaseURL: "https://leads.example.org", MailDomain: "leads.example.org", Zone: zone, Locale: i18n.FA},
		leads.Deps{Store: w.store, Cards: w.camps, Clock: w.clock, Log: slog.New(slog.DiscardHandler), Wake: func() { w.woken.Add(1) }, Hooks: hooks.NewGuarded(w.clock, anyone, roots)})
	if err != nil {
		t.Fatal(err)
	}
	p := w.campaign("trial", func(d *models.CampaignDoc) {
		d.Offer = models.Offer{Kind: models.OfferTrial, Title: "Two weeks", Trial: &models.Trial{Webhook: server.URL + "/new", Days: 14}}
	})
	m.secret = w.leads.TrialSecret(p.ID)
}

// jobs are the trials owed now, as a queue would claim them.
func (w *world) jobs() (out []models.Job) {
	w.t.Helper()
	rows, err := w.db().Query("SELECT ident FROM jobs WHERE kind = 'trial' AND failed_at = 0 ORDER BY id")
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		j := models.Job{Kind: leads.JobTrial}
		if err := rows.Scan(&j.Ident); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, j)
	}
	return out
}

// C3: a trial is owed with its form, made by the owner's program under one id however often it is asked, and its address
// mailed once; a robot is owed none, and whoever was forgotten gets none.
func TestATrialMadeByTheOwnersProgram(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		m := &maker{status: http.StatusBadGateway}
		w.calling(t, m)
		w.open("trial").with("website_url", "http://x.example", "email", "robot@example.com").mustSend()
		if n := len(w.jobs()); n != 0 {
			t.Fatalf("%d trials for a robot", n)
		}
		f := w.open("trial").with("name", "Nora Hale", "phone", "09123456789")
		receipt := f.mustSend()
		f.mustSend() // pressed twice
		jobs := w.jobs()
		if len(jobs) != 1 {
			t.Fatalf("%d trials owed", len(jobs))
		}
		says(t, w.twice(w.mail(models.MailDelivery)).Text, "We are preparing your trial", "!only email")
		err := w.leads.MakeTrial(w.ctx, jobs[0])
		if fault, ok := errors.AsType[*hooks.Fault](err); !ok || fault.Status != 502 {
			t.Fatalf("a program that fails: %v", err)
		}
		for _, wrong := range []string{`{"url": "http://app.example.org"}`, `{"url": "https://"}`, `{"url": "javascript:alert(1)"}`, `<html>`, `{"url": "https://x y"}`, `{"url": 7}`, `{"url": "https://` + strings.Repeat("a", 800) + `"}`} {
			m.status, m.answer = 0, wrong
			if err := w.leads.MakeTrial(w.ctx, jobs[0]); err == nil || err.Error() != "answer" {
				t.Errorf("%s: %v", wrong, err)
			}
		}
		if len(w.mails(models.MailTrial)) != 0 {
			t.Fatal("mailed without an address")
		}
		m.answer = `{"url": "https://app.example.org/start/k3?a=1&b=2"}`
		for range 2 { // the program died before the job was done
			if err := w.leads.MakeTrial(w.ctx, jobs[0]); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(w.mails(models.MailTrial)); n != 1 {
			t.Fatalf("%d mails", n)
		}
		words := w.twice(w.mail(models.MailTrial))
		says(t, words.Subject, "Your trial is ready: Two weeks")
		says(t, words.Text, "Hi Nora Hale", "https://app.example.org/start/k3?a=1&b=2", "It lasts 14 days.")
		last := m.asked[len(m.asked)-1]
		if m.bad != 0 || last["email"] != "narges@example.com" || last["name"] != "Nora Hale" || last["campaign"] != "trial" || last["days"] != 14.0 || last["locale"] != "en" || last["id"] != receipt.Submission.String() {
			t.Errorf("%d wrong signatures; asked %v", m.bad, last)
		}
		for _, id := range m.ids {
			if id != receipt.Submission.String() {
				t.Errorf("asked under %s", id)
			}
		}
		w.sound()
	})
}

// A program that writes itself answers nothing; and nobody is asked for, or written to, who is gone or was a slip.
func TestTrialsThatAreNotMailed(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		m := &maker{}
		w.calling(t, m)
		w.open("trial").mustSend()
		for _, answer := range []string{"", " \n", "{}", `{"id": "x"}`} {
			m.answer = answer
			if err := w.leads.MakeTrial(w.ctx, w.jobs()[0]); err != nil {
				t.Errorf("%q: %v", answer, err)
			}
		}
		m.answer = `{"url": "https://app.example.org/x"}`
		slip := w.open("trial").with("email", "slip@example.com")
		slip.mustSend()
		slipped := w.jobs()[1]
		slip.with("email", "right@example.com").mustSend()
		if n := len(w.jobs()); n != 3 {
			t.Errorf("%d trials owed", n)
		}
		if err := w.leads.MakeTrial(w.ctx, slipped); err != nil {
			t.Error(err)
		}
		asked := len(m.asked)
		for _, ident := range []string{"", "x", "x:zzz", "1:1"} {
			if err := w.leads.MakeTrial(w.ctx, models.Job{Ident: ident}); err != nil {
				t.Errorf("%q: %v", ident, err)
			}
		}
		if err := w.leads.MakeTrial(w.ctx, w.jobs()[2]); err != nil {
			t.Error(err)
		}
		if mails := w.mails(models.MailTrial); len(mails) != 1 || mails[0].To != "right@example.com" || len(m.asked) != asked+1 {
			t.Errorf("mails: %+v, asked %d", mails, len(m.asked)-asked)
		}
	})
}

// C5: at a booth, by the owner's switch, the code is on the screen: for whoever got it now, for ten minutes, and there only.
func TestACodeOnTheScreenOfABooth(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.pool(5, func(p *models.CouponPool) { p.OnScreen = true })
		send := func(email string, change func(*leads.Post)) leads.Receipt {
			t.Helper()
			post := w.open("pool").with("email", email).post()
			if change != nil {
				change(&post)
			}
			r, err := w.leads.Capture(w.ctx, post)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		screen := func(r leads.Receipt) string {
			t.Helper()
			thanks, err := w.leads.Thanks(context.Background(), r.Thanks)
			if err != nil {
				t.Fatal(err)
			}
			return thanks.BoothCode
		}
		atBooth := func(p *leads.Post) { p.Booth = true }
		first := send("a@example.com", atBooth)
		if code := screen(first); code != "OWN-000" {
			t.Errorf("code %q", code)
		}
		if code := screen(send("b@example.com", nil)); code != "" {
			t.Errorf("the page's visitor sees %q", code)
		}
		if code := screen(send("b@example.com", atBooth)); code != "" {
			t.Errorf("a code of before: %q", code)
		}
		if code := screen(send("c@example.com", func(p *leads.Post) { p.Booth, p.Token = true, "" })); code != "" {
			t.Errorf("a form that was not opened there: %q", code)
		}
		w.pass(9 * time.Minute)
		if screen(first) == "" {
			t.Error("gone too soon")
		}
		w.pass(2 * time.Minute)
		if code := screen(first); code != "" {
			t.Errorf("still there: %q", code)
		}
	})
}
