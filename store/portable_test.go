package store_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A house is a database with a row or more in every table, as a sound program leaves them.
type house struct {
	campaign, sequence, text models.ID
	leads                    []models.ID
	started                  models.Instant
}

// furnish fills every table.
func furnish(t *testing.T, s *store.Store) *house {
	t.Helper()
	h := &house{started: s.Now().Add(-40 * 24 * time.Hour)}
	campaign := models.Campaign{Slug: "spring", Name: "بهار «۱۴۰۵»", Locale: "fa", Home: true}
	doc := models.CampaignDoc{Card: "b2c", Form: models.Form{Fields: []models.Field{{Name: "email", Type: models.TypeEmail, Label: "ایمیل"}},
		Purposes: []models.ConsentRequest{{Purpose: models.Newsletter, Text: "خبرنامه می‌خواهم"}}}}
	must(t, s.Publish(ctx, &campaign, doc))
	h.campaign = campaign.ID
	versions, err := s.Campaigns(ctx, store.InMemory{})
	must(t, err)
	h.text = versions[0].Version.Doc.Form.Purposes[0].TextID
	q := models.Sequence{CampaignID: h.campaign, Name: "letters", Locale: "fa", Draft: models.SequenceDoc{Steps: []models.Step{
		{Key: "one", Subject: "۱", Blocks: models.TextBlocks("x")}, {Key: "two", Delay: 60, Subject: "۲", Blocks: models.TextBlocks("y")}}}}
	must(t, s.AddSequence(ctx, &q))
	q.Draft.Steps[1].Subject = "۲!"
	must(t, s.SaveSequence(ctx, &q, store.DraftChange{What: "head:mail@two"}))
	_, err = s.PublishSequence(ctx, &q)
	must(t, err)
	h.sequence = q.ID
	if _, err := s.PublishCard(ctx, "b2c", `{"name": "b2c"}`); err != nil {
		t.Fatal(err)
	}
	_, err = s.AddCodes(ctx, h.campaign, []string{"AA", "BB", "CC"})
	must(t, err)
	must(t, s.Put(ctx,
		&models.User{ID: s.NewID(), Email: "o@example.org", Name: "O'Neil \\ ۲", Role: models.Owner},
		&models.Session{Hash: "s", Data: []byte{0, 1, 255}, ExpiresAt: s.Now().Add(time.Hour)},
		&models.SetupLink{Hash: "l", ExpiresAt: s.Now()},
		&models.File{ID: s.NewID(), SHA256: "ab", Name: "کتاب.pdf"},
		&models.CampaignAddress{Slug: "before", CampaignID: h.campaign},
		&models.Upload{ID: s.NewID(), Name: "جلد.png", Image: models.Image{FileID: 7, Alt: "«جلد»", Sizes: []models.ImageSize{{Width: 320, Key: "ab.jpg"}}}},
		&models.Job{ID: s.NewID(), Kind: "k", Ident: "i", Payload: []byte("{}"), DueAt: s.Now()},
		&models.Job{ID: s.NewID(), Kind: "k", Ident: "j", Payload: []byte{}, DueAt: s.Now()},
		&models.MailBytes{MessageID: 9, Gzip: []byte{31, 139, 0}, CreatedAt: s.Now()},
		&models.Suppression{Hash: "gone", Scope: models.SuppressMarketing, Reason: "erasure", CreatedAt: 5},
		&models.Erasure{Hash: "gone", At: 5}))
	must(t, s.SetSetting(ctx, "owner", "سارا", false))
	must(t, s.AddCounts(ctx, []*models.CampaignDay{{CampaignID: h.campaign, Day: 20000, Source: "google", Views: 3}}))
	for i := range 3 {
		must(t, s.Apply(ctx, h.moveIn(i)))
	}
	// One shared coupon beside those of the pool, under another campaign.
	must(t, s.Plant(ctx, "INSERT INTO coupon_stock (campaign_id, issued) VALUES (77, 1)"))
	must(t, s.Put(ctx, &models.Coupon{ID: s.NewID(), CampaignID: 77, LeadID: h.leads[0], Code: "SHARED"}))
	return h
}

// moveIn is a lead with everything that a lead can have.
func (h *house) moveIn(i int) store.Change {
	identity := fmt.Sprintf("sara%d@example.com", i)
	return store.Change{Want: store.Want{Identity: identity, Pool: h.campaign}, Decide: func(f *store.Facts) (store.Rows, error) {
		l := lead(f, identity)
		l.Name, l.CampaignID, l.Fields = "سارا «س»", h.campaign, models.LeadFields{"city": {Value: `te"h\ran`, At: 7}}
		l.CreatedAt = h.started
		h.leads = append(h.leads, l.ID)
		sub := models.Submission{ID: f.NewID(), LeadID: l.ID, CampaignID: h.campaign, Token: []byte(identity), Digest: []byte{byte(i)}, Verdict: models.Accepted,
			Email: identity, Answers: models.Answers{"email": identity, "name": "سارا"}, Purposes: map[string]bool{"newsletter": true}, IP: "192.0.2.7", CreatedAt: h.started}
		given := models.Consent{ID: f.NewID(), LeadID: l.ID, SubmissionID: sub.ID, Purpose: models.Newsletter, Decision: models.Given, TextID: h.text,
			Confirm: true, Method: models.ByForm, IP: "2001:db8:1:2::3", CreatedAt: h.started}
		confirmed := given
		confirmed.ID, confirmed.Decision, confirmed.CreatedAt = f.NewID(), models.Confirmed, h.started+1
		mail := func(class models.Class, ident string, sent time.Duration) models.Message {
			m := models.Message{ID: f.NewID(), LeadID: l.ID, Ident: ident + identity, Class: class, Kind: models.MailStep, State: models.MessageSent, Attempts: 1,
				MessageID: f.NewID().String() + "@x", To: identity, Merge: models.Merge{"a": "ب"}, CreatedAt: h.started, SentAt: h.started.Add(sent)}
			if class >= models.ClassMarketing {
				m.Purpose, m.SequenceID, m.Step = models.Newsletter, h.sequence, "one"
			}
			return m
		}
		coupon := models.Coupon{ID: f.NewID(), CampaignID: h.campaign, LeadID: l.ID, SubmissionID: sub.ID, Code: f.Code.Code, IssuedAt: f.Now, Pool: true}
		return store.Rows{Lead: l, Words: []string{"سارا", identity}, Submission: &sub, Consents: []models.Consent{given, confirmed},
			Events: []models.Event{{ID: f.NewID(), LeadID: l.ID, CampaignID: h.campaign, Kind: models.FormSubmitted, At: h.started,
				Data: models.EventData{Campaign: "spring", Seconds: 1.5}}},
			Handoff:  &models.Handoff{ID: f.NewID(), LeadID: l.ID, Reason: models.HandoffHand, Score: 12.25, OpenedAt: f.Now},
			Messages: []models.Message{mail(models.ClassTransactional, "d", time.Second), mail(models.ClassMarketing, "m", time.Hour)},
			Coupon:   &coupon, Code: f.Code,
			Enrolments: []models.Enrolment{{ID: f.NewID(), SequenceID: h.sequence, LeadID: l.ID, CampaignID: h.campaign, State: models.EnrolmentDone}},
			Steps:      []models.StepCount{{SequenceID: h.sequence, Step: "one", What: models.CountClicked, N: 1}},
			Audit:      &models.AuditEntry{ID: f.NewID(), Action: "test", At: f.Now}}, nil
	}}
}

// sound fails the test where the database breaks a promise.
func sound(t *testing.T, s *store.Store) {
	t.Helper()
	for _, f := range problems(t, s) {
		t.Error("broken:", f)
	}
}

func problems(t *testing.T, s *store.Store) (out []string) {
	t.Helper()
	rows, err := s.Verify(ctx)
	must(t, err)
	mails, err := s.VerifyMail(ctx, func(address string) string { return "h:" + address })
	must(t, err)
	for _, f := range slices.Concat(rows, mails) {
		out = append(out, f.Invariant+" "+f.Problem)
	}
	return out
}

func words(l *models.Lead) []string { return []string{"سارا", l.Identity} }

// A table that is not carried would be missing from every backup and move.
func TestEveryTableIsCarried(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		all, carried, err := s.Tables(ctx)
		must(t, err)
		for _, name := range all {
			if !slices.Contains(carried, name) && !strings.HasPrefix(name, "lead_words") && name != "goose_db_version" && name != "sqlite_sequence" {
				t.Errorf("%s is left behind", name)
			}
		}
	})
}

// Backup and copy: what is read in the other engine is row by row what was written in this one, and leads are found there.
func TestRowsAreTheSameInTheOtherEngine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, from *store.Store) {
		furnish(t, from)
		sound(t, from)
		to := func() *store.Store {
			if from.Engine() == "postgres" {
				path := filepath.Join(t.TempDir(), "copy.db")
				must(t, from.Snapshot(ctx, path, words, func(int) {}))
				return storetest.Open(t, path, time.Now)
			}
			to := storetest.Open(t, storetest.Postgres(t), time.Now)
			_, err := from.Copy(ctx, to, words, func(int) {})
			must(t, err)
			return to
		}()
		compare(t, from, to)
		sound(t, to)
		found, _, err := to.Leads(ctx, store.LeadQuery{Words: []string{"سارا"}, Limit: 10})
		if err != nil || len(found) != 3 {
			t.Errorf("found %d leads: %v", len(found), err)
		}
	})
}

func compare(t *testing.T, a, b *store.Store) {
	t.Helper()
	want, err := a.Dump(ctx)
	must(t, err)
	got, err := b.Dump(ctx)
	must(t, err)
	_, carried, err := a.Tables(ctx)
	must(t, err)
	for _, table := range carried {
		if len(want[table]) == 0 {
			t.Errorf("%s is empty: nothing is compared", table)
		}
		if !slices.Equal(want[table], got[table]) {
			t.Errorf("%s:\n%v\n%v", table, want[table], got[table])
		}
	}
	if !maps.EqualFunc(want, got, slices.Equal) {
		t.Error("tables differ")
	}
}

// A snapshot made while others write is of one moment: each lead has the score of the events that are in it.
func TestSnapshotUnderLoadIsOfOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var stop atomic.Bool
		var writers sync.WaitGroup
		for w := range 8 {
			writers.Go(func() {
				for i := 0; !stop.Load(); i++ {
					if err := s.Apply(ctx, visit(fmt.Sprintf("p%d@example.com", (w+i)%40))); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		time.Sleep(200 * time.Millisecond)
		path := filepath.Join(t.TempDir(), "snapshot.db")
		err := s.Snapshot(ctx, path, words, func(int) {})
		stop.Store(true)
		writers.Wait()
		must(t, err)
		there := storetest.Open(t, path, time.Now)
		n := 0
		must(t, there.LeadsToVerify(ctx, func(leads []*models.Lead, events map[models.ID][]models.Event) error {
			for _, l := range leads {
				n++
				if int(l.Score) != len(events[l.ID]) {
					t.Errorf("%s has score %v and %d events", l.Email, l.Score, len(events[l.ID]))
				}
			}
			return nil
		}))
		if n == 0 {
			t.Error("nothing was written")
		}
		sound(t, there)
	})
}

// PostgreSQL refuses the character zero in JSON; a backslash that somebody typed before "u0000" is not it.
func TestWithoutZero(t *testing.T) {
	for text, want := range map[string]string{`{"a":"x\u0000y"}`: `{"a":"xy"}`, `"\\u0000"`: `"\\u0000"`, `"\\\u0000"`: `"\\"`, `"\n\u0000"`: `"\n"`, ``: ``} {
		if got := store.WithoutZero(text); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}
