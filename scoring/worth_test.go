package scoring_test

import (
	"reflect"
	"testing"
)

// S3, C4: what an answer is worth is what the card gives it.
func TestWorths(t *testing.T) {
	d := preset(t, "b2b")
	got := map[string]float64{}
	for _, w := range d.Worths("timeline") {
		got[w.Value] = w.Points
	}
	if want := map[string]float64{"1m": 15, "3m": 10, "6m": 5}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	sizes := d.Worths("company_size")
	if len(sizes) != 4 || sizes[0].Value != "11-50" || sizes[0].Points != 15 || sizes[3].Value != "" || sizes[3].Points != 5 {
		t.Errorf("%+v", sizes)
	}
	if len(d.Worths("industry")) != 0 {
		t.Error("an industry is worth something before the owner has named one")
	}
	if len(d.Worths("shoe_size")) != 0 {
		t.Error("an unknown field is worth something")
	}
	if w, ok := d.Hand(); !ok || w.Points != 40 || w.Criterion != "contact_asked" {
		t.Errorf("%+v", w)
	}
	shop := preset(t, "b2c")
	if len(shop.Worths("company_size")) != 0 {
		t.Error("a size counts in a shop's card")
	}
}
