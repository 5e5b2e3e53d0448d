package i18n

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
)

func TestProvinces(t *testing.T) {
	provinces := Provinces()
	if len(provinces) != 31 {
		t.Fatalf("Iran has 31 provinces, not %d", len(provinces))
	}
	slug := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for i, p := range provinces {
		if p.Code != fmt.Sprintf("IR-%02d", i) || p.FA != FoldText(p.FA) || p.FA == "" || p.EN == "" {
			t.Errorf("province %d: %+v", i, p)
		}
		if n := len(p.Cities); n < 5 || n > 20 {
			t.Errorf("%s has %d cities", p.EN, n)
		}
		for _, c := range p.Cities {
			if !slug.MatchString(c.Slug) || seen[c.Slug] || c.EN == "" || c.FA == "" || c.FA != FoldText(c.FA) {
				t.Errorf("%s: %+v", p.EN, c)
			}
			seen[c.Slug] = true
		}
	}
}

// Codes and slugs are stored with leads: these may never come to mean another place.
func TestPlacesKeepTheirKeys(t *testing.T) {
	for code, name := range map[string]string{
		"IR-00": "مرکزی", "IR-10": "اصفهان", "IR-23": "تهران", "IR-30": "البرز", "ساری": "ساری",
	} {
		if got := For(FA).Province(code); got != name {
			t.Errorf("%s is %s", code, got)
		}
	}
	c, p, ok := CityBySlug("kashan")
	if !ok || c.Name(FA) != "کاشان" || c.Name(EN) != "Kashan" || p.Name(EN) != "Isfahan" {
		t.Errorf("kashan: %v in %v", c, p.Name(EN))
	}
	if For(EN).City("kashan") != "Kashan" || For(EN).City("Oz") != "Oz" {
		t.Error("names of cities")
	}
	if _, ok := ProvinceByCode("IR-31"); ok {
		t.Error("there is no 32nd province")
	}
}

// Changing what was handed out changes nobody else's.
func TestListsAreCopies(t *testing.T) {
	Provinces()[0].Code, Industries()[0], CompanySizes()[0], SortedCountries(For(EN))[0] = "x", "x", "x", "x"
	if Provinces()[0].Code == "x" || Industries()[0] == "x" || CompanySizes()[0] == "x" || SortedCountries(For(EN))[0] == "x" {
		t.Error("a list is shared")
	}
}

func TestCountries(t *testing.T) {
	codes := Countries()
	if len(codes) != 249 || !slices.IsSorted(codes) || !slices.Contains(codes, "IR") || !slices.Contains(codes, "NO") {
		t.Errorf("%d countries: %v", len(codes), codes)
	}
	for _, c := range []struct{ code, en, fa string }{
		{"IR", "Iran", "ایران"}, {"de", "Germany", "آلمان"}, {"SZ", "Eswatini", "اسواتینی"},
		{"MK", "North Macedonia", "مقدونیهٔ شمالی"}, {"XX", "XX", "XX"}, {"", "", ""},
	} {
		both(t, c.code, func(l *Loc) string { return l.Country(c.code) }, c.en, c.fa)
	}
}

func TestPlacesAreSortedAsTheLanguageSorts(t *testing.T) {
	en, fa := SortedCountries(For(EN)), SortedCountries(For(FA))
	if len(en) != 249 || en[0] != "AF" || en[1] != "AX" || en[2] != "AL" { // Å sorts with A
		t.Errorf("English begins %v", en[:3])
	}
	names := func(codes []string) (names []string) {
		for _, c := range codes {
			names = append(names, For(FA).Country(c))
		}
		return names
	}
	if got := names(fa[:2]); len(fa) != 249 || got[0] != "آذربایجان" && got[0] != "آرژانتین" {
		t.Errorf("Persian begins %v", got)
	}
	if got := For(FA).Country(fa[248]); got != "یونان" {
		t.Errorf("Persian ends with %s", got)
	}
	provinces := SortedProvinces(For(FA))
	if len(provinces) != 31 || provinces[0].FA != "آذربایجان شرقی" || provinces[30].FA != "یزد" {
		t.Errorf("provinces from %s to %s", provinces[0].FA, provinces[30].FA)
	}
	tehran, _ := ProvinceByCode("IR-23")
	if cities := SortedCities(For(EN), tehran); cities[0].EN != "Andisheh" || tehran.Cities[0].EN != "Tehran" {
		t.Errorf("cities begin with %s, the largest is %s", cities[0].EN, tehran.Cities[0].EN)
	}
}
