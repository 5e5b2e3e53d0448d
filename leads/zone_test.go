package leads

import (
	"testing"

	"sarnakh/models"
)

// I9: a lead is not woken at night where they live, as far as that is known: a country of several zones says nothing.
func TestZoneOf(t *testing.T) {
	for _, c := range []struct{ phone, country, province, want string }{
		{"", "", "", ""},
		{"+989123456789", "", "", "Asia/Tehran"},
		{"", "IR", "", "Asia/Tehran"},
		{"", "", "IR-23", "Asia/Tehran"},
		{"+4915112345678", "", "", "Europe/Berlin"},
		{"+4915112345678", "IR", "", "Asia/Tehran"}, // lives in Iran, with a number of elsewhere
		{"", "DE", "", "Europe/Berlin"},
		{"", "AF", "", "Asia/Kabul"},
		{"", "US", "", ""},
		{"+12125550123", "US", "", "America/New_York"},
		{"", "RU", "", ""},
		{"", "GB", "", ""},
		{"nonsense", "XX", "", ""},
	} {
		l := &models.Lead{Phone: c.phone}
		l.Set(models.FieldCountry, c.country, 1)
		l.Set(models.FieldProvince, c.province, 1)
		if got := zoneOf(l); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
