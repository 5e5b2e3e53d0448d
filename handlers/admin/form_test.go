package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sarnakh/models"
)

// form is the campaign's form as it is being worked on.
func (w *world) form() *models.Form {
	w.t.Helper()
	_, draft, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return &draft.Doc.Form
}

// C4: a question of every type can be added, written and answered.
func TestQuestionsOfEveryType(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("fields", func(doc *models.CampaignDoc) { doc.Form.Fields = nil })
	for _, kind := range []string{"name", "first_name", "last_name", "email", "phone", "call_me", "company", "job_title", "company_size", "industry", "country",
		"province", "city", "text", "paragraph", "number", "date", "radio", "select", "checkboxes", "hidden"} {
		added := p.post(w.campaignAt("/form/fields"), url.Values{"type": {kind}})
		if added.status != http.StatusSeeOther {
			t.Fatal(kind, added.status)
		}
		page := p.get(added.location)
		page.says(t, 200, "fields/"+kind)
		form := url.Values{"base": {page.base(t)}, "label": {"My " + kind}, "choices": {"One\ntwo | The second"}, "region": {"DE"}, "calendar": {"gregorian"},
			"min": {"۱"}, "max": {"9"}, "max_length": {"50"}, "value": {"x"}}
		if a := p.post(w.campaignAt("/form/fields/"+kind), form); a.status != http.StatusSeeOther {
			t.Errorf("%s: %d %s", kind, a.status, a.text[:0])
		}
	}
	form := w.form()
	if err := form.Check(); err != nil && !strings.Contains(err.Error(), "consent") {
		t.Error(err)
	}
	by := func(name string) models.Field { f, _ := form.Field(name); return *f }
	if !slices.Equal(by("radio").Choices, []models.Choice{{Value: "one", Label: "One"}, {Value: "two", Label: "The second"}}) {
		t.Errorf("%+v", by("radio").Choices)
	}
	if n := by("number"); *n.Min != 1 || *n.Max != 9 || by("phone").Region != "DE" || by("text").MaxLength != 50 || by("hidden").Value != "x" || by("date").Calendar != models.Gregorian {
		t.Errorf("%+v", form.Fields)
	}
	if a := p.post(w.campaignAt("/form/fields"), url.Values{"type": {"call_me"}}); a.status != http.StatusSeeOther || len(w.form().Fields) != 21 {
		t.Error("a second box to be called")
	}
}

// What an answer is worth to the score stands beside its question (S3).
func TestWorthBesideAQuestion(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	p.get(w.campaignAt("/form?field=company_size")).says(t, 200, "What an answer is worth", "15")
	p.get(w.campaignAt("/form?field=call_me")).says(t, 200, "What an answer is worth", "40")
}

// Questions are moved, copied and taken out; a condition on one that is gone goes with it.
func TestQuestionsAreRearranged(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/form/fields/")
	names := func() (out []string) {
		for _, f := range w.form().Fields {
			out = append(out, f.Name)
		}
		return out
	}
	was := names()
	p.post(at+was[0]+"/up", nil)
	if !slices.Equal(names(), was) {
		t.Error("the first moved up")
	}
	p.post(at+was[0]+"/down", nil)
	if got := names(); got[0] != was[1] || got[1] != was[0] {
		t.Error(got)
	}
	p.post(at+"company/copy", nil)
	if !slices.Contains(names(), "company_2") {
		t.Error(names())
	}
	page := p.get(w.campaignAt("/form?field=call_me"))
	if a := p.post(at+"call_me", url.Values{"base": {page.base(t)}, "label": {"Call me"}, "show_field": {"company_size"}, "show_values": {"11-50؛ 51–200"}}); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if f, _ := w.form().Field("call_me"); f.ShowIf == nil || !slices.Equal(f.ShowIf.Values, []string{"11-50", "51-200"}) {
		t.Errorf("%+v", f.ShowIf)
	}
	p.post(at+"company_size/delete", nil)
	if f, _ := w.form().Field("call_me"); f.ShowIf != nil {
		t.Error("asked after an answer that is not asked for")
	}
	p.get(w.campaignAt("/form")).says(t, 200, "was removed", "/undo")
	if a := p.post(at+"company_size/delete", nil); a.status != http.StatusNotFound {
		t.Error("gone twice:", a.status)
	}
}

// What can't be taken comes back with what is wrong; two writers lose nothing.
func TestAWrongQuestionComesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/form/fields/company")
	base := p.get(w.campaignAt("/form?field=company")).base(t)
	p.post(at, url.Values{"base": {base}, "label": {""}, "hint": {"what I typed"}}).says(t, http.StatusUnprocessableEntity, "what I typed", "f-label")
	p.post(at, url.Values{"base": {base}, "label": {"Firm"}, "show_field": {"call_me"}}).says(t, http.StatusUnprocessableEntity, `value="Firm"`)
	w.change("field:company", func(doc *models.CampaignDoc) {
		f, _ := doc.Form.Field("company")
		f.Label = "Theirs"
	})
	late := p.post(at, url.Values{"base": {base}, "label": {"Mine"}})
	late.says(t, http.StatusConflict, "Theirs", `value="Mine"`)
	if a := p.post(at, url.Values{"base": {late.base(t)}, "label": {"Mine"}}); a.status != http.StatusSeeOther {
		t.Error(a.status)
	}
	p.post(w.campaignAt("/form/words"), url.Values{"base": {"x"}, "button": {""}, "title": {"T"}}).says(t, http.StatusUnprocessableEntity, "f-button", `value="T"`)
	p.post(w.campaignAt("/form/consents"), url.Values{"base": {"x"}, "ask_phone": {"1"}}).says(t, http.StatusUnprocessableEntity, "what people agree to")
}

// A question that somebody takes out while another writes it comes back with what was typed, once that is meant.
func TestAQuestionIsTakenOutMeanwhile(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/form/fields/company")
	form := p.get(w.campaignAt("/form?field=company")).fields()
	form.Set("label", "Where do you work?")
	p.post(at+"/delete", nil)
	late := p.post(at, form)
	late.says(t, http.StatusConflict, "Somebody took this question out", `value="Where do you work?"`)
	again := late.fields()
	again.Set("label", "Where do you work?")
	if a := p.post(at, again); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if f := w.form().Fields; f[len(f)-1].Name != "company" || f[len(f)-1].Label != "Where do you work?" {
		t.Errorf("it came back as %+v", f[len(f)-1])
	}
	p.post(w.campaignAt("/form/fields/nothing"), url.Values{"label": {"x"}}).says(t, http.StatusNotFound)
	p.post(w.campaignAt("/form/fields/a%20b"), url.Values{"type": {"text"}, "label": {"x"}}).says(t, http.StatusUnprocessableEntity)
}

// There is room for so many questions, and whoever wants one more is told so, not that somebody was faster.
func TestAFormIsFull(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	w.change("fields", func(doc *models.CampaignDoc) {
		for len(doc.Form.Fields) < 40 {
			doc.Form.Fields = append(doc.Form.Fields, models.Field{Name: "text_" + strconv.Itoa(len(doc.Form.Fields)), Type: models.TypeText, Label: "More"})
		}
	})
	for path, form := range map[string]url.Values{"/form/fields": {"type": {"text"}}, "/form/fields/company/copy": nil} {
		a := p.post(w.campaignAt(path), form)
		if a.status != http.StatusSeeOther {
			t.Fatal(path, a.status)
		}
		p.get(a.location).says(t, 200, "room for <bdi>40</bdi> questions")
	}
	if n := len(w.form().Fields); n != 40 {
		t.Errorf("%d questions", n)
	}
}

// Two who write the consents are told of each other, also where the one took them all away.
func TestConsentsTakenAwayMeanwhile(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/form/consents")
	base := p.get(w.campaignAt("/form?part=consents")).base(t)
	p.post(at, url.Values{"base": {base}})
	late := p.post(at, url.Values{"base": {base}, "ask_newsletter": {"1"}, "text_newsletter": {"News, please"}})
	late.says(t, http.StatusConflict, "Somebody else saved this", "News, please")
}

// The title says first that a form came back, for whoever hears it.
func TestTitlesOfFormsThatComeBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	base := p.get(w.campaignAt("/page?block=hero")).base(t)
	for path, form := range map[string]url.Values{
		"/form/words": {}, "/offer": {"kind": {"nothing"}}, "/settings": {}, "/share": {"origins": {"no site"}},
		"/page/blocks/hero": {"base": {base}, "kind": {"hero"}, "heading": {strings.Repeat("x", 9000)}},
	} {
		a := p.post(w.campaignAt(path), form)
		a.says(t, http.StatusUnprocessableEntity, "<title>Error:")
	}
}

// The words around the questions, the thanks, and the consents.
func TestWordsAndConsents(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	base := p.get(w.campaignAt("/form?part=words")).base(t)
	if a := p.post(w.campaignAt("/form/words"), url.Values{"base": {base}, "title": {"T"}, "button": {"Go"}, "thanks_heading": {"Done"}, "onward_text": {"Prices"}, "onward_url": {"/p/prices"}}); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if f := w.form(); f.Title != "T" || f.Button != "Go" || f.Thanks.Heading != "Done" || f.Thanks.Onward.URL != "/p/prices" {
		t.Errorf("%+v", f)
	}
	base = p.get(w.campaignAt("/form?part=consents")).base(t)
	if a := p.post(w.campaignAt("/form/consents"), url.Values{"base": {base}, "ask_newsletter": {"1"}, "text_newsletter": {"News, please"}, "text_phone": {"not asked"}}); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if got := w.form().Purposes; len(got) != 1 || got[0].Text != "News, please" {
		t.Errorf("%+v", got)
	}
}
