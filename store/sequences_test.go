package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

func sequence(t *testing.T, s *store.Store) *models.Sequence {
	t.Helper()
	q := &models.Sequence{CampaignID: 7, Name: "After the book", Locale: "en",
		Draft: models.SequenceDoc{Steps: []models.Step{{Key: "one", Delay: 60, Subject: "One", Blocks: models.TextBlocks("First.")}}}}
	if err := s.AddSequence(ctx, q); err != nil {
		t.Fatal(err)
	}
	return q
}

// N1: a draft is nobody's; in force it is what it was when it was put in force, whatever the draft becomes.
func TestASequenceIsPutInForce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		q := sequence(t, s)
		if live, err := s.LiveSequences(ctx, store.InMemory{}); err != nil || len(live) != 0 {
			t.Fatal("a draft is live:", live, err)
		}
		before, err := s.Revision(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for want := 1; want <= 2; want++ {
			if n, err := s.PublishSequence(ctx, q); err != nil || n != want {
				t.Fatal(n, err)
			}
		}
		if after, err := s.Revision(ctx); err != nil || after != before+2 {
			t.Error("other programs are not told", before, after, err)
		}
		read, err := s.Sequence(ctx, q.ID)
		if err != nil {
			t.Fatal(err)
		}
		read.Draft.Steps[0].Subject = "Another"
		if err := s.SaveSequence(ctx, read, store.DraftChange{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.PublishSequence(ctx, q); !errors.Is(err, models.ErrConflict) {
			t.Error("what nobody looked at is put in force:", err)
		}
		live, err := s.LiveSequences(ctx, store.InMemory{})
		if err != nil || len(live) != 1 || live[0].Version.Number != 2 || live[0].Version.Doc.Steps[0].Subject != "One" {
			t.Errorf("%+v %v", live, err)
		}
	})
}

// N1, C2: a campaign is published with the drafts of its mails that were looked at, or not at all.
func TestMailsChangedMeanwhileAreNotPublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, q := campaign(t, s, "spring"), sequence(t, s)
		looked := *q
		q.Draft.Steps[0].Subject = "Half a sen"
		must(t, s.SaveSequence(ctx, q, store.DraftChange{}))
		p := store.Publication{Campaign: c.ID, Rev: c.DraftRev, Sequences: []models.Sequence{looked}}
		if _, err := s.PublishDraft(ctx, p); !errors.Is(err, models.ErrConflict) {
			t.Error("what nobody looked at is published:", err)
		}
		if now, err := s.Campaign(ctx, c.ID); err != nil || now.LastVersion() != 0 {
			t.Error("the page is published without its mails:", now, err)
		}
		p.Sequences[0] = *q
		_, err := s.PublishDraft(ctx, p)
		must(t, err)
	})
}

// Two people at one draft: the second is told, and nothing of the first is lost.
func TestTheSecondToSaveADraftIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := sequence(t, s).ID
		mine, _ := s.Sequence(ctx, id)
		yours, _ := s.Sequence(ctx, id)
		mine.Name, yours.Name = "Mine", "Yours"
		if err := s.SaveSequence(ctx, mine, store.DraftChange{}); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveSequence(ctx, yours, store.DraftChange{}); !errors.Is(err, models.ErrConflict) {
			t.Error("the second was not told:", err)
		}
		if err := s.SaveSequence(ctx, mine, store.DraftChange{}); err != nil {
			t.Error("the first can't go on:", err)
		}
		if read, err := s.Sequence(ctx, id); err != nil || read.Name != "Mine" {
			t.Error(read, err)
		}
	})
}

// met is a lead who came by.
func met(t *testing.T, s *store.Store, identity string) models.ID {
	t.Helper()
	if err := s.Apply(ctx, visit(identity)); err != nil {
		t.Fatal(err)
	}
	l, err := s.LeadByIdentity(ctx, identity)
	if err != nil {
		t.Fatal(err)
	}
	return l.ID
}

func enrol(lead models.ID, e models.Enrolment) store.Change {
	return store.Change{Want: store.Want{LeadID: lead}, Decide: func(f *store.Facts) (store.Rows, error) {
		e := e
		e.ID, e.LeadID, e.CreatedAt = f.NewID(), lead, f.Now
		return store.Rows{Enrolments: []models.Enrolment{e}}, nil
	}}
}

// A paused sequence decides nothing and sends nothing; resumed, it goes on where it stood.
func TestPauseAndResume(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		q := sequence(t, s)
		if _, err := s.PublishSequence(ctx, q); err != nil {
			t.Fatal(err)
		}
		lead := met(t, s, "a@example.com")
		if err := s.Apply(ctx, enrol(lead, models.Enrolment{SequenceID: q.ID, State: models.EnrolmentActive, NextAt: 1})); err != nil {
			t.Fatal(err)
		}
		mail := models.Message{ID: s.NewID(), LeadID: lead, Ident: "step:1", Class: models.ClassMarketing, Kind: models.MailStep, State: models.MessageQueued,
			MessageID: "x@y", To: "a@example.com", SequenceID: q.ID, Step: "one", CreatedAt: s.Now(), DueAt: s.Now()}
		if err := s.OweMail(ctx, mail); err != nil {
			t.Fatal(err)
		}
		due := func() (enrolments, mails int) {
			t.Helper()
			e, err := s.DueEnrolments(ctx, 10)
			if err != nil {
				t.Fatal(err)
			}
			m, err := s.DueMail(ctx, []models.Class{models.ClassMarketing}, 10)
			if err != nil {
				t.Fatal(err)
			}
			return len(e), len(m)
		}
		if e, m := due(); e != 1 || m != 1 {
			t.Fatal("due before:", e, m)
		}
		for range 2 { // a second click changes nothing
			if err := s.PauseSequence(ctx, q.ID, "wrong price"); err != nil {
				t.Fatal(err)
			}
		}
		if e, m := due(); e != 0 || m != 0 {
			t.Error("due while paused:", e, m)
		}
		if read, err := s.Sequence(ctx, q.ID); err != nil || read.State != models.SequencePaused || read.Reason != "wrong price" {
			t.Error(read, err)
		}
		for range 2 {
			if err := s.ResumeSequence(ctx, q.ID); err != nil {
				t.Fatal(err)
			}
		}
		if e, m := due(); e != 1 || m != 1 {
			t.Error("due after:", e, m)
		}
		counts, err := s.StepMails(ctx, q.ID)
		if err != nil || len(counts) != 1 || counts[0] != (store.StepMail{Step: "one", State: models.MessageQueued, N: 1}) {
			t.Error(counts, err)
		}
		if all, err := s.MailsOfSequences(ctx, []models.ID{q.ID, q.ID + 1}); err != nil || len(all) != 1 || !slices.Equal(all[q.ID], counts) {
			t.Error(all, err)
		}
		standing, err := s.Standings(ctx, q.ID)
		if err != nil || len(standing) != 1 || standing[0].N != 1 {
			t.Error(standing, err)
		}
	})
}

// A lead is in a sequence once, however it is asked.
func TestALeadIsInASequenceOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		lead := met(t, s, "a@example.com")
		e := models.Enrolment{SequenceID: 5, State: models.EnrolmentWaiting}
		if err := s.Apply(ctx, enrol(lead, e)); err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(ctx, enrol(lead, e)); !errors.Is(err, models.ErrConflict) {
			t.Error("a second enrolment:", err)
		}
		stop := store.Change{Want: store.Want{LeadID: lead}, Decide: func(f *store.Facts) (store.Rows, error) {
			if len(f.Enrolments) != 1 {
				return store.Rows{}, fmt.Errorf("%d enrolments", len(f.Enrolments))
			}
			f.Enrolments[0].Stop(models.StopHot, f.Now)
			return store.Rows{Enrolments: f.Enrolments, Steps: []models.StepCount{{SequenceID: 5, Step: "one", What: models.CountHot, N: 1}}}, nil
		}}
		for range 2 {
			if err := s.Apply(ctx, stop); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := s.EnrolmentsOf(ctx, lead)
		if err != nil || len(rows) != 1 || rows[0].State != models.EnrolmentStopped || rows[0].Reason != models.StopHot {
			t.Error(rows, err)
		}
		if counts, err := s.StepCounts(ctx, 5); err != nil || len(counts) != 1 || counts[0].N != 2 {
			t.Error(counts, err)
		}
		if all, err := s.CountsOfSequences(ctx, []models.ID{5, 6}); err != nil || len(all) != 1 || all[5][0].N != 2 {
			t.Error(all, err)
		}
	})
}

// I5: 500 racing for 100 codes: exactly 100 are given, none to two.
func TestAPoolGivesEachCodeOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const campaign, stock, racing = models.ID(9), 100, 500
		codes := make([]string, stock)
		for i := range codes {
			codes[i] = fmt.Sprintf("CODE-%03d", i)
		}
		if added, err := s.AddCodes(ctx, campaign, codes); err != nil || added != stock {
			t.Fatal(added, err)
		}
		if added, err := s.AddCodes(ctx, campaign, append(codes[:10:10], "code-011", "Code-012")); err != nil || added != 0 {
			t.Fatal("codes that are there already:", added, err)
		}
		var given atomic.Int64
		var wg sync.WaitGroup
		for i := range racing {
			wg.Go(func() {
				email := fmt.Sprintf("p%d@example.com", i)
				err := s.Apply(ctx, store.Change{Want: store.Want{Identity: email, Pool: campaign}, Decide: func(f *store.Facts) (store.Rows, error) {
					l := lead(f, email)
					rows := store.Rows{Lead: l}
					if f.Code != nil {
						rows.Code = f.Code
						rows.Coupon = &models.Coupon{ID: f.NewID(), CampaignID: campaign, LeadID: l.ID, Code: f.Code.Code, IssuedAt: f.Now, Pool: true}
					}
					return rows, nil
				}})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		seen := map[string]bool{}
		err := s.EachCoupon(ctx, func(rows []models.Coupon) error {
			for _, c := range rows {
				given.Add(1)
				if seen[c.Code] {
					t.Error(c.Code, "was given twice")
				}
				seen[c.Code] = true
			}
			return nil
		})
		if err != nil || given.Load() != stock {
			t.Errorf("%d of %d given, %v", given.Load(), stock, err)
		}
		if left, err := s.CodesLeft(ctx, campaign); err != nil || left != 0 {
			t.Error(left, "left", err)
		}
	})
}
