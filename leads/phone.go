package leads

import (
	"math"
	"strconv"
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/nyaruka/phonenumbers"
)

// defaultRegion is where a phone number without a country code is looked for when the form names none.
const defaultRegion = "IR"

// Phone reads a number as people write it in a region, in any digits, and returns it in E.164.
func Phone(typed, region string) (string, bool) {
	if region == "" {
		region = defaultRegion
	}
	typed = strings.TrimSpace(i18n.FoldNumber(typed))
	if strings.HasPrefix(typed, "00") {
		typed = "+" + typed[2:]
	}
	n, err := phonenumbers.Parse(typed, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// CountryCode is the code that stands before a region's numbers: "+98".
func CountryCode(region string) string {
	if region == "" {
		region = defaultRegion
	}
	return "+" + strconv.Itoa(phonenumbers.GetCountryCodeForRegion(region))
}

// ShownPhone is how people write a number: "0912 345 6789" at home, with its country's code elsewhere.
func ShownPhone(e164 string) string {
	n, err := phonenumbers.Parse(e164, defaultRegion)
	if err != nil {
		return e164
	}
	if phonenumbers.GetRegionCodeForNumber(n) != defaultRegion {
		return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.NATIONAL)
}

// NationalExample is a mobile number as it is typed after the country's code.
func NationalExample(loc *i18n.Loc, region string) string {
	if region == "" || region == defaultRegion {
		return loc.T("example.mobile_national")
	}
	return example(loc, region, phonenumbers.NATIONAL)
}

func phoneExample(loc *i18n.Loc, region string) string {
	if region == "" || region == defaultRegion {
		return loc.T("example.phone")
	}
	return example(loc, region, phonenumbers.INTERNATIONAL)
}

func example(loc *i18n.Loc, region string, format phonenumbers.PhoneNumberFormat) string {
	n := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
	if n == nil {
		return ""
	}
	return loc.Digits(phonenumbers.Format(n, format))
}

func checkPhone(a asked, raw string) (string, *models.FieldError) {
	e164, ok := Phone(raw, a.field.Region)
	if !ok {
		return "", a.wrong("invalid.phone", "example", phoneExample(a.loc, a.field.Region))
	}
	return e164, nil
}

// number reads a decimal number in any digits and returns it as it is kept: plain digits.
func number(typed string) (kept string, value float64, ok bool) {
	folded := i18n.FoldNumber(typed)
	value, err := strconv.ParseFloat(folded, 64)
	if err != nil || len(folded) > maxDigits || math.IsInf(value, 0) || math.IsNaN(value) || strings.ContainsAny(folded, "xXpP_") {
		return "", 0, false
	}
	return strconv.FormatFloat(value, 'f', -1, 64), value, true
}

// IsMobile tells whether a number can have WhatsApp.
func IsMobile(e164 string) bool {
	n, err := phonenumbers.Parse(e164, defaultRegion)
	if err != nil {
		return false
	}
	kind := phonenumbers.GetNumberType(n)
	return kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE
}
