package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sarnakh/models"
)

// pageOf is the editor of the English starter's page.
func (w *world) pageOf(more string) string {
	return "/admin/campaigns/" + w.playbook().ID.String() + "/page" + more
}

// blocks are those of its draft.
func (w *world) blocks() []models.Block {
	w.t.Helper()
	_, d, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return d.Doc.Page.Blocks
}

func (w *world) order() (ids []string) {
	for _, b := range w.blocks() {
		ids = append(ids, b.ID)
	}
	return ids
}

func (w *world) block(id string) models.Block {
	w.t.Helper()
	for _, b := range w.blocks() {
		if b.ID == id {
			return b
		}
	}
	w.t.Fatalf("no block %s", id)
	return models.Block{}
}

// cta is the form of the call to action, well filled in.
func cta(base string) url.Values {
	return url.Values{"base": {base}, "kind": {"cta"}, "heading": {"Another heading"}, "text": {""}, "button": {"Send it to me"}}
}

// Owners and marketers make pages; others don't see how (C2).
func TestWhoMakesPages(t *testing.T) {
	w := newWorld(t, 1)
	pages := []string{"", "?part=theme", "?part=about&view=form", "?block=cta&width=desktop&view=look", "?block=no-such"}
	for _, b := range w.blocks() {
		pages = append(pages, "?block="+b.ID)
	}
	for role, want := range map[models.Role]int{models.Owner: 200, models.Marketer: 200, models.Sales: 403, models.Analyst: 403} {
		p := w.person(role)
		for _, page := range pages {
			if a := p.get("/admin/campaigns/zzz/page"); want == 200 && a.status != http.StatusNotFound {
				t.Errorf("a campaign that is not there answered %d", a.status)
			}
			if a := p.get(w.pageOf(page)); a.status != want || strings.Contains(a.text, "⟦") {
				t.Errorf("%s of a %s answered %d, want %d", page, role, a.status, want)
			}
		}
		for _, act := range []string{"/page/blocks", "/page/blocks/cta", "/page/blocks/cta/act", "/page/theme", "/page/about", "/undo", "/redo"} {
			if a := p.post("/admin/campaigns/"+w.playbook().ID.String()+act, url.Values{}); (a.status == http.StatusForbidden) != (want == 403) {
				t.Errorf("%s by a %s answered %d", act, role, a.status)
			}
		}
	}
}

// A block is written to the draft alone; the frame shows it as visitors will get it (C2).
func TestABlockIsWritten(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.pageOf("/blocks/cta")
	saved := p.post(at, cta(p.get(w.pageOf("?block=cta")).base(t)))
	if saved.status != http.StatusSeeOther || !strings.HasPrefix(saved.location, w.pageOf("?block=cta")) {
		t.Fatalf("saving answered %d, %s", saved.status, saved.location)
	}
	p.get(saved.location).says(t, 200, "Saved to the draft", `value="Another heading"`, "words of “Another heading”", `src="/admin/campaigns/`+w.playbook().ID.String()+`/preview?as=page&amp;marked=1#b-cta"`)
	if b := w.block("cta"); b.CTA.Heading != "Another heading" || b.CTA.Button != "Send it to me" {
		t.Errorf("the draft is %+v", b.CTA)
	}
	p.get("/admin/campaigns/"+w.playbook().ID.String()+"/preview?as=page").says(t, 200, "Another heading", "Send it to me", `id="b-cta"`)
	if live := p.get("/p/playbook"); strings.Contains(live.text, "Another heading") {
		t.Error("visitors see the draft")
	}
	steps := func() int {
		c, _, err := w.store.Draft(w.ctx, w.playbook().ID)
		if err != nil {
			t.Fatal(err)
		}
		return c.DraftRev
	}
	before := steps()
	if a := p.post(at, cta(p.get(w.pageOf("?block=cta")).base(t))); a.status != http.StatusSeeOther || steps() != before {
		t.Errorf("saving what is there already answered %d and made a step", a.status)
	}
}

// While somebody types, the answer is the form itself, which takes no focus, and the browser stays where it is.
func TestATypedBlockIsSaved(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	form := cta(p.get(w.pageOf("?block=cta")).base(t))
	form.Set("auto", "1")
	a := p.post(w.pageOf("/blocks/cta"), form)
	a.says(t, 200, "Saved", `value="Another heading"`)
	if strings.Contains(a.text, "autofocus") || a.header.Get("HX-Replace-Url") != "false" {
		t.Error("it takes the focus, or the address")
	}
	form.Set("base", a.base(t))
	form.Set("heading", "")
	a = p.post(w.pageOf("/blocks/cta"), form)
	a.says(t, http.StatusUnprocessableEntity, "Fill in “Heading”.", `id="f-heading-error"`, "Not saved yet", `value="Send it to me"`)
	if strings.Contains(a.text, "autofocus") {
		t.Error("it takes the focus")
	}
	form.Set("heading", "A third heading")
	if a := p.post(w.pageOf("/blocks/cta"), form); a.status != 200 || w.block("cta").CTA.Heading != "A third heading" {
		t.Errorf("mended, it answered %d", a.status)
	}
}

// What is wrong is said beside its field, everything typed comes back, and nothing is saved.
func TestAWrongBlockComesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	base := p.get(w.pageOf("?block=faq")).base(t)
	was := w.block("faq").FAQ.Heading
	long := strings.Repeat("x", models.MaxLine+1)
	for name, c := range map[string]struct{ field, value, target, says string }{
		"no heading":      {"heading", "", "f-heading", "Fill in “Heading”."},
		"a long question": {"items.1.question", long, "f-items-1-question", "Shorten “Question” to 200 characters or fewer."},
		"no question":     {"items.1.question", " ", "f-items-1-question", "Fill in “Question”."},
	} {
		form := url.Values{"base": {base}, "kind": {"faq"}, "heading": {"New"}, "items.0.question": {"First?"}, "items.0.answer": {"Yes."}, "items.1.question": {"Second?"}, "items.1.answer": {"No."}}
		form.Set(c.field, c.value)
		a := p.post(w.pageOf("/blocks/faq"), form)
		a.says(t, http.StatusUnprocessableEntity, c.says, `href="#`+c.target+`"`, `id="`+c.target+`-error"`, "First?", "No.")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	if got := w.block("faq").FAQ.Heading; got != was {
		t.Errorf("saved all the same: %q", got)
	}
}

// Rows are added without a script: the form is saved, and has an empty row more.
func TestARowIsAdded(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	form := url.Values{"base": {p.get(w.pageOf("?block=faq")).base(t)}, "kind": {"faq"}, "heading": {"New"}, "items.0.question": {"First?"}, "row": {"add:items"}}
	a := p.post(w.pageOf("/blocks/faq"), form)
	if a.status != http.StatusSeeOther || !strings.Contains(a.location, "more=items") {
		t.Fatalf("%d %s", a.status, a.location)
	}
	p.get(strings.Split(a.location, "#")[0]).says(t, 200, `value="First?"`, `name="items.1.question"`)
	form.Set("heading", "") // and where it can't be saved, the row is there all the same
	form.Set("base", p.get(w.pageOf("?block=faq")).base(t))
	p.post(w.pageOf("/blocks/faq"), form).says(t, http.StatusUnprocessableEntity, `value="First?"`, `name="items.1.question"`)
}

// Of two who write at the same block, the second sees what the first saved and keeps what they typed; two who write at
// different blocks don't notice each other, but are told that somebody is there.
func TestTwoMakeAPage(t *testing.T) {
	w := newWorld(t, 1)
	one, two := w.person(models.Owner), w.person(models.Marketer)
	base := two.get(w.pageOf("?block=cta")).base(t)
	first := cta(one.get(w.pageOf("?block=cta")).base(t))
	first.Set("heading", "What the first wrote")
	if a := one.post(w.pageOf("/blocks/cta"), first); a.status != http.StatusSeeOther {
		t.Fatalf("the first is answered %d", a.status)
	}
	faq := two.get(w.pageOf("?block=faq"))
	faq.says(t, 200, "<bdi>Mina</bdi> changed this campaign")
	conflict := two.post(w.pageOf("/blocks/cta"), cta(base))
	conflict.says(t, http.StatusConflict, "Somebody else changed this part", "What the first wrote", `value="Another heading"`, "Save mine instead")
	if w.block("cta").CTA.Heading != "What the first wrote" {
		t.Error("it was saved over")
	}
	if a := two.post(w.pageOf("/blocks/cta"), cta(conflict.base(t))); a.status != http.StatusSeeOther || w.block("cta").CTA.Heading != "Another heading" {
		t.Errorf("saving it over answered %d", a.status)
	}
}

// A block that somebody deleted meanwhile comes back with what was typed, if that is wanted.
func TestADeletedBlockComesBack(t *testing.T) {
	w := newWorld(t, 1)
	one, two := w.person(models.Owner), w.person(models.Marketer)
	base := two.get(w.pageOf("?block=cta")).base(t)
	one.post(w.pageOf("/blocks/cta/act"), url.Values{"do": {"delete"}})
	conflict := two.post(w.pageOf("/blocks/cta"), cta(base))
	conflict.says(t, http.StatusConflict, "Somebody deleted this block", `value="Another heading"`)
	if a := two.post(w.pageOf("/blocks/cta"), cta(conflict.base(t))); a.status != http.StatusSeeOther || w.block("cta").CTA.Heading != "Another heading" {
		t.Errorf("bringing it back answered %d", a.status)
	}
	if ids := w.order(); ids[len(ids)-1] != "footer" {
		t.Errorf("it came back behind the footer: %v", ids)
	}
}

// Blocks are added, moved, hidden, copied and deleted; each is one step that can be taken back and done again (C2).
func TestBlocksAreRearranged(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	was := w.order()
	act := func(block, do string, more ...string) answer {
		t.Helper()
		form := url.Values{"do": {do}}
		if len(more) == 2 {
			form.Set(more[0], more[1])
		}
		a := p.post(w.pageOf("/blocks/"+block+"/act"), form)
		if a.status != http.StatusSeeOther {
			t.Fatalf("%s of %s answered %d", do, block, a.status)
		}
		return a
	}
	act("faq", "up")
	if ids := w.order(); slices.Index(ids, "faq") != slices.Index(was, "faq")-1 {
		t.Errorf("moved up: %v", ids)
	}
	act("faq", "down")
	act("hero", "up") // already the first
	if ids := w.order(); !slices.Equal(ids, was) {
		t.Errorf("moved back: %v", ids)
	}
	act("faq", "move", "to", "0")
	if ids := w.order(); ids[0] != "faq" || len(ids) != len(was) {
		t.Errorf("moved to the top: %v", ids)
	}
	p.post("/admin/campaigns/"+w.playbook().ID.String()+"/undo", url.Values{"back": {w.pageOf("?block=faq")}})
	act("cta", "hide")
	if !w.block("cta").Hidden {
		t.Error("it is not hidden")
	}
	p.get(w.pageOf("?block=cta")).says(t, 200, "hidden", "hid “")
	act("cta", "show")
	copied := act("faq", "copy")
	ids := w.order()
	if at := slices.Index(ids, "faq"); len(ids) != len(was)+1 || !strings.Contains(copied.location, "block="+ids[at+1]) || w.block(ids[at+1]).FAQ.Heading != w.block("faq").FAQ.Heading {
		t.Errorf("copied: %v, %s", ids, copied.location)
	}
	deleted := act("faq", "delete")
	if slices.Contains(w.order(), "faq") {
		t.Error("it is still there")
	}
	p.get(deleted.location).says(t, 200, "was deleted", "/undo")
	undone := p.post("/admin/campaigns/"+w.playbook().ID.String()+"/undo", url.Values{"back": {w.pageOf("?block=faq")}})
	if undone.status != http.StatusSeeOther || undone.location != w.pageOf("?block=faq") || !slices.Contains(w.order(), "faq") {
		t.Errorf("undone: %d %s %v", undone.status, undone.location, w.order())
	}
	p.get(undone.location).says(t, 200, "Undone: <bdi>deleted “")
	p.post("/admin/campaigns/"+w.playbook().ID.String()+"/redo", url.Values{})
	if slices.Contains(w.order(), "faq") {
		t.Error("it was not deleted again")
	}
	if a := p.post(w.pageOf("/blocks/faq/act"), url.Values{"do": {"up"}}); a.status != http.StatusNotFound {
		t.Errorf("a block that is gone answered %d", a.status)
	}
	if a := p.post(w.pageOf("/blocks/cta/act"), url.Values{"do": {"explode"}}); a.status != http.StatusNotFound {
		t.Errorf("an unknown act answered %d", a.status)
	}
}

// Each kind of block can be added behind the one that is edited, with words in brackets that keep it from being published.
func TestBlocksAreAdded(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for _, kind := range []string{"hero", "form", "benefits", "inside", "proof", "faq", "countdown", "gallery", "text", "cta", "video", "footer"} {
		a := p.post(w.pageOf("/blocks"), url.Values{"type": {kind}, "after": {"inside"}})
		ids := w.order()
		id := ids[slices.Index(ids, "inside")+1]
		if a.status != http.StatusSeeOther || !strings.Contains(a.location, "block="+id) || string(w.block(id).Type) != kind {
			t.Fatalf("%s: %d %s %v", kind, a.status, a.location, ids)
		}
		p.get(a.location).says(t, 200)
		p.get("/admin/campaigns/"+w.playbook().ID.String()+"/preview?as=page").says(t, 200)
	}
	if a := p.post(w.pageOf("/blocks"), url.Values{"type": {"tarot"}}); a.status != http.StatusNotFound {
		t.Errorf("an unknown kind answered %d", a.status)
	}
}

// There is a first state before which nothing can be undone; that is said, and no error.
func TestNothingToUndo(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for _, way := range []string{"undo", "redo"} {
		a := p.post("/admin/campaigns/"+w.playbook().ID.String()+"/"+way, url.Values{"back": {"https://evil.example/"}})
		if a.status != http.StatusSeeOther || a.location != w.pageOf("") {
			t.Errorf("%s: %d %s", way, a.status, a.location)
		}
		p.get(a.location).says(t, 200, "There is nothing to")
	}
}

// A theme's colours are taken however they can be read; the nearest shade that can is offered and never forced (C2).
func TestThemes(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	open := func() answer { return p.get(w.pageOf("?part=theme")) }
	form := url.Values{"base": {open().base(t)}, "kind": {"theme"}, "ready": {"ink"}, "accent": {"#808080"}, "fonts": {"serif"}, "radius": {"none"}}
	saved := p.post(w.pageOf("/theme"), form)
	if saved.status != http.StatusSeeOther {
		t.Fatalf("saving answered %d", saved.status)
	}
	_, d, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil || d.Doc.Page.Theme != (models.Theme{Base: "ink", Accent: "#808080", Fonts: "serif", Radius: "none"}) {
		t.Errorf("%+v", d.Doc.Page.Theme)
	}
	page := open()
	page.says(t, 200, "needed")
	form.Set("base", page.base(t))
	form.Set("accent", "tomato")
	p.post(w.pageOf("/theme"), form).says(t, http.StatusUnprocessableEntity, `value="tomato"`, `id="f-accent-error"`)
	form.Set("row", "set:accent:#0b6661")
	if a := p.post(w.pageOf("/theme"), form); a.status != http.StatusSeeOther {
		t.Errorf("the offered shade answered %d", a.status)
	}
	_, d, err = w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil || d.Doc.Page.Theme.Accent != "#0b6661" {
		t.Errorf("%+v", d.Doc.Page.Theme)
	}
}

// What the page says of itself; being the home page holds at once (C2).
func TestAboutThePage(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	page := p.get(w.pageOf("?part=about"))
	form := url.Values{"base": {page.base(t)}, "kind": {"about"}, "title": {"A title"}, "description": {"Two sentences."}, "brand": {"Sarnakh"}, "phone": {"۰۰۹۸ ۲۱ ۰۰۰۰ ۰۰۰۰"}, "home": {"1"}}
	if a := p.post(w.pageOf("/about"), form); a.status != http.StatusSeeOther {
		t.Fatalf("saving answered %d", a.status)
	}
	c, d, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil || d.Doc.Page.Title != "A title" || d.Doc.Page.Brand.Phone != "+982100000000" || d.Doc.Page.NoIndex || !c.Home {
		t.Errorf("%+v, home %t", d.Doc.Page, c.Home)
	}
	form.Set("base", p.get(w.pageOf("?part=about")).base(t))
	form.Set("phone", "call me")
	p.post(w.pageOf("/about"), form).says(t, http.StatusUnprocessableEntity, `id="f-phone-error"`, `value="call me"`)
}

// Choosing a picture saves the form first, and comes back to it with the picture, which is saved with the form.
func TestAPictureIsChosen(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	u := &models.Upload{Name: "desk.jpg", Image: models.Image{Alt: "A desk", Width: 640, Height: 480, Sizes: []models.ImageSize{{Width: 640, Key: strings.Repeat("ab", 32) + ".jpg"}}}}
	if err := w.store.AddUpload(w.ctx, u); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"base": {p.get(w.pageOf("?block=hero")).base(t)}, "kind": {"hero"}, "heading": {"Typed before"}, "row": {"choose:image"}}
	a := p.post(w.pageOf("/blocks/hero"), form)
	to := must(url.Parse(a.location))(t)
	if a.status != http.StatusSeeOther || to.Path != "/admin/media" || w.block("hero").Hero.Heading != "Typed before" {
		t.Fatalf("%d %s", a.status, a.location)
	}
	back := p.get(to.Query().Get("for") + "&picture=" + u.ID.String() + "&field=image")
	back.says(t, 200, `src="/media/`+strings.Repeat("ab", 32)+`.jpg"`, `value="A desk"`, `data-pending="true"`, "Typed before")
}
