// Package starter carries the two campaigns that a new server begins with, with their ebooks and the mails that follow.
package starter

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"sarnakh/models"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml files
var embedded embed.FS

// A Campaign is one of the two, as it will be published.
type Campaign struct {
	Slug   string             `json:"slug"`
	Name   string             `json:"name"`
	Locale string             `json:"locale"`
	Doc    models.CampaignDoc `json:"doc"`
	// Sequence is written to those who asked for it and confirmed.
	Sequence Sequence `json:"sequence"`
}

// A Sequence is the mails of one of the two.
type Sequence struct {
	Name string             `json:"name"`
	Doc  models.SequenceDoc `json:"doc"`
}

// Campaigns are the starter campaigns, Persian first.
func Campaigns() ([]Campaign, error) {
	var out []Campaign
	for _, name := range []string{"rahnama.yaml", "playbook.yaml"} {
		c, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("starter %s: %w", name, err)
		}
		out = append(out, c)
	}
	return out, nil
}

// File opens an ebook by its name.
func File(name string) (fs.File, error) { return embedded.Open("files/" + name) }

// read goes through JSON, whose names the models carry.
func read(name string) (c Campaign, err error) {
	raw, err := embedded.ReadFile(name)
	if err != nil {
		return c, err
	}
	var doc any
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return c, err
	}
	asJSON, err := json.Marshal(doc)
	if err != nil {
		return c, err
	}
	strict := json.NewDecoder(bytes.NewReader(asJSON))
	strict.DisallowUnknownFields()
	return c, strict.Decode(&c)
}
