package models

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what a page holds, in letters and in rows. They are far above what a page needs, and keep it a page.
const (
	MaxLine   = 200 // a heading, a label, the words of a button
	MaxText   = 2000
	MaxBody   = 20_000 // a rich text
	MaxURL    = 1000
	MaxRows   = 24
	MaxBlocks = 60
)

// A pageCheck collects what is wrong with a part of a page. Fields are named as in its JSON: "items.2.text".
type pageCheck struct{ bad Invalid }

func (c *pageCheck) long(field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		c.bad.Add(field, "invalid.too_long", "n", most)
	}
}

func (c *pageCheck) line(field, text string) { c.long(field, text, MaxLine) }
func (c *pageCheck) text(field, text string) { c.long(field, text, MaxText) }

// must is a line that has to be there.
func (c *pageCheck) must(field, text string) {
	if strings.TrimSpace(text) == "" {
		c.bad.Add(field, "invalid.required")
	}
	c.line(field, text)
}

func (c *pageCheck) image(field string, image *Image) {
	if image != nil {
		c.line(field+".alt", image.Alt)
	}
}

func (c *pageCheck) rows(field string, n int) {
	if n > MaxRows {
		c.bad.Add(field, "page_check.too_many_rows", "n", MaxRows)
	}
}

func row(list string, i int, field string) string { return list + "." + strconv.Itoa(i) + "." + field }

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Check says what is wrong with a theme, field by field. Colours that can't be read well together are none of it.
func (t *Theme) Check() error {
	c := &pageCheck{}
	for _, colour := range [...]struct{ field, value string }{{"hero", t.Hero}, {"hero2", t.Hero2}, {"primary", t.Primary}, {"accent", t.Accent}} {
		if colour.value != "" && !hexColour.MatchString(colour.value) {
			c.bad.Add(colour.field, "invalid.color")
		}
	}
	return c.bad.OrNil()
}

var phoneNumber = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// CheckAbout says what is wrong with what a page says of itself, field by field.
func (p *Page) CheckAbout() error {
	c := &pageCheck{}
	c.must("title", p.Title)
	c.long("description", p.Description, 500)
	c.must("brand", p.Brand.Name)
	if p.Brand.Phone != "" && !phoneNumber.MatchString(p.Brand.Phone) {
		c.bad.Add("phone", "page_check.bad_phone")
	}
	c.image("share", p.Share)
	return c.bad.OrNil()
}
