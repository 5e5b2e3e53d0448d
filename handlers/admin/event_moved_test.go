package admin_test

import (
	"strings"
	"testing"
	"time"

	"sarnakh/models"
)

// C3: who moves an event is told before it is published how many were told another time, and that nobody writes to them.
func TestAMovedEvent(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := func(from time.Time, place string) func(*models.CampaignDoc) {
		return func(doc *models.CampaignDoc) {
			doc.Offer = models.Offer{Kind: models.OfferWebinar, Title: "Open day", Event: &models.Gathering{From: models.At(from), Zone: "Europe/Berlin", Place: place}}
		}
	}
	first := time.Date(2071, 4, 9, 16, 0, 0, 0, time.UTC)
	w.publish("playbook", at(first, "The old mill"))
	moved := func(says ...string) {
		t.Helper()
		page := p.get(w.campaignAt("/publish"))
		page.says(t, 200, says...)
		if len(says) == 0 && strings.Contains(page.text, "signed up") {
			t.Error("a change that is none")
		}
	}
	w.change("offer", at(first.Add(time.Hour), "The old mill"))
	moved() // nobody has signed up
	p.fillsIn("playbook", "nora@example.com")
	moved("1 person has signed up", "9 April 2071", "18:00", "The old mill", w.campaignAt("/leads"))
	p.fillsIn("playbook", "omid@example.com")
	moved("2 people have signed up")
	w.change("offer", at(first, "The old mill"))
	moved()
	w.change("offer", at(first, "The new mill"))
	moved("2 people have signed up", "The old mill")
	w.change("offer", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferContact, Title: "No open day"}
	})
	moved("2 people have signed up")
}
