package store_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// errOf is for what is asked only to see how.
func errOf[T any](_ T, err error) error { return err }

func leadsBy(q store.LeadQuery) func(*store.Store) error {
	return func(s *store.Store) error { q.Limit = 50; _, _, err := s.Leads(ctx, q); return err }
}

// partial are the indexes of some of a table's rows, each with what it is for.
var partial = []struct {
	index string
	what  string
	run   func(*store.Store) error
}{
	{"submissions_in_quarantine", "the menu's count", func(s *store.Store) error { return errOf(s.QuarantineSize(ctx, 100)) }},
	{"submissions_in_quarantine", "a page of quarantine", func(s *store.Store) error { return errOf(s.Quarantined(ctx, 7, 50)) }},
	{"handoffs_open", "the menu's count", func(s *store.Store) error { return errOf(s.OpenHandoffs(ctx, 100)) }},
	{"leads_by_temperature", "hot leads", leadsBy(store.LeadQuery{Temperature: models.Hot})},
	{"leads_by_temperature", "a page of hot leads", leadsBy(store.LeadQuery{Temperature: models.Hot, After: &store.LeadCursor{ID: 7}})},
	{"leads_by_temperature_score", "hot leads by score", leadsBy(store.LeadQuery{Temperature: models.Hot, Sort: store.SortScore})},
	{"leads_by_temperature_act", "warm leads by act", leadsBy(store.LeadQuery{Temperature: models.Warm, Sort: store.SortAct})},
	{"leads_by_stage", "leads of a stage", leadsBy(store.LeadQuery{Stage: models.StageMQL})},
	{"leads_by_stage_score", "leads of a stage by score", leadsBy(store.LeadQuery{Stage: models.StageMQL, Sort: store.SortScore})},
	{"leads_by_stage_act", "leads of a stage by act", leadsBy(store.LeadQuery{Stage: models.StageMQL, Sort: store.SortAct, Before: &store.LeadCursor{Act: 7, ID: 7}})},
	{"leads_by_domain", "colleagues", func(s *store.Store) error {
		return s.Apply(ctx, store.Change{Want: store.Want{Identity: "a@firm.example", Domain: "firm.example"},
			Decide: func(*store.Facts) (store.Rows, error) { return store.Rows{}, nil }})
	}},
	{"messages_due", "due mail", func(s *store.Store) error { return errOf(s.DueMail(ctx, []models.Class{models.ClassSales}, 64)) }},
	{"messages_due", "mail that is too late", func(s *store.Store) error { return errOf(s.ExpireMail(ctx)) }},
	{"messages_sending", "mail in flight", func(s *store.Store) error { return s.ExtendMailLeases(ctx, "worker", 7) }},
	{"messages_sending", "orphaned mail", func(s *store.Store) error { _, _, err := s.SettleOrphans(ctx, "worker"); return err }},
	{"messages_of_sequence", "mails of a sequence", func(s *store.Store) error { return errOf(s.StepMails(ctx, 7)) }},
	{"messages_of_sequence", "mails of sequences", func(s *store.Store) error { return errOf(s.MailsOfSequences(ctx, []models.ID{7, 8})) }},
	{"messages_of_sequence", "mails of a sequence that is paused", func(s *store.Store) error { return s.PauseSequence(ctx, 7, "why") }},
	{"messages_of_sequence", "mails of a sequence that goes on", func(s *store.Store) error { return s.ResumeSequence(ctx, 7) }},
	{"jobs_(due|ident)", "due work", func(s *store.Store) error {
		return errOf(s.JobRound(ctx, store.JobRound{Owner: "worker", Kinds: []string{"rescore"}, Limit: 10, Lease: time.Minute}))
	}},
	{"enrolments_due", "leads whose next step is due", func(s *store.Store) error { return errOf(s.DueEnrolments(ctx, 100)) }},
	{"consents_unconfirmed", "consents nobody confirmed", func(s *store.Store) error { return errOf(s.StaleConsents(ctx, 7, models.Consent{}, 100)) }},
	{"consents_unconfirmed", "how many of them are kept too long", func(s *store.Store) error { return errOf(s.Overdue(ctx, store.Limits{Unconfirmed: 7})) }},
	{"coupon_codes_free", "codes left", func(s *store.Store) error { return errOf(s.CodesLeft(ctx, 7)) }},
	{"coupon_codes_free", "a code left", func(s *store.Store) error { return errOf(s.FreeCode(ctx, 7)) }},
	{"coupon_codes_free", "the next code", func(s *store.Store) error {
		return s.Apply(ctx, store.Change{Want: store.Want{Identity: "a@firm.example", Pool: 7},
			Decide: func(*store.Facts) (store.Rows, error) { return store.Rows{}, nil }})
	}},
	{"coupon_codes_free", "codes left in a list of campaigns", func(s *store.Store) error { return errOf(s.CampaignSigns(ctx, []models.ID{7, 8}, 10)) }},
	{"coupon_codes_free", "spent pools", func(s *store.Store) error { return errOf(s.Spent(ctx, map[models.ID]int64{7: 0})) }},
	{"coupon_codes_free", "dropped codes", func(s *store.Store) error { return errOf(s.DropCodes(ctx, 7)) }},
	{"campaigns_turning", "campaigns that begin or end", func(s *store.Store) error { return s.TurnCampaigns(ctx) }},
	{"campaigns_home", "the page at home before", func(s *store.Store) error {
		return s.AddCampaign(ctx, &models.Campaign{Slug: "home", Locale: "en", Home: true}, models.CampaignDoc{}, 1)
	}},
	{"cards_live", "cards in force", func(s *store.Store) error { return errOf(s.LiveCards(ctx)) }},
	{"sessions_of_user", "a user's sessions", func(s *store.Store) error { return errOf(s.SessionsOf(ctx, 7, 10)) }},
	{"sessions_of_user", "a user's other sessions", func(s *store.Store) error { return s.EndSessions(ctx, 7, "this one", models.AuditEntry{}) }},
}

// Fast by design: what is asked again and again is found by its index, also where that is of some rows alone. A plan that
// has to hold for any argument can't tell that the argument is one of these rows', so the statement says it in so many words.
func TestPartialIndexesAreUsed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, p := range partial {
			t.Run(p.index+" "+p.what, func(t *testing.T) {
				if plans := strings.Join(s.Plans(t, p.run), "\n"); !regexp.MustCompile(`\b` + p.index + `\b`).MatchString(plans) {
					t.Errorf("%s is not used:\n%s", p.index, plans)
				}
			})
		}
	})
}
