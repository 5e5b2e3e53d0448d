package leads

import (
	"slices"
	"strings"

	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

// letterKey is where a message keeps what a field of its letter says.
func letterKey(field string) string { return "f." + field }

// keepFields puts into a message what the letter's fields say of the lead and the campaign, so that its words are the same
// each time. Other fields are known from the version that it speaks.
func keepFields(merge models.Merge, letter models.Letter, lead *models.Lead, p *models.Published) {
	typed := letters.TypedFields()
	for _, name := range letters.FieldsIn(letter.Subject + "\n" + letter.Text) {
		var value string
		switch {
		case name == letters.FieldCampaign:
			value = letters.Line(p.Name, letters.MaxOurs, 2*letters.MaxOurs)
		case slices.Contains(typed, name):
			value = letters.Typed(lead.Get(name))
		}
		if value != "" {
			merge[letterKey(name)] = value
		}
	}
}

// writeLetter puts the marketer's words into a mail, their fields filled.
func writeLetter(d *mail.Delivery, m *models.Message, offer *models.Offer) {
	address := func(field string) string {
		if field == letters.FieldDownload && d.Download != nil {
			return d.Download.URL
		}
		return d.PageURL
	}
	w := letters.Writing{
		Fill: func(name, fallback string) string {
			if letters.IsLink(name) {
				return address(name)
			}
			value := m.Merge[letterKey(name)]
			switch name {
			case letters.FieldOffer:
				value = letters.Line(offer.Title, letters.MaxOurs, 2*letters.MaxOurs)
			case letters.FieldCode:
				value = letters.Line(m.Merge["coupon"], letters.MaxOurs, letters.MaxOurs)
			}
			if value == "" {
				return strings.TrimSpace(fallback)
			}
			return mail.Value(d.Loc, value)
		},
		Href: func(_ int, target string) string {
			if field := letters.LinkField(target); letters.IsLink(field) {
				return address(field)
			}
			return linked(target)
		},
	}
	d.Subject = letters.FillLine(offer.Letter.Subject, w.Fill)
	d.Letter = w.Blocks(offer.Letter.Text)
}

// linked is a link's address, empty where it is none.
func linked(target string) string {
	if letters.IsAddress(target) {
		return target
	}
	return ""
}

// rules are a contest's, in which nothing is filled in.
func rules(text string) []mail.Block {
	w := letters.Writing{Fill: func(string, string) string { return "" }, Href: func(_ int, target string) string { return linked(target) }}
	return w.Blocks(text)
}
