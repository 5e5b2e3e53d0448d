package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"sarnakh/models"
)

var viewToken = regexp.MustCompile(`name="_token" value="([^"]+)"`)

// C6: a form that comes back, with what was typed, shows the words that are published by then; they are what is agreed to.
func TestAFormShownAgainIsReadAnew(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	token := viewToken.FindStringSubmatch(anybody.get("/p/playbook").text)[1]
	w.publish("playbook", func(doc *models.CampaignDoc) { doc.Form.Purposes[0].Text = "A letter a day." })
	form := url.Values{"name": {"Nora"}, "email": {"nora@"}, "consent.newsletter": {"1"}, "_token": {token}}
	again := anybody.post("/p/playbook", form)
	again.says(t, http.StatusUnprocessableEntity, "A letter a day.")
	form.Set("email", "nora@example.com")
	form.Set("_token", viewToken.FindStringSubmatch(again.text)[1])
	anybody.post("/p/playbook", form).says(t, http.StatusSeeOther)
	err := w.store.EachConsent(w.ctx, func(rows []models.Consent) error {
		texts, err := w.store.ConsentTexts(w.ctx, []models.ID{rows[0].TextID})
		if texts[rows[0].TextID].Text != "A letter a day." {
			t.Errorf("%+v, to %q", rows, texts[rows[0].TextID].Text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
