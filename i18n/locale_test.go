package i18n

import "testing"

func TestParseLocale(t *testing.T) {
	for s, want := range map[string]Locale{
		"fa": FA, "fa-IR": FA, "FA_ir": FA, "fa-Arab-AF": FA, "en": EN, "en-US": EN, "EN": EN, " en ": EN,
	} {
		if got, ok := ParseLocale(s); !ok || got != want {
			t.Errorf("ParseLocale(%q) = %q, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "de", "english", "-", "f", "ar-IR"} {
		if got, ok := ParseLocale(s); ok {
			t.Errorf("ParseLocale(%q) = %q", s, got)
		}
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]Locale{
		"":                                    FA,
		"*":                                   FA,
		"de, fr;q=0.5":                        FA,
		"en":                                  EN,
		"en-GB,en;q=0.9":                      EN,
		"de;q=1, en-GB;q=0.5, fa;q=0.4":       EN,
		"en;q=0.3, fa-IR;q=0.8":               FA,
		"fa;q=0, en;q=0.1":                    EN,
		"fa-IR,fa;q=0.9,en-US;q=0.8,en;q=0.7": FA,
		"\x00\xff;;;=,":                       FA,
	} {
		if got := Match(header, FA); got != want {
			t.Errorf("Match(%q) = %q, want %q", header, got, want)
		}
	}
	if got := Match("de", EN); got != EN {
		t.Errorf("fallback is not the one given: %q", got)
	}
}

func TestLocaleSides(t *testing.T) {
	if FA.Dir() != "rtl" || EN.Dir() != "ltr" || FA.Other() != EN || EN.Other() != FA {
		t.Error("directions or other languages are wrong")
	}
}
