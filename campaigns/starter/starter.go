// Package starter carries the two campaigns that a new server begins with, with their ebooks and the mails that follow.
package starter

import (
	"embed"
	"fmt"
	"io/fs"

	"sarnakh/campaigns/template"
	"sarnakh/models"
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
	Sequence template.Sequence `json:"sequence"`
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

func read(name string) (c Campaign, err error) {
	raw, err := embedded.ReadFile(name)
	if err != nil {
		return c, err
	}
	return c, template.Decode(raw, &c)
}
