package i18n

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/collate"
)

// Province is one of the 31 provinces of Iran. Code is its ISO 3166-2 code as numbered since November
// 2020 (IR-23 is Tehran); it is what is stored. Cities are its larger ones, the capital of the
// province first and then roughly by size.
type Province struct {
	Code   string
	FA, EN string
	Cities []City
}

// City is a city of Iran. Slug is unique in the country and never changes; it is what is stored.
type City struct{ Slug, FA, EN string }

// Name is the province's name in a language.
func (p Province) Name(l Locale) string { return pick(l, p.FA, p.EN) }

// Name is the city's name in a language.
func (c City) Name(l Locale) string { return pick(l, c.FA, c.EN) }

func pick(l Locale, fa, en string) string {
	if l == EN {
		return en
	}
	return fa
}

//go:embed geo/iran.yaml
var iranYAML []byte

var iran = sync.OnceValue(func() []Province {
	var provinces []Province
	if err := yaml.Unmarshal(iranYAML, &provinces); err != nil {
		panic(err) // an embedded file that a test has read before
	}
	return provinces
})

// Provinces are the provinces of Iran by code. The cities are shared: do not change them.
func Provinces() []Province { return slices.Clone(iran()) }

// ProvinceByCode finds a province by its ISO 3166-2 code.
func ProvinceByCode(code string) (Province, bool) {
	i := slices.IndexFunc(iran(), func(p Province) bool { return p.Code == code })
	if i < 0 {
		return Province{}, false
	}
	return iran()[i], true
}

// CityBySlug finds a city and the province it lies in.
func CityBySlug(slug string) (City, Province, bool) {
	for _, p := range iran() {
		for _, c := range p.Cities {
			if c.Slug == slug {
				return c, p, true
			}
		}
	}
	return City{}, Province{}, false
}

// Province is the name of a province by its code; what is no code comes back as it is.
func (l *Loc) Province(code string) string {
	if p, ok := ProvinceByCode(code); ok {
		return p.Name(l.locale)
	}
	return code
}

// City is the name of a city by its slug; what is no slug, a place typed by hand, comes back as it is.
func (l *Loc) City(slug string) string {
	if c, _, ok := CityBySlug(slug); ok {
		return c.Name(l.locale)
	}
	return slug
}

const countryPrefix = "country."

// Countries are the ISO 3166-1 alpha-2 codes, in order. Their names are messages of our own: those of
// x/text are of 2017 (Swaziland, Macedonia) and would add 2.4 MB to the program.
func Countries() []string {
	var codes []string
	for _, key := range Keys(EN) {
		if code, ok := strings.CutPrefix(key, countryPrefix); ok {
			codes = append(codes, code)
		}
	}
	return codes
}

// Country is a country's name by its ISO 3166-1 alpha-2 code, in any case; what is no code comes back as
// it is.
func (l *Loc) Country(iso2 string) string {
	key := countryPrefix + strings.ToUpper(iso2)
	if !l.Has(key) {
		return iso2
	}
	return l.T(key)
}

// SortedCountries are the codes in the order of their names in a language.
func SortedCountries(l *Loc) []string { return slices.Clone(l.countries()) }

// SortedProvinces are the provinces of Iran in the order of their names in a language.
func SortedProvinces(l *Loc) []Province { return slices.Clone(l.provinces()) }

// SortedCities are the cities of a province in the order of their names in a language.
func SortedCities(l *Loc, p Province) []City {
	return sortBy(l, slices.Clone(p.Cities), func(c City) string { return c.Name(l.locale) })
}

func (l *Loc) sortCountries() []string {
	var codes []string
	for key := range l.messages {
		if code, ok := strings.CutPrefix(key, countryPrefix); ok {
			codes = append(codes, code)
		}
	}
	return sortBy(l, codes, l.Country)
}

func (l *Loc) sortProvinces() []Province {
	return sortBy(l, Provinces(), func(p Province) string { return p.Name(l.locale) })
}

// sortBy sorts as the language's dictionaries do: آ before ا, پ after ب, Å with A.
func sortBy[T any](l *Loc, items []T, name func(T) string) []T {
	c := collate.New(l.tag)
	slices.SortFunc(items, func(a, b T) int { return c.CompareString(name(a), name(b)) })
	return items
}
