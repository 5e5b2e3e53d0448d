package campaigns_test

import (
	"reflect"
	"testing"

	"sarnakh/campaigns"
	"sarnakh/campaigns/starter"
	"sarnakh/models"
)

func starterDoc(t *testing.T) models.CampaignDoc {
	t.Helper()
	all, err := starter.Campaigns()
	if err != nil {
		t.Fatal(err)
	}
	return all[1].Doc
}

// C2: what changed is told block by block, in the words that changed.
func TestDiff(t *testing.T) {
	was, now := starterDoc(t), starterDoc(t)
	was.Form.Purposes[0].TextID = 7
	if found := campaigns.Diff(&was, &now); len(found) != 0 {
		t.Fatalf("the same is different: %+v", found)
	}
	blocks := now.Page.Blocks
	blocks[0].Hero.Heading = "Another promise"
	blocks[2], blocks[3] = blocks[3], blocks[2]
	blocks[2].Hidden = true
	now.Page.Blocks = append(blocks[:4:4], blocks[5:]...) // one removed
	now.Page.Blocks = append(now.Page.Blocks, models.Block{ID: "new", Type: models.BlockText, Text: &models.RichText{Heading: "Terms"}})
	now.Form.Fields[1].Label = "Work e-mail"
	now.Form.Purposes[0].Text = "Other words"
	now.Page.Theme.Base = "ink"
	var kinds []string
	for _, c := range campaigns.Diff(&was, &now) {
		kinds = append(kinds, string(c.Part)+" "+string(c.Kind))
		if c.Part == campaigns.PartField && !reflect.DeepEqual(c.Words, []campaigns.Rewrite{{Was: was.Form.Fields[1].Label, Now: "Work e-mail"}}) {
			t.Errorf("%+v", c)
		}
	}
	want := []string{"block changed", "block added", "block removed", "block moved", "block hid", "theme changed", "field changed", "consents changed"}
	if !reflect.DeepEqual(kinds, want) {
		t.Errorf("got  %q\nwant %q", kinds, want)
	}
}
