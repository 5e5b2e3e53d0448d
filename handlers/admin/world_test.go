package admin_test

import (
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/files"
	"sarnakh/handlers"
	"sarnakh/handlers/admin"
	"sarnakh/handlers/public"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/reach"
	"sarnakh/reports"
	"sarnakh/store"
	"sarnakh/store/storetest"
	"sarnakh/team"

	"github.com/labstack/echo/v4"
)

// A world is a server with the starter campaigns, spoken to as browsers do.
type world struct {
	t        testing.TB
	ctx      context.Context
	store    *store.Store
	camps    *campaigns.Campaigns
	leads    *leads.Leads
	visits   *leads.Visits
	team     *team.Team
	office   *admin.Handlers
	handler  http.Handler
	site     string
	sequence models.Sequence // the English starter's
	roots    *x509.CertPool  // whom the checks of links trust
}

func must[T any](value T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

var secret = []byte("a secret of thirty-two characters")

func newWorld(t testing.TB, speed float64) *world {
	t.Helper()
	return newWorldAt(t, storetest.SQLite(t), speed)
}

// newWorldAt is one over a database that is empty.
func newWorldAt(t testing.TB, database string, speed float64) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), store: storetest.Open(t, database, time.Now), roots: x509.NewCertPool()}
	log := slog.New(slog.DiscardHandler)
	w.camps = must(campaigns.New(w.ctx, w.store, log))(t)
	kept := files.Folder(t.TempDir())
	if err := w.camps.PublishStarters(w.ctx, kept); err != nil {
		t.Fatal(err)
	}
	base, zone := "https://leads.example.org", must(time.LoadLocation("Asia/Tehran"))(t)
	signed := must(links.New(secret, base))(t)
	w.leads = must(leads.New(leads.Config{Secret: secret, BaseURL: base, Zone: zone, Locale: i18n.EN, MailDomain: "leads.example.org"},
		leads.Deps{Store: w.store, Cards: w.camps, Clock: time.Now, Log: log}))(t)
	n := nurture.New(nurture.Config{Zone: zone, MailDomain: "leads.example.org"},
		nurture.Deps{Store: w.store, Live: func() nurture.Live { return w.camps.Snapshot() }, Version: w.camps.Version, Links: signed, Log: log})
	w.team = must(team.New(team.Config{Secret: secret, BaseURL: base, Zone: zone, MailDomain: "leads.example.org"}, w.store))(t)
	shared := &web.Web{Site: web.Site{BaseURL: base, Host: "leads.example.org", Locale: i18n.EN, Zone: zone}, Clock: time.Now, Log: log}
	sessions := web.NewSessions(w.store, false, log)
	w.visits = leads.NewVisits(w.store, time.Now, zone, log)
	pages := &public.Handlers{Web: shared, Visits: w.visits, Campaigns: w.camps, Leads: w.leads, Files: kept, Store: w.store, Links: signed, Sessions: sessions}
	w.office = &admin.Handlers{Web: shared, Pages: pages, Files: kept, Store: w.store, Campaigns: w.camps,
		Leads: w.leads, Nurture: n, Team: w.team,
		Reach: reach.NewGuarded(base, anywhere, w.roots), Totals: &reports.Totals{}, Sessions: sessions, Mailbox: true, Speed: speed}
	w.handler = handlers.New(handlers.Config{
		Web: shared, Store: w.store, Sessions: sessions, RemoteAddr: echo.ExtractIPDirect(), Public: pages,
		Admin: w.office,
	})
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	w.site = server.URL
	for _, q := range must(w.store.Sequences(w.ctx, 0, 10))(t) {
		if q.Locale == "en" {
			w.sequence = q
		}
	}
	return w
}

// anywhere lets checks of links reach the servers of the tests.
func anywhere(_, _ string, _ syscall.RawConn) error { return nil }

// draft is the sequence as it is kept now.
func (w *world) draft() *models.Sequence {
	w.t.Helper()
	return must(w.store.Sequence(w.ctx, w.sequence.ID))(w.t)
}

// capture takes a lead in who agreed to everything that the form asks.
func (w *world) capture(name, email string) *models.Lead {
	w.t.Helper()
	p := must(w.camps.Snapshot().Page("playbook"))(w.t)
	token := string(w.leads.AppendView(nil, p, models.Attribution{}))
	_, err := w.leads.Capture(w.ctx, leads.Post{
		Published: p, Token: token, Page: "https://leads.example.org/p/playbook", IP: netip.MustParseAddr("192.0.2.7"), UserAgent: "Test/1.0",
		Values: url.Values{"name": {name}, "email": {email}, "call_me": {"1"}, "consent.newsletter": {"1"}},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return must(w.store.LeadByIdentity(w.ctx, email))(w.t)
}

// A person is somebody at a browser.
type person struct {
	w     *world
	http  *http.Client
	email string
}

// person signs a new user in.
func (w *world) person(role models.Role) *person {
	w.t.Helper()
	jar, _ := cookiejar.New(nil) // never fails
	p := &person{w: w, email: string(role) + "@firm.example", http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	u := &models.User{Email: p.email, Name: "Mina", Role: role, Locale: "en", Theme: "system"}
	if err := w.store.AddUser(w.ctx, u); err != nil {
		w.t.Fatal(err)
	}
	link := must(admin.NewSetupLink(w.ctx, w.store, w.site, u.ID))(w.t)
	if a := p.post(strings.TrimPrefix(link, w.site), url.Values{"password": {"tea with rock sugar"}}); a.status != http.StatusSeeOther {
		w.t.Fatalf("signing in answered %d", a.status)
	}
	return p
}

// An answer is what came back.
type answer struct {
	status   int
	location string
	header   http.Header
	text     string
}

func (p *person) do(r *http.Request, err error) answer {
	p.w.t.Helper()
	response := must(p.http.Do(must(r, err)(p.w.t)))(p.w.t)
	defer response.Body.Close()
	body := must(io.ReadAll(response.Body))(p.w.t)
	return answer{response.StatusCode, response.Header.Get("Location"), response.Header, string(body)}
}

func (p *person) get(path string) answer {
	p.w.t.Helper()
	return p.do(http.NewRequest(http.MethodGet, p.w.site+path, nil))
}

func (p *person) post(path string, form url.Values) answer {
	p.w.t.Helper()
	r, err := http.NewRequest(http.MethodPost, p.w.site+path, strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return p.do(r, err)
}

// pressTwice sends a form twice at once.
func (p *person) pressTwice(path string, form url.Values) (both [2]answer) {
	p.w.t.Helper()
	var presses sync.WaitGroup
	for i := range both {
		presses.Go(func() { both[i] = p.post(path, form) })
	}
	presses.Wait()
	return both
}

// says fails the test where an answer is another, or does not hold a text.
func (a answer) says(t *testing.T, status int, parts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("answered %d, want %d", a.status, status)
	}
	for _, part := range parts {
		if !strings.Contains(a.text, part) {
			t.Errorf("does not say %q", part)
		}
	}
}

var drawn = regexp.MustCompile(`name="drawn" value="([^"]*)"`)

// drawn is the ID of what the first form on a page makes.
func (a answer) drawn(t *testing.T) url.Values {
	t.Helper()
	m := drawn.FindStringSubmatch(a.text)
	if m == nil {
		t.Fatal("nothing is drawn")
	}
	return url.Values{"drawn": {m[1]}}
}

var base = regexp.MustCompile(`name="base" value="([^"]*)"`)

// base is what a page's form was made from.
func (a answer) base(t testing.TB) string {
	t.Helper()
	m := base.FindStringSubmatch(a.text)
	if m == nil {
		t.Fatal("no form")
	}
	return m[1]
}
