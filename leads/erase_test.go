package leads_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/store"
)

// I4, I7: erasure leaves nothing that says who it was, in any table; the address stays suppressed; the note outside the
// database has the hash; every page of theirs goes on to answer.
func TestErasureLeavesNothing(t *testing.T) {
	each(t, leads.Config{Notify: []string{"sales@example.org"}}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama", func(d *models.SequenceDoc) { d.KeepHot = true })
		w.open("rahnama").with("website_url", "http://robot.example").mustSend() // kept as spam under the same address
		w.subscribe("rahnama")
		w.campaign("codes", func(d *models.CampaignDoc) { d.Offer.Coupon = &models.SharedCoupon{Code: "SPRING"} })
		f := w.open("codes").with("phone", "+989123456789", "company", "Berkeh", "call_me", "1", "consent.newsletter", "1")
		f.mustSend()
		f.with("email", "kaveh@other.example", "name", "Kaveh", "phone", "+989120000000", "company", "Other").mustSend() // corrects it
		queued := w.stepMail(q, "one")
		for _, m := range all(w, w.store.EachMessage) {
			w.keepBytes(m)
		}
		token, stop := w.ask(), w.unsubscribeToken(queued)
		confirm, prefs := w.token(w.mails(models.MailDelivery)[0], confirmLink), w.preferencesToken(queued)
		id := w.lead(narges).ID
		if before := w.holding("narges"); len(before) < 13 || !slices.ContainsFunc(before, func(s string) bool { return strings.HasPrefix(s, "mail_bytes") }) { // else the search finds nothing
			t.Fatalf("before: %v", before)
		}

		for range 2 {
			if err := w.leads.Erase(w.ctx, token, visitor); err != nil {
				t.Fatal(err)
			}
		}
		if got := w.holding("narges", "نرگس", "989123456789", "Berkeh", id.String(), fmt.Sprint(int64(id))); len(got) != 0 {
			t.Errorf("still there: %v", got)
		}
		var found, left int
		if err := w.db().QueryRow("SELECT (SELECT count(*) FROM lead_words), (SELECT count(*) FROM leads)").Scan(&found, &left); err != nil || found != left {
			t.Errorf("%d leads can be found by their words, there are %d: %v", found, left, err)
		}
		if w.lead("kaveh@other.example"); len(w.mails(models.MailHot)) == 0 {
			t.Error("somebody else's went too")
		}
		if held := w.held(); len(held) != 1 || held[0].Reason != "erasure" || !slices.Equal(w.forgotten, []string{w.leads.HashIdentity(narges)}) {
			t.Errorf("held %+v, noted %v", held, w.forgotten)
		}
		if e := w.audited("lead.erase"); len(e) != 1 || e[0].UserID != 0 || e[0].IP != "" || e[0].Subject != "identity:"+w.leads.HashIdentity(narges) {
			t.Errorf("audit: %+v", e)
		}
		coupons := all(w, w.store.EachCoupon)
		if len(coupons) != 2 || coupons[0].LeadID != -coupons[0].ID || coupons[0].Code != "SPRING" || coupons[1].LeadID < 0 {
			t.Errorf("coupons: %+v", coupons)
		}
		w.sound()

		for name, standing := range map[string]func() (leads.Standing, error){
			"confirmation": func() (leads.Standing, error) { p, err := w.leads.Confirmation(w.ctx, confirm); return p.Standing, err },
			"confirm": func() (leads.Standing, error) {
				p, err := w.leads.Confirm(w.ctx, confirm, visitor)
				return p.Standing, err
			},
			"unsubscription": func() (leads.Standing, error) { p, err := w.leads.Unsubscription(w.ctx, stop); return p.Standing, err },
			"preferences":    func() (leads.Standing, error) { p, err := w.leads.Preferences(w.ctx, prefs); return p.Standing, err },
			"set": func() (leads.Standing, error) {
				p, err := w.leads.SetPreferences(w.ctx, prefs, map[models.Purpose]bool{models.Newsletter: true}, visitor)
				return p.Standing, err
			},
			"my data": func() (leads.Standing, error) { d, err := w.leads.MyData(w.ctx, token); return d.Standing, err },
		} {
			if got, err := standing(); err != nil || got != leads.StandingGone {
				t.Errorf("%s: %s %v", name, got, err)
			}
		}
		if p, err := w.leads.Unsubscribe(w.ctx, stop, models.ByOneClick, visitor); err != nil || p.Standing != leads.StandingDone {
			t.Errorf("unsubscribed after the erasure: %+v %v", p, err)
		}
		if err := w.leads.FreshConfirmation(w.ctx, confirm, visitor); err != nil {
			t.Error(err)
		}
		n := len(all(w, w.store.EachMessage))
		if err := w.leads.AskMyData(w.ctx, narges, i18n.EN, visitor); err != nil || len(all(w, w.store.EachMessage)) != n {
			t.Error("an erased address is written to:", err)
		}
		w.sound()
	})
}

// An erased person who comes back is new, and stays suppressed until they confirm.
func TestComingBackAfterAnErasure(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		q := w.sequence("rahnama")
		w.subscribe("rahnama")
		if err := w.leads.Erase(w.ctx, w.ask(), visitor); err != nil {
			t.Fatal(err)
		}
		w.open("rahnama").with("consent.newsletter", "1").mustSend()
		if delivery := w.mail(models.MailDelivery); w.begins(w.stepMail(q, "one")) || !w.begins(delivery) {
			t.Error("the gift does not come, or more than it")
		}
		if _, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor); err != nil {
			t.Fatal(err)
		}
		if lifted := w.audited("suppression.lift"); len(w.held()) != 0 || len(lifted) != 1 || !strings.HasPrefix(lifted[0].Detail, "erasure") {
			t.Errorf("held %v, lifted %+v", w.held(), lifted)
		}
		w.sound()
	})
}

// A user erases for somebody who asked, which is audited by name; a mail in flight reports to nobody; an earlier
// complaint outlives it.
func TestErasingWhileAMailIsInFlight(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		flying := w.mail(models.MailDelivery)
		if !w.begins(flying) {
			t.Fatal("the delivery does not begin")
		}
		if err := w.store.Suppress(w.ctx, models.Suppression{Hash: w.leads.HashIdentity(narges), Scope: models.SuppressAll, Reason: "complaint"}); err != nil {
			t.Fatal(err)
		}
		id := w.lead(narges).ID
		if err := w.leads.EraseLead(w.ctx, id, 7, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		if err := w.leads.EraseLead(w.ctx, id, 7, "192.0.2.1"); !errors.Is(err, models.ErrNotFound) {
			t.Error("erased twice:", err)
		}
		result := store.MailResult{ID: flying.ID, Attempt: 1, State: models.MessageSent, Reply: "250"}
		if _, err := w.store.MailRound(w.ctx, store.MailRound{Owner: "worker", Results: []store.MailResult{result}}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.store.SettleOrphans(w.ctx, "another"); err != nil {
			t.Fatal(err)
		}
		if got := w.holding("narges", fmt.Sprint(int64(id))); len(got) != 0 {
			t.Errorf("still there: %v", got)
		}
		scopes := map[models.SuppressionScope]string{}
		for _, s := range w.held() {
			scopes[s.Scope] = s.Reason
		}
		if scopes[models.SuppressAll] != "complaint" || scopes[models.SuppressMarketing] != "erasure" {
			t.Errorf("held: %v", scopes)
		}
		if e := w.audited("lead.erase"); len(e) != 1 || e[0].UserID != 7 || e[0].IP != "192.0.2.1" {
			t.Errorf("audit: %+v", e)
		}
		w.sound()
	})
}

// What can't be noted outside the database is not erased: a restored backup would bring it back.
func TestNoErasureWithoutItsNote(t *testing.T) {
	each(t, leads.Config{}, func(t *testing.T, w *world) {
		w.open("rahnama").mustSend()
		full := errors.New("disk full")
		w.noteFails = full
		if err := w.leads.EraseLead(w.ctx, w.lead(narges).ID, 7, ""); !errors.Is(err, full) {
			t.Error(err)
		}
		w.lead(narges)
	})
}

// keepBytes keeps a mail as it was sent.
func (w *world) keepBytes(m models.Message) {
	w.t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	about, err := w.store.Lead(w.ctx, m.LeadID)
	if err != nil {
		w.t.Fatal(err)
	}
	fmt.Fprint(z, "To: ", m.To, "\n\nabout ", about.Email)
	_ = z.Close()
	_, err = w.store.MailRound(w.ctx, store.MailRound{Owner: "worker", Lease: time.Hour, Begin: []store.MailBegin{{ID: m.ID, Gzip: packed.Bytes()}}})
	if err != nil {
		w.t.Fatal(err)
	}
}

// holding searches every column of every table, as text, and the mails that are kept.
func (w *world) holding(words ...string) (found []string) {
	w.t.Helper()
	for _, table := range tables(w.t, w) {
		rows, err := w.db().Query("SELECT * FROM " + table)
		if err != nil {
			w.t.Fatal(err)
		}
		columns, _ := rows.Columns()
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				w.t.Fatal(err)
			}
			for i, cell := range cells {
				if text := asText(cell); slices.ContainsFunc(words, func(word string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(word)) }) {
					found = append(found, table+"."+columns[i]+": "+text)
				}
			}
		}
		_ = rows.Close()
	}
	return found
}

func asText(cell any) string {
	raw, ok := cell.([]byte)
	if !ok {
		return fmt.Sprint(cell)
	}
	if z, err := gzip.NewReader(bytes.NewReader(raw)); err == nil {
		var plain bytes.Buffer
		_, _ = plain.ReadFrom(z)
		return plain.String()
	}
	return string(raw)
}
