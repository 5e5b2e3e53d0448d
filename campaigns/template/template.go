// Package template carries the campaigns that a marketer can begin from: each whole, in both languages, with its page,
// form, offer, mails and scoring card.
package template

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"sarnakh/models"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml
var embedded embed.FS

// Keys name the templates, in the order in which they are offered.
var Keys = [...]string{"ebook", "coupon", "trial", "demo", "price", "webinar", "newsletter", "survey", "booth", "contest"}

// A Template is a campaign to begin from. Where a fact is needed that only its owner knows, a text says so in square
// brackets, "[name of the course]", and the campaign can't be published before somebody has written it.
type Template struct {
	Key    string             `json:"-"`
	Locale string             `json:"locale"`
	Name   string             `json:"name"`  // of the template, and of a campaign made from it
	About  string             `json:"about"` // what it is good for, in a sentence
	Slug   string             `json:"slug"`  // where nobody thinks of a better one
	Doc    models.CampaignDoc `json:"doc"`
	// Sequence is written to those who ask for it and confirm; without steps there is none.
	Sequence Sequence `json:"sequence"`
}

// A Sequence is the mails of a template.
type Sequence struct {
	Name string             `json:"name"`
	Doc  models.SequenceDoc `json:"doc"`
}

// Of reads a template in a language. It is models.ErrNotFound for another key or language. It panics when an embedded file
// is broken: a test has read them all before.
func Of(key, locale string) (*Template, error) {
	raw, err := embedded.ReadFile(key + "." + locale + ".yaml")
	if err != nil {
		return nil, models.ErrNotFound
	}
	t := Template{Key: key}
	if err := Decode(raw, &t); err != nil {
		panic(fmt.Sprintf("template %s.%s: %v", key, locale, err))
	}
	return &t, nil
}

// Decode reads YAML by way of JSON, whose names the models carry; an unknown name is a mistake.
func Decode(raw []byte, to any) error {
	var doc any
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return err
	}
	asJSON, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	strict := json.NewDecoder(bytes.NewReader(asJSON))
	strict.DisallowUnknownFields()
	return strict.Decode(to)
}
