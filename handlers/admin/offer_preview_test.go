package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// C3: a marketer sees what visitors will see and get, before it is published, with their own words in it.
func TestOffersAreLookedAt(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	from := models.At(time.Date(2026, 12, 3, 17, 0, 0, 0, time.UTC))
	for _, test := range []struct {
		offer      models.Offer
		page, mail string
	}{
		{models.Offer{Kind: models.OfferWebinar, Event: &models.Gathering{From: from, Until: from.Add(time.Hour), Zone: "Europe/Berlin", URL: "https://meet.example.org/x"}},
			"18:00–19:00, Berlin time", "https://meet.example.org/x"},
		{models.Offer{Kind: models.OfferCoupon, Pool: &models.CouponPool{Terms: "Once."}}, "It is yours alone", "SAMPLE-CODE"},
		{models.Offer{Kind: models.OfferCoupon, Coupon: &models.SharedCoupon{Code: "SPRING"}}, "SPRING", "SPRING"},
		{models.Offer{Kind: models.OfferTrial, Trial: &models.Trial{URL: "https://app.example.org/new", Days: 7}}, "https://app.example.org/new", "https://app.example.org/new"},
		{models.Offer{Kind: models.OfferTrial, Trial: &models.Trial{Webhook: "https://app.example.org/hook"}}, "We are preparing your trial", "We are preparing your trial"},
		{models.Offer{Kind: models.OfferContest, Contest: &models.Contest{Rules: "One **entry**"}}, "<strong>entry</strong>", "entry"},
		{models.Offer{Kind: models.OfferDemo}, "One of us will call you soon", "get in touch with you soon"},
		{models.Offer{Kind: models.OfferNewsletter}, "Press", "Confirm"},
	} {
		test.offer.Title = "The gift"
		test.offer.Letter = models.Letter{Subject: "For {{first_name|you}}", Text: "Words of *ours*"}
		w.change("offer", func(doc *models.CampaignDoc) { doc.Offer = test.offer })
		at := w.campaignAt("/preview?as=")
		page := p.get(at + "thanks_page")
		page.says(t, http.StatusOK, test.page)
		if strings.Contains(page.text, "meet.example.org") || strings.Contains(page.text, "<script") {
			t.Errorf("%s: the page says too much", test.offer.Kind)
		}
		p.get(at+"thanks&width=desktop").says(t, http.StatusOK, "as=thanks_page", "look--desktop", "as=thanks&amp;width=tablet", "Back to the offer")
		p.get(at+"mail").says(t, http.StatusOK, "For ", "as=mail_html")
		p.get(at+"mail_phone").says(t, http.StatusOK, "frame--phone")
		p.get(at+"mail_text").says(t, http.StatusOK, "Words of ours", test.mail)
		html := p.get(at + "mail_html")
		html.says(t, http.StatusOK, "Words of", test.mail)
		if policy := html.header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") {
			t.Errorf("a mail under %q", policy)
		}
		p.get(w.campaignAt("/offer")).says(t, http.StatusOK, "preview?as=thanks", "preview?as=mail")
	}
}

// A letter is checked as a sequence's texts are: nothing is mailed that can't be filled in, or leads nowhere.
func TestAWrongLetterComesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer")
	for text, problem := range map[string]string{
		"Hello {{password}}": "password", "{{ first_name": "{{first_name", "[x](javascript:1)": "javascript:1", "![x](http://example.org/a.png)": "http://example.org/a.png",
	} {
		form := url.Values{"base": {p.get(at).base(t)}, "kind": {"survey"}, "title": {"x"}, "text": {text}}
		p.post(at, form).says(t, http.StatusUnprocessableEntity, problem, "f-text")
	}
	if w.offer().Letter.Text != "" {
		t.Error("something was saved")
	}
}

// C3: the event's file is there for anybody, without the address; where there is no event there is none.
func TestTheEventsFile(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	anybody.get("/p/playbook/event.ics").says(t, http.StatusNotFound)
	from := models.At(time.Date(2099, 12, 3, 17, 0, 0, 0, time.UTC))
	w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferWebinar, Title: "Talk", Event: &models.Gathering{From: from, Until: from.Add(time.Hour), Zone: "Asia/Tehran", URL: "https://meet.example.org/x"}}
	})
	file := anybody.get("/p/playbook/event.ics")
	file.says(t, http.StatusOK, "BEGIN:VCALENDAR\r\n", "DTSTART:20991203T170000Z\r\n")
	if kind := file.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/calendar") || strings.Contains(file.text, "meet.") {
		t.Errorf("%s\n%s", kind, file.text)
	}
}

// The marketer sees the secret their program checks calls with, how much of a code is given, and that trials fail, in words.
func TestAnOfferAtWork(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("offer", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferTrial, Title: "T", Trial: &models.Trial{Webhook: "https://app.example.org/hook"}}
	})
	page := p.get(w.campaignAt("/offer"))
	page.says(t, http.StatusOK, "whsec_", "standardwebhooks.com")
	if strings.Contains(page.text, "could not be made") {
		t.Error("trouble without a trial")
	}
	job := models.Job{Kind: "trial", Ident: w.playbook().ID.String() + ":abc"}
	if err := w.store.EnqueueJobs(w.ctx, job); err != nil {
		t.Fatal(err)
	}
	w.fails(t, "status 503")
	p.get(w.campaignAt("/offer")).says(t, http.StatusOK, "1 trial could not be made yet", "It answered with the status 503.")
	w.change("offer", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: "T", Coupon: &models.SharedCoupon{Code: "X", Stock: 50}}
	})
	p.get(w.campaignAt("/offer")).says(t, http.StatusOK, "0 of 50 given.")
}

// fails has a queue try what is owed once, without success.
func (w *world) fails(t *testing.T, why string) {
	t.Helper()
	claimed := must(w.store.JobRound(w.ctx, store.JobRound{Owner: "q", Kinds: []string{"trial"}, Limit: 10, Lease: time.Minute}))(t)
	ends := make([]store.JobEnd, len(claimed))
	for i, j := range claimed {
		ends[i] = store.JobEnd{Job: j, RetryAt: w.store.Now().Add(time.Hour), Error: why}
	}
	must(w.store.JobRound(w.ctx, store.JobRound{Owner: "q", Ends: ends}))(t)
}
