package leads_test

import (
	"context"
	"database/sql"
	"log/slog"
	"net/netip"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
)

const secret = "a secret of thirty-two characters"

// A world is the starter campaigns over a real database, with a clock that a test moves.
type world struct {
	t     *testing.T
	ctx   context.Context
	store *store.Store
	leads *leads.Leads
	camps *campaigns.Campaigns
	now   atomic.Int64
	woken atomic.Int64
	url   string // of the database
	raw   *sql.DB

	hotLocale string   // of the last mail about a hot lead
	forgotten []string // hashes noted outside the database
	noteFails error
}

func (w *world) clock() time.Time     { return time.UnixMicro(w.now.Load()) }
func (w *world) pass(d time.Duration) { w.now.Add(d.Microseconds()) }
func (w *world) page(slug string) *models.Published {
	p, err := w.camps.Snapshot().Page(slug)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// each runs a test in a world of each engine.
func each(t *testing.T, cfg leads.Config, test func(t *testing.T, w *world)) {
	t.Helper()
	eachSince(t, cfg, began, "Asia/Tehran", test)
}

// eachSince is each from a moment on, for an owner in a zone. Worlds share nothing, so they go on beside each other.
func eachSince(t *testing.T, cfg leads.Config, start time.Time, zoneName string, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, engine, cfg, start, zoneName)
			test(t, w)
		})
	}
}

func newWorld(t *testing.T, engine string, cfg leads.Config, start time.Time, zoneName string) *world {
	t.Helper()
	w := &world{t: t, ctx: context.Background()}
	w.now.Store(start.UnixMicro())
	open := onGround
	if !start.Equal(began) {
		open = elsewhen
	}
	w.url, w.store = open(t, engine, w.clock)
	log := slog.New(slog.DiscardHandler)
	var err error
	if w.camps, err = campaigns.New(w.ctx, w.store, log); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Secret, cfg.BaseURL, cfg.MailDomain = []byte(secret), "https://leads.example.org", "leads.example.org"
	cfg.Zone, cfg.Locale = zone, i18n.FA
	w.leads, err = leads.New(cfg, leads.Deps{Store: w.store, Cards: w.camps, Clock: w.clock, Log: log, Wake: func() { w.woken.Add(1) },
		Campaigns: func() leads.Campaigns { return w.camps.Snapshot() },
		Forgotten: func(hash string, _ time.Time) error { w.forgotten = append(w.forgotten, hash); return w.noteFails }})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A form being filled in: the page was opened, and some seconds passed.
type filling struct {
	w      *world
	slug   string
	token  string
	values url.Values
}

func (w *world) open(slug string) *filling {
	token := string(w.leads.AppendView(nil, w.page(slug), models.Attribution{Channel: models.ChannelSocial, Source: "instagram"}))
	w.pass(20 * time.Second)
	return &filling{w, slug, token, url.Values{"name": {"نرگس مهرآیین"}, "email": {"narges@example.com"}}}
}

func (f *filling) with(pairs ...string) *filling {
	for i := 0; i < len(pairs); i += 2 {
		f.values.Set(pairs[i], pairs[i+1])
	}
	return f
}

func (f *filling) post() leads.Post {
	return leads.Post{Published: f.w.page(f.slug), Values: f.values, Token: f.token, Page: "https://leads.example.org/p/" + f.slug,
		IP: netip.MustParseAddr("192.0.2.7"), UserAgent: "Test/1.0"}
}

func (f *filling) send() (leads.Receipt, error) { return f.w.leads.Capture(f.w.ctx, f.post()) }

func (f *filling) mustSend() leads.Receipt {
	f.w.t.Helper()
	r, err := f.send()
	if err != nil {
		f.w.t.Fatal(err)
	}
	return r
}

func (w *world) lead(identity string) *models.Lead {
	w.t.Helper()
	l, err := w.store.LeadByIdentity(w.ctx, identity)
	if err != nil {
		w.t.Fatal(identity, err)
	}
	return l
}

func all[T any](w *world, each func(context.Context, func([]T) error) error) (out []T) {
	w.t.Helper()
	if err := each(w.ctx, func(rows []T) error { out = append(out, rows...); return nil }); err != nil {
		w.t.Fatal(err)
	}
	return out
}

// sound fails the test where the database breaks a promise.
func (w *world) sound() {
	w.t.Helper()
	findings, err := w.store.Verify(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	scores, err := w.leads.VerifyScores(w.ctx, func(int) {})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range append(findings, scores...) {
		w.t.Errorf("%s broken: %d %s", f.Invariant, f.Count, f.Problem)
	}
}
