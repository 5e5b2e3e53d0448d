package leads

import (
	"strconv"

	"sarnakh/models"

	"github.com/nyaruka/phonenumbers"
)

// zoneOf is the time zone in which a lead lives, by what it answered or by its phone number; empty where that leaves
// several. Zones are those of the number's area, or of the country's calling code where it has a single one.
func zoneOf(lead *models.Lead) string {
	country := lead.Get(models.FieldCountry)
	if lead.Get(models.FieldProvince) != "" {
		country = defaultRegion // provinces are asked for in Iran alone
	}
	if country == "" || regionOf(lead.Phone) == country {
		if zones, err := phonenumbers.GetTimezonesForPrefix(lead.Phone); err == nil && len(zones) == 1 {
			return loadable(zones[0])
		}
	}
	code := phonenumbers.GetCountryCodeForRegion(country)
	if code == 0 {
		return ""
	}
	zones, err := phonenumbers.GetTimezonesForPrefix("+" + strconv.Itoa(code))
	if err != nil || len(zones) != 1 {
		return ""
	}
	return loadable(zones[0])
}

// regionOf is the country of a number in E.164.
func regionOf(phone string) string {
	number, err := phonenumbers.Parse(phone, "")
	if err != nil {
		return ""
	}
	return phonenumbers.GetRegionCodeForNumber(number)
}

// loadable is a zone that can be reckoned with, else nothing.
func loadable(zone string) string {
	if models.Zone(zone, nil) == nil {
		return ""
	}
	return zone
}
