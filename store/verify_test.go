package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/store"
	"sarnakh/store/storetest"
)

// rebuilt takes every rule off a table, as a damaged index would, so that rows can be planted that it refuses.
func rebuilt(table string) []string {
	return []string{"CREATE TABLE loose AS SELECT * FROM " + table, "DROP TABLE " + table, "ALTER TABLE loose RENAME TO " + table}
}

// twice repeats a row under another ID.
func twice(table, columns string) string {
	return fmt.Sprintf("INSERT INTO %[1]s (id, %[2]s) SELECT 1 - id, %[2]s FROM %[1]s WHERE id = (SELECT max(id) FROM %[1]s)", table, columns)
}

const messageColumns = `lead_id, class, kind, state, to_email, locale, version_id, merge, purpose, hours, sequence_id, step, created_at, due_at, not_after,
	attempts, unknowns, lease_owner, leased_until, sent_at, reply`

// again sends the newest lead another mail: a time after the first, as a state.
func again(ident string, class int, after int64) string {
	return fmt.Sprintf(`INSERT INTO messages (id, ident, message_id, lead_id, class, kind, state, to_email, locale, version_id, merge, purpose, hours,
		sequence_id, step, created_at, due_at, not_after, attempts, unknowns, lease_owner, leased_until, sent_at, reply)
		SELECT id + 900000 + %[3]d / 1000000, '%[1]s', '%[1]s', lead_id, %[2]d, kind, 'sent', to_email, locale, version_id, merge, '', hours, 0, '', created_at, due_at,
		not_after, 1, 0, '', 0, sent_at + %[3]d, '' FROM messages WHERE class = 1 AND lead_id = (SELECT max(id) FROM leads) ORDER BY id LIMIT 1`, ident, class, after)
}

// linked adds links to the newest lead's data, one each so much after the one before.
func linked(times int, every int64) (out []string) {
	for n := range int64(times) {
		ident := fmt.Sprintf("link%d", n)
		out = append(out, again(ident, 1, n*every+1_000_000), fmt.Sprintf("UPDATE messages SET kind = 'my_data', created_at = created_at + %d WHERE ident = '%s'", n*every, ident))
	}
	return out
}

// `verify` is silent on a sound database and finds each fault, one broken row at a time.
func TestVerifyFindsEachFault(t *testing.T) {
	newest := "(SELECT max(id) FROM leads)"
	day := int64(86_400_000_000)
	cases := []struct {
		finds string
		plant []string
	}{
		{"I1 submissions repeated under one form token", append(rebuilt("submissions"), twice("submissions",
			"lead_id, campaign_id, version_id, token, digest, corrects, verdict, reasons, email, answers, purposes, attribution, ip, user_agent, created_at"))},
		{"I1 submissions without their lead", []string{"UPDATE submissions SET lead_id = 5 WHERE lead_id = " + newest}},
		{"I1 submissions without their event", []string{"DELETE FROM events WHERE lead_id = " + newest}},
		{"I1 quarantined submissions with a lead", []string{"UPDATE submissions SET verdict = 'spam' WHERE lead_id = " + newest}},
		{"I1 corrections of a submission that isn't there", []string{"UPDATE submissions SET corrects = 5 WHERE lead_id = " + newest}},
		{"I1 consents without their text", []string{"UPDATE consents SET text_id = 5 WHERE lead_id = " + newest}},
		{"I2 mails being sent by nobody", []string{"UPDATE messages SET state = 'sending', leased_until = 5 WHERE class = 1 AND lead_id = " + newest}},
		{"I2 submissions whose mail is not owed", []string{"DELETE FROM messages WHERE class = 1 AND lead_id = " + newest}},
		{"I3 mails that share a Message-ID", []string{"UPDATE messages SET message_id = 'same'"}},
		{"I3 mails sent without an attempt", []string{"UPDATE messages SET attempts = 0 WHERE class = 1 AND lead_id = " + newest}},
		{"I4 marketing mails that began after they were forbidden", []string{"INSERT INTO suppressions (hash, scope, reason, created_at) SELECT 'h:' || identity, 'marketing', 'unsubscribe', 5 FROM leads WHERE id = " + newest}},
		{"I5 people with two coupons of one campaign", append(rebuilt("coupons"), twice("coupons", "campaign_id, lead_id, submission_id, code, issued_at, pool"))},
		{"I5 codes of a pool with two owners", append(rebuilt("coupons"), "UPDATE coupons SET code = 'AA' WHERE pool")},
		{"I5 coupons with two codes", []string{"UPDATE coupon_codes SET coupon_id = (SELECT min(id) FROM coupons WHERE pool)"}},
		{"I5 codes of a pool that are nobody's, though a coupon has them", []string{"UPDATE coupon_codes SET coupon_id = 0 WHERE code = 'AA'"}},
		{"I5 codes of a pool that went to a coupon that isn't there, or has another code", []string{"DELETE FROM coupons WHERE pool AND code = 'AA'"}},
		{"I5 campaigns whose coupons are miscounted", []string{"UPDATE coupon_stock SET issued = 9"}},
		{"I6 marketing mails without a live consent of their purpose", []string{"DELETE FROM consents WHERE decision = 'confirmed' AND lead_id = (SELECT min(id) FROM leads)"}},
		{"I6 marketing mails without a live consent of their purpose", []string{"UPDATE messages SET purpose = '' WHERE class = 2"}},
		{"I6 marketing mails without a live consent of their purpose", []string{`UPDATE consents SET decision = 'withdrawn' WHERE decision = 'confirmed'`}},
		{"I7 erased people who are no longer suppressed", []string{"DELETE FROM suppressions WHERE hash = 'gone'"}},
		{"I9 addresses that never answered, written to twice in a day or four times in a month",
			[]string{"DELETE FROM consents", "DELETE FROM messages WHERE class = 2", again("a", 1, day-1)}},
		{"I9 addresses that never answered, written to twice in a day or four times in a month",
			[]string{"DELETE FROM consents", "DELETE FROM messages WHERE class = 2", again("a", 1, day), again("b", 1, 2*day), again("c", 1, 30*day-1)}},
		{"I9 addresses that were mailed the link to their data six times in a day or eleven times in a month", linked(6, day/5-1)},
		{"I9 addresses that were mailed the link to their data six times in a day or eleven times in a month", linked(11, 3*day-1)},
		{"I10 enrolments without their lead", []string{"UPDATE enrolments SET lead_id = 5 WHERE lead_id = " + newest}},
		{"I10 enrolments without their sequence", []string{"UPDATE enrolments SET sequence_id = 5"}},
		{"I10 leads who are twice in a sequence", append(rebuilt("enrolments"),
			twice("enrolments", "sequence_id, lead_id, campaign_id, state, reason, step, place, next_at, created_at, started_at, ended_at"))},
		{"I10 sequences in force without their version", []string{"UPDATE sequences SET version_id = 5"}},
		{"I10 leads with two open hand-offs", []string{"DROP INDEX handoffs_open", twice("handoffs", "lead_id, reason, score, opened_at, mailed_at, closed_at")}},
		{"I10 events without their lead", []string{"UPDATE events SET lead_id = 5 WHERE lead_id = (SELECT min(id) FROM leads)"}},
		{"I10 consents without their lead", []string{"UPDATE consents SET lead_id = 5 WHERE lead_id = " + newest}},
	}
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url, time.Now)
		for _, c := range cases {
			furnish(t, s)
			sound(t, s)
			must(t, s.Plant(ctx, c.plant...))
			if found := problems(t, s); !slices.Contains(found, c.finds) {
				t.Errorf("%s: found only %q", c.finds, found)
			}
			if slices.ContainsFunc(c.plant, func(sql string) bool { return strings.HasPrefix(sql, "DROP") }) {
				s = another(t, s) // the rules are gone with the table
			} else {
				must(t, s.Wipe(ctx))
			}
		}
	})
}

func another(t *testing.T, s *store.Store) *store.Store {
	if s.Engine() == "postgres" {
		return storetest.Open(t, storetest.Postgres(t), time.Now)
	}
	return storetest.Open(t, storetest.SQLite(t), time.Now)
}

// What is at the caps breaks nothing, nor do coupons of people who were erased, nor mail that is owed for long.
func TestVerifyIsSilentOnWhatIsAllowed(t *testing.T) {
	day := int64(86_400_000_000)
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := furnish(t, s)
		must(t, s.Plant(ctx, "DELETE FROM messages WHERE class = 2", again("a", 1, day), again("b", 1, 2*day), again("c", 1, 30*day), again("d", 0, 5),
			"UPDATE messages SET state = 'queued', sent_at = 0, due_at = 5, not_after = 6 WHERE ident = 'd'"))
		must(t, s.Plant(ctx, linked(10, day/4)...))
		must(t, s.Erase(ctx, store.Erasing{Lead: h.leads[0], Hash: "h:sara0@example.com"}))
		sound(t, s)
	})
}

// A database that PostgreSQL knows to be damaged is said to be.
func TestVerifyFindsADamagedIndex(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t), time.Now)
	must(t, s.Plant(ctx, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'events_by_lead'::regclass"))
	if found := problems(t, s); !slices.Contains(found, "I10 indexes that are not valid") {
		t.Errorf("found only %q", found)
	}
}

// A check after many changes to the index of words finds no damage in it, whatever an earlier check has seen.
func TestVerifyAgainAndAgain(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), time.Now)
	for round := range 30 {
		for i := range 10 {
			row := round*10 + i + 1
			must(t, s.Plant(ctx, fmt.Sprintf("INSERT OR REPLACE INTO lead_words (rowid, words) VALUES (%d, 'sara sara%d firm')", row, row),
				fmt.Sprintf("DELETE FROM lead_words WHERE rowid = %d", row-3)))
		}
		sound(t, s)
	}
}
