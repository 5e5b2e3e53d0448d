package campaigns_test

import (
	"slices"
	"testing"

	"sarnakh/campaigns"
	"sarnakh/models"
)

// C2: what visitors should not see is found before they do, with the place where it is mended.
func TestCheck(t *testing.T) {
	const now = models.Instant(1_000_000)
	files := func(doc *models.CampaignDoc) {
		doc.Offer.Files = []models.Download{{FileID: 1, Key: "pdf"}}
	}
	for name, test := range map[string]struct {
		change func(*models.CampaignDoc)
		facts  campaigns.Facts
		key    string // of what is found; none where it is empty
		at     string
		stops  bool
	}{
		"nothing":            {},
		"no form":            {change: func(d *models.CampaignDoc) { d.Page.Blocks[1].Hidden = true }, key: "no_form", at: "/page", stops: true},
		"no title":           {change: func(d *models.CampaignDoc) { d.Page.Title = " " }, key: "no_title", at: "/page?part=about", stops: true},
		"no file":            {change: func(d *models.CampaignDoc) { d.Offer.Files = nil }, key: "no_file", at: "/offer", stops: true},
		"a placeholder":      {change: func(d *models.CampaignDoc) { d.Page.Blocks[0].Hero.Lead = "For [name of the course] only" }, key: "placeholder", at: "/page?block=hero", stops: true},
		"a Markdown link":    {change: func(d *models.CampaignDoc) { d.Page.Blocks[0].Hero.Lead = "See [our terms](https://example.org)" }},
		"hidden placeholder": {change: func(d *models.CampaignDoc) { d.Page.Blocks[4].Hidden, d.Page.Blocks[4].Proof.Heading = true, "[who]" }},
		"a label":            {change: func(d *models.CampaignDoc) { d.Form.Fields[2].Label = "" }, key: "form.no_label", at: "/form?field=phone", stops: true},
		"no text of consent": {change: func(d *models.CampaignDoc) { d.Form.Purposes[0].Text = "" }, key: "no_consent_text", at: "/form?part=consents", stops: true},
		"nobody reachable":   {change: func(d *models.CampaignDoc) { d.Form.Fields = d.Form.Fields[:1] }, key: "nobody_reachable", at: "/form"},
		"a gift by mail only": {change: func(d *models.CampaignDoc) {
			d.Form.Fields = d.Form.Fields[:1]
			d.Offer = models.Offer{Kind: models.OfferNewsletter}
		}, key: "no_address_for_gift", at: "/form", stops: true},
		"an empty pool": {change: func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferCoupon, Pool: &models.CouponPool{}}
		}, key: "pool_empty", at: "/offer", stops: true},
		"a low pool": {change: func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferCoupon, Pool: &models.CouponPool{}}
		}, facts: campaigns.Facts{FreeCodes: 3}, key: "pool_low", at: "/offer"},
		"an ended coupon": {change: func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferCoupon, Coupon: &models.SharedCoupon{Code: "A", Until: now - 1}}
		}, key: "coupon_over", at: "/offer", stops: true},
		"a contest that ends before its page": {change: func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferContest, Contest: &models.Contest{Until: now + 10}}
		}, facts: campaigns.Facts{Until: now + 20}, key: "outlives", at: "/settings#f-until_day"},
		"a page that ends with its contest": {change: func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferContest, Contest: &models.Contest{Until: now + 10}}
		}, facts: campaigns.Facts{Until: now + 10}},
		"a webinar whose page goes on": {change: func(d *models.CampaignDoc) {
			d.Offer = models.Offer{Kind: models.OfferWebinar, Event: &models.Gathering{From: now + 10, URL: "https://meet.example.org"}}
		}, key: "outlives", at: "/settings#f-until_day"},
		"a webinar some time": {change: func(d *models.CampaignDoc) { d.Offer = models.Offer{Kind: models.OfferWebinar} }, key: "no_time", at: "/offer", stops: true},
		"a dead link":         {change: func(d *models.CampaignDoc) { d.Form.Thanks.Onward.URL = "/p/gone" }, key: "dead_link", at: "/form"},
		"a live link":         {change: func(d *models.CampaignDoc) { d.Form.Thanks.Onward.URL = "/p/there" }},
		"weak colours":        {facts: campaigns.Facts{Weak: []string{"button"}}, key: "weak_contrast", at: "/page?part=theme"},
		"no alt text":         {change: func(d *models.CampaignDoc) { d.Page.Blocks[0].Hero.Image = &models.Image{} }, key: "no_alt", at: "/page?block=hero"},
		"a decoration":        {change: func(d *models.CampaignDoc) { d.Page.Blocks[0].Hero.Image = &models.Image{Decorative: true} }},
		"mails without leave": {change: func(d *models.CampaignDoc) { d.Form.Purposes = nil }, facts: campaigns.Facts{Writes: true}, key: "sequence_without_consent", at: "/form?part=consents"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := starterDoc(t)
			files(&doc)
			if test.change != nil {
				test.change(&doc)
			}
			test.facts.Now = now
			test.facts.Pages = func(slug string) bool { return slug == "there" }
			found := campaigns.Check(&doc, test.facts)
			if test.key == "" {
				if len(found) != 0 {
					t.Errorf("%+v", found)
				}
				return
			}
			i := slices.IndexFunc(found, func(p campaigns.Problem) bool { return p.Key == test.key || p.Key == "campaign_check."+test.key })
			if i < 0 || found[i].At != test.at || found[i].Stops != test.stops {
				t.Errorf("%+v", found)
			}
		})
	}
}
