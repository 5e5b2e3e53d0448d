package nurture_test

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/campaigns"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// A world is a campaign with a sequence over a real database, with a clock that a test moves.
type world struct {
	t        *testing.T
	ctx      context.Context
	store    *store.Store
	camps    *campaigns.Campaigns
	links    *links.Links
	nurture  *nurture.Nurture
	campaign models.Campaign
	sequence *models.Sequence
	text     models.ID // of the consent
	now      atomic.Int64
	owed     atomic.Int64
	people   int
}

const base = "https://leads.example.org"

var tehran = mustZone("Asia/Tehran")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func (w *world) clock() time.Time     { return time.UnixMicro(w.now.Load()) }
func (w *world) pass(d time.Duration) { w.now.Add(d.Microseconds()) }
func (w *world) set(at time.Time)     { w.now.Store(at.UnixMicro()) }

// each runs a test in a world of each engine, whose sequence is doc at the real speed.
func each(t *testing.T, doc models.SequenceDoc, test func(t *testing.T, w *world)) {
	t.Helper()
	eachAt(t, 1, doc, test)
}

func eachAt(t *testing.T, speed float64, doc models.SequenceDoc, test func(t *testing.T, w *world)) {
	t.Helper()
	storetest.EachURL(t, func(t *testing.T, url string) {
		w := &world{t: t, ctx: context.Background()}
		w.set(time.Date(2026, 11, 21, 10, 0, 0, 0, tehran))
		w.store = storetest.Open(t, url, w.clock)
		var err error
		if w.camps, err = campaigns.New(w.ctx, w.store, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		if w.links, err = links.New([]byte("a secret of thirty-two characters"), base); err != nil {
			t.Fatal(err)
		}
		w.nurture = w.worker(speed)
		w.publish(doc)
		test(t, w)
		w.sound()
	})
}

// worker is one more program over the same database.
func (w *world) worker(speed float64) *nurture.Nurture {
	return nurture.New(nurture.Config{Zone: tehran, Speed: speed, MailDomain: "leads.example.org", PostalAddress: "تهران، خیابان نمونه، پلاک ۱۲"},
		nurture.Deps{Store: w.store, Live: func() nurture.Live { return w.camps.Snapshot() }, Version: w.camps.Version, Links: w.links,
			Log: slog.New(slog.DiscardHandler), Owed: func() { w.owed.Add(1) }})
}

func (w *world) publish(doc models.SequenceDoc) {
	w.t.Helper()
	w.campaign = models.Campaign{Slug: "rahnama", Name: "کتاب پیگیری", Locale: "fa"}
	page := models.CampaignDoc{
		Page: models.Page{Brand: models.Brand{Name: "سرنخ"}},
		Form: models.Form{Fields: []models.Field{{Name: "email", Type: models.TypeEmail, Label: "ایمیل"}},
			Purposes: []models.ConsentRequest{{Purpose: models.Newsletter, Text: "برایم ایمیل کنید."}}},
		Offer: models.Offer{Kind: models.OfferEbook, Title: "سرِ نخ را رها نکنید"},
	}
	w.must(w.camps.Publish(w.ctx, &w.campaign, page))
	w.text = w.camps.Snapshot().Campaign(w.campaign.ID).Version.Doc.Form.Purposes[0].TextID
	w.sequence = &models.Sequence{CampaignID: w.campaign.ID, Name: "چهار نکته", Locale: "fa", Draft: doc}
	w.must(w.store.AddSequence(w.ctx, w.sequence))
	w.putInForce(w.sequence)
}

// edit puts other steps in force while leads are on their way.
func (w *world) edit(doc models.SequenceDoc) {
	w.t.Helper()
	q, err := w.store.Sequence(w.ctx, w.sequence.ID)
	w.must(err)
	q.Draft = doc
	w.must(w.store.SaveSequence(w.ctx, q, store.DraftChange{}))
	w.putInForce(q)
}

func (w *world) putInForce(q *models.Sequence) {
	w.t.Helper()
	_, err := w.store.PublishSequence(w.ctx, q)
	w.must(err)
	w.must(w.camps.Reload(w.ctx))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// change applies an act of a lead.
func (w *world) change(lead models.ID, decide func(f *store.Facts) store.Rows) {
	w.t.Helper()
	w.must(w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: lead},
		Decide: func(f *store.Facts) (store.Rows, error) { return decide(f), nil }}))
}

// joins adds a lead who ticked the box and waits for the confirmation.
func (w *world) joins(with func(*models.Lead)) models.ID {
	w.t.Helper()
	w.people++
	email := "lead" + strconv.Itoa(w.people) + "@example.com"
	var id models.ID
	w.must(w.store.Apply(w.ctx, store.Change{Want: store.Want{Identity: email}, Decide: func(f *store.Facts) (store.Rows, error) {
		id = f.NewID()
		l := &models.Lead{ID: id, Identity: email, Email: email, Name: "نرگس مهرآیین", Stage: models.StageLead, Status: models.Open,
			Temperature: models.Cold, CampaignID: w.campaign.ID, Locale: "fa", CreatedAt: f.Now, UpdatedAt: f.Now}
		if with != nil {
			with(l)
		}
		return store.Rows{Lead: l, Consents: []models.Consent{w.consent(f, id, models.Newsletter, models.Given, true)},
			Enrolments: []models.Enrolment{{ID: f.NewID(), SequenceID: w.sequence.ID, LeadID: id, CampaignID: w.campaign.ID,
				State: models.EnrolmentWaiting, CreatedAt: f.Now}}}, nil
	}}))
	return id
}

func (w *world) consent(f *store.Facts, lead models.ID, p models.Purpose, d models.Decision, confirm bool) models.Consent {
	return models.Consent{ID: f.NewID(), LeadID: lead, Purpose: p, Decision: d, Method: models.ByForm, TextID: w.text, CreatedAt: f.Now, Confirm: confirm}
}

func (w *world) says(lead models.ID, p models.Purpose, d models.Decision) {
	w.t.Helper()
	w.change(lead, func(f *store.Facts) store.Rows {
		return store.Rows{Consents: []models.Consent{w.consent(f, lead, p, d, false)}}
	})
}

// confirms lets the lead's sequences begin.
func (w *world) confirms(lead models.ID) models.ID {
	w.t.Helper()
	w.change(lead, func(f *store.Facts) store.Rows {
		rows := store.Rows{Consents: []models.Consent{w.consent(f, lead, models.Newsletter, models.Confirmed, false)}}
		for _, e := range f.Enrolments {
			e.Start(f.Now)
			rows.Enrolments = append(rows.Enrolments, e)
		}
		return rows
	})
	return lead
}

func (w *world) starts() models.ID { return w.confirms(w.joins(nil)) }

// becomes changes a lead.
func (w *world) becomes(lead models.ID, how func(*models.Lead)) {
	w.t.Helper()
	w.change(lead, func(f *store.Facts) store.Rows {
		how(f.Lead)
		return store.Rows{Lead: f.Lead}
	})
}

func (w *world) drain() { w.nurture.Drain(w.ctx) }

// mails are those of a lead, oldest first.
func (w *world) mails(lead models.ID) []models.Message {
	w.t.Helper()
	all, err := w.store.MessagesOf(w.ctx, lead, 100)
	w.must(err)
	slices.Reverse(all)
	return all
}

func (w *world) steps(lead models.ID) (keys []string) {
	w.t.Helper()
	for _, m := range w.mails(lead) {
		keys = append(keys, m.Step)
	}
	return keys
}

func (w *world) got(lead models.ID, want ...string) {
	w.t.Helper()
	if got := w.steps(lead); !slices.Equal(got, want) {
		w.t.Errorf("got the steps %v, want %v", got, want)
	}
}

func (w *world) enrolment(lead models.ID) models.Enrolment {
	w.t.Helper()
	all, err := w.store.EnrolmentsOf(w.ctx, lead)
	w.must(err)
	if len(all) != 1 {
		w.t.Fatalf("%d enrolments", len(all))
	}
	return all[0]
}

func (w *world) stands(lead models.ID, state models.EnrolmentState, reason models.StopReason) {
	w.t.Helper()
	if e := w.enrolment(lead); e.State != state || e.Reason != reason || state != models.EnrolmentActive && e.EndedAt == 0 {
		w.t.Errorf("stands %s %q, ended %v; want %s %q", e.State, e.Reason, e.EndedAt, state, reason)
	}
}

func (w *world) counts() map[string]int64 {
	w.t.Helper()
	rows, err := w.store.StepCounts(w.ctx, w.sequence.ID)
	w.must(err)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.Step+" "+r.What] = r.N
	}
	return out
}

// sound fails the test where the database breaks a promise.
func (w *world) sound() {
	w.t.Helper()
	findings, err := w.store.Verify(w.ctx)
	w.must(err)
	for _, f := range findings {
		w.t.Errorf("%s broken: %d %s", f.Invariant, f.Count, f.Problem)
	}
}

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// step is a mail some days after the one before.
func step(key string, days int, conditions ...models.Condition) models.Step {
	return models.Step{Key: key, Delay: days * 24 * 60, Conditions: conditions, Subject: "موضوع " + key, Blocks: models.TextBlocks("متن " + key)}
}

// four are a sequence of two weeks.
func four() models.SequenceDoc {
	return models.SequenceDoc{Steps: []models.Step{step("a", 1), step("b", 3), step("c", 4), step("d", 6)}}
}
