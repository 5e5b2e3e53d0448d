package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"sarnakh/models"
)

// C3: whoever serves a customer who comes with a code sees on the lead's page which one was given, and by what campaign.
func TestCodesOfALead(t *testing.T) {
	w := newWorld(t, 1)
	must(w.store.AddCodes(w.ctx, w.playbook().ID, []string{"NORA-7"}))(t)
	w.publish("playbook", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: "Ten percent off", Pool: &models.CouponPool{OnScreen: true}}
	})
	nora := w.capture("Nora Hale", "nora@example.com")
	late := w.capture("Lale Sari", "lale@example.com") // there was one code
	marketer := w.person(models.Marketer)
	for _, p := range [...]*person{marketer, w.person(models.Sales)} {
		p.get("/admin/leads/"+nora.ID.String()).says(t, http.StatusOK, "Code given by “Ebook", "NORA-7")
	}
	if strings.Contains(marketer.get("/admin/leads/"+late.ID.String()).text, "Code given") {
		t.Error("a code is shown that nobody got")
	}
}
