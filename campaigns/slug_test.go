package campaigns_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sarnakh/campaigns"
	"sarnakh/models"
)

// C2: an address is proposed that can be read aloud in both languages.
func TestSlugOfAName(t *testing.T) {
	for name, want := range map[string]string{
		"27 follow-ups":                 "27-follow-ups",
		"Spring coupon, 20% off!":       "spring-coupon-20-off",
		"Café Müller’s Straße":          "cafe-mullers-strasse",
		"کوپن نوروز ۱۴۰۵":               "coupon-nowruz-1405",
		"دورهٔ آموزش عکاسی":             "dore-amoozesh-akkasi",
		"ثبت‌نام وبینار":                "sabtenam-webinar",
		"برنامه‌نویسی وب":               "barnamenevisi-web",
		"نکته‌های فروش":                 "noktehaye-foroosh",
		"باران":                         "baran",
		"دریا":                          "darya",
		"سارا و ویدا":                   "sara-va-vida",
		"خوان هفتم":                     "khvan-haftm",
		"غرفهٔ نمایشگاه Elecomp":        "ghorfe-namayeshgah-elecomp",
		"🎁":                             "",
		strings.Repeat("campaign ", 20): strings.TrimSuffix(strings.Repeat("campaign-", 6), "-"),
	} {
		if got := campaigns.SlugOf(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Whatever the name, what is proposed is an address, or nothing.
func TestSlugsProposedAreAddresses(t *testing.T) {
	letters := rapid.RuneFrom([]rune("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأؤئءةيك\u200c ۱٢3-_/ABZaz é߀’'"))
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.OneOf(letters, rapid.Rune())).Draw(t, "name")
		slug := campaigns.SlugOf(name)
		invalid, _ := errors.AsType[*models.Invalid](campaigns.CheckSlug(slug))
		if len(slug) >= campaigns.MinSlug && invalid != nil && invalid.Fields[0].Key != "campaign.slug.reserved" {
			t.Fatalf("%q gives %q: %v", name, slug, invalid)
		}
	})
}

func TestCheckSlug(t *testing.T) {
	for slug, want := range map[string]string{
		"ab": "", "a-1": "", "nowruz-1405": "", strings.Repeat("a", 60): "",
		"": "campaign.slug.none", "a": "campaign.slug.length", strings.Repeat("a", 61): "campaign.slug.length",
		"-ab": "campaign.slug.shape", "ab-": "campaign.slug.shape", "a--b": "campaign.slug.shape", "Ab": "campaign.slug.shape",
		"نوروز": "campaign.slug.shape", "a b": "campaign.slug.shape", "a_b": "campaign.slug.shape", "ab\n": "campaign.slug.shape",
		"admin": "campaign.slug.reserved", "new": "campaign.slug.reserved",
	} {
		got := ""
		if invalid, ok := errors.AsType[*models.Invalid](campaigns.CheckSlug(slug)); ok {
			got = invalid.Fields[0].Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", slug, got, want)
		}
	}
}
