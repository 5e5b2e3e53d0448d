package leads_test

import (
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
	"sarnakh/models"
)

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
