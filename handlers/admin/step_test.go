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

// head and timing are the forms of a mail's parts that are no block, well filled in; words that of its first block.
func head(base string) url.Values {
	return url.Values{"base": {base}, "kind": {"head"}, "subject": {"Another subject"}, "preview": {""}}
}

func timing(base string) url.Values {
	return url.Values{"base": {base}, "kind": {"time"}, "delay": {"۲"}, "unit": {"days"}, "days": {"6", "0"}, "from": {"8"}, "to": {"20:30"},
		"what": {"score", ""}, "op": {"at_least", "is"}, "value": {"40", ""}}
}

func words(base string) url.Values {
	return url.Values{"base": {base}, "kind": {"text"}, "heading": {""}, "body": {"Hello {{first_name|there}},\r\n\r\n- one\r\n  - two"}}
}

// part opens a part of the n-th mail and gives what its form was made from.
func (w *world) part(p *person, n int, query string) string {
	w.t.Helper()
	return p.get(w.stepAt(n, "?"+query)).base(w.t)
}

// put saves a form of the n-th mail, which has to be taken.
func (w *world) put(p *person, n int, part string, form url.Values) answer {
	w.t.Helper()
	a := p.post(w.stepAt(n, part), form)
	if a.status != http.StatusSeeOther {
		w.t.Fatalf("saving %s answered %d: %s", part, a.status, a.text)
	}
	return a
}

func (w *world) firstBlock(n int) string { return "/blocks/" + w.sequence.Draft.Steps[n].Blocks[0].ID }

// A mail is written part by part to the draft alone; putting it in force says before in words what will be different (N1).
func TestAStepIsWrittenAndPutInForce(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	saved := w.put(p, 0, "/head", head(w.part(p, 0, "part=head")))
	if saved.location != w.stepAt(0, "?part=head&view=form") {
		t.Errorf("saving leads to %s", saved.location)
	}
	p.get(saved.location).says(t, 200, "Saved to the draft", `value="Another subject"`)
	w.put(p, 0, "/time", timing(w.part(p, 0, "part=time")))
	p.get(w.stepAt(0, "?part=time")).says(t, 200, `value="20:30"`, `value="6" checked`)
	w.put(p, 0, w.firstBlock(0), words(w.part(p, 0, "")))
	step := w.draft().Draft.Steps[0]
	if step.Subject != "Another subject" || step.Delay != 2*24*60 || step.Window.Hours != (models.Hours{From: 480, To: 1230}) || len(step.Window.Days) != 2 ||
		step.Blocks[0].Text.Body != "Hello {{first_name|there}},\n\n- one\n  - two" || !slices.Equal(step.Conditions, []models.Condition{{On: models.OnScore, Op: models.OpAtLeast, Value: "40"}}) {
		t.Errorf("the draft is %+v", step)
	}
	was := w.sequence.Draft.Steps[0].Subject
	p.get(w.at("")).says(t, 200, was, "changes that are not in force yet")
	look := p.get(w.at("/publish"))
	look.says(t, 200, "“Another subject”: the subject, “"+was+"” before", "“Another subject”: the text", "comes 2 days after the consent counts", "is sent Sat and Sun and 08:00–20:30",
		"its conditions, now score is at least 40")
	p.post(w.at("/publish"), url.Values{"base": {"of-before"}}).says(t, http.StatusConflict, "Somebody changed this after you looked")
	if a := p.post(w.at("/publish"), url.Values{"base": {look.base(t)}}); a.status != http.StatusSeeOther {
		t.Fatalf("putting in force answered %d", a.status)
	}
	p.get(w.at("")).says(t, 200, "<bdi>2</bdi> is in force", "Another subject", "2 days after the consent counts", "Only if score is at least 40")
	if live := w.camps.Snapshot().Sequence(w.sequence.ID); live.Version.Number != 2 || live.Version.Doc.Steps[0].Subject != "Another subject" {
		t.Errorf("in force is version %d", live.Version.Number)
	}
}

// What is wrong is said beside its field, everything typed comes back, and nothing is saved.
func TestAWrongStepComesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	bases := map[string]string{"/head": w.part(p, 1, "part=head"), "/time": w.part(p, 1, "part=time"), w.firstBlock(1): w.part(p, 1, "")}
	forms := map[string]func(string) url.Values{"/head": head, "/time": timing, w.firstBlock(1): words}
	for name, c := range map[string]struct {
		part, field, value, target string
		says                       []string
	}{
		"no subject":       {"/head", "subject", "", "f-subject", []string{"Write a subject."}},
		"a long preview":   {"/head", "preview", strings.Repeat("a", 141), "f-preview", []string{"140"}},
		"unknown field":    {w.firstBlock(1), "body", "Hello {{nickname}}", "f-body", []string{"nickname is no field", "Hello {{nickname}}"}},
		"a bad link":       {w.firstBlock(1), "body", "[x](example.com)", "f-body", []string{"example.com is no full web address"}},
		"no words":         {w.firstBlock(1), "body", " ", "f-body", []string{"Fill in “Text”"}},
		"no number":        {"/time", "delay", "soon", "f-delay", []string{"Write a whole number", `value="soon"`, `value="6" checked`}},
		"no time":          {"/time", "from", "25:00", "f-from", []string{"Write both times", `value="25:00"`, `value="6" checked`}},
		"unfit comparison": {"/time", "op", "is", "f-cond-1", []string{"This condition can’t be checked", `value="6" checked`}},
	} {
		t.Run(name, func(t *testing.T) {
			form := forms[c.part](bases[c.part])
			form.Set(c.field, c.value)
			if c.field == "op" {
				form["op"] = []string{"is", "is"}
			}
			a := p.post(w.stepAt(1, c.part), form)
			a.says(t, http.StatusUnprocessableEntity, append(c.says, `href="#`+c.target+`"`, `id="`+c.target+`-error"`, "<title>Error:")...)
		})
	}
	if q := w.draft(); q.DraftRev != 0 {
		t.Errorf("saved all the same: %+v", q.Draft.Steps[1])
	}
}

// Of two who write at the same part, the second sees what the first saved and keeps what they typed; two who write at other
// parts or mails don't notice each other, but are told that somebody is there.
func TestTwoWriters(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	base, text, other := w.part(p, 0, "part=head"), w.part(p, 0, ""), w.part(p, 1, "part=head")
	first, second := head(base), head(base)
	first.Set("subject", "What the first wrote")
	w.put(p, 0, "/head", first)
	w.put(p, 0, w.firstBlock(0), words(text))
	w.put(p, 1, "/head", head(other))
	w.person(models.Marketer).get(w.stepAt(1, "")).says(t, 200, "changed these emails")
	if alone := p.get(w.stepAt(1, "")); strings.Contains(alone.text, "changed these emails") {
		t.Error("who writes alone is told of themselves")
	}
	conflict := p.post(w.stepAt(0, "/head"), second)
	conflict.says(t, http.StatusConflict, "Somebody else changed this part", "What the first wrote", `value="Another subject"`)
	second.Set("base", conflict.base(t))
	w.put(p, 0, "/head", second)
	if w.draft().Draft.Steps[0].Subject != "Another subject" {
		t.Error("it is not saved over")
	}
	time := timing(w.part(p, 0, "part=time"))
	w.put(p, 0, "/time", time)
	p.post(w.stepAt(0, "/time"), time).says(t, http.StatusConflict, "2 days after the consent counts", "score is at least 40")
}

// A mail that somebody deleted while another wrote at it comes back with what they typed, at the end (N1).
func TestADeletedStepComesBack(t *testing.T) {
	for name, c := range map[string]struct {
		query, part string
		form        func(string) url.Values
		typed       string
	}{
		"subject": {"part=head", "/head", head, "Another subject"}, "time": {"part=time", "/time", timing, "20:30"}, "words": {"", "", words, "Hello {{first_name|there}}"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 1)
			p := w.person(models.Owner)
			part := c.part
			if part == "" {
				part = w.firstBlock(0)
			}
			late := c.form(w.part(p, 0, c.query))
			p.post(w.stepAt(0, "/delete"), nil)
			if a := p.get(w.stepAt(0, "")); a.status != http.StatusNotFound {
				t.Errorf("the deleted mail answered %d", a.status)
			}
			gone := p.post(w.stepAt(0, part), late)
			gone.says(t, http.StatusConflict, "Saving brings it back", c.typed, `href="`+w.at("/edit")+`" id="discard"`)
			late.Set("base", gone.base(t))
			w.put(p, 0, part, late)
			if steps := w.draft().Draft.Steps; steps[len(steps)-1].Key != w.sequence.Draft.Steps[0].Key {
				t.Error("it is not back at the end")
			}
		})
	}
}

// Only what was there comes back: neither a mail nor a block can be called as no program calls them.
func TestNothingIsNamedByAnAddress(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	for _, at := range []string{w.at("/steps/A.b/head"), w.stepAt(0, "/blocks/a.b")} {
		form := words("")
		if strings.HasSuffix(at, "head") {
			form = head("")
		}
		if a := p.post(at, form); a.status != http.StatusNotFound {
			t.Errorf("%s answered %d", at, a.status)
		}
	}
}

// Undoing the adding of a mail leads away from it, also where its button is pressed twice (N1).
func TestUndoingAnAddedStep(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	added := p.post(w.at("/steps"), nil).location
	form := url.Values{"back": {added}, "rev": {strconv.Itoa(w.draft().DraftRev)}}
	for range 2 {
		if a := p.post(w.at("/undo"), form); a.location != w.at("/edit") {
			t.Errorf("undoing leads to %s", a.location)
		}
	}
	p.get(w.at("/edit")).says(t, 200, "<bdi>new email</bdi>")
}

// The blocks of a mail are added, hidden, copied, moved and deleted as those of a page, and each of it can be undone (N1).
func TestTheBlocksOfAMail(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	blocks := func() []models.Block { return w.draft().Draft.Steps[0].Blocks }
	was := len(blocks())
	added := p.post(w.stepAt(0, "/blocks"), url.Values{"type": {"button"}, "after": {blocks()[0].ID}})
	p.get(added.location).says(t, 200, "[What the button says]", "The campaign’s page", "added “[What the button says]”")
	id := blocks()[1].ID
	form := url.Values{"base": {p.get(added.location).base(t)}, "kind": {"button"}, "label": {"Read chapter two"}, "link": {"url"}, "link.url": {"example.com/two"}}
	p.post(w.stepAt(0, "/blocks/"+id), form).says(t, http.StatusUnprocessableEntity, "example.com/two is no full web address", `value="example.com/two"`, `href="#f-link-url"`)
	form.Set("link.url", "https://example.com/two")
	w.put(p, 0, "/blocks/"+id, form)
	p.get(w.stepAt(0, "/preview/html?marked=1")).says(t, 200, "Read chapter two", "https://example.com/two", `id="b-`+id+`"`)
	if plain := p.get(w.stepAt(0, "/preview/html")); strings.Contains(plain.text, `id="b-`) {
		t.Error("a mail that nobody edits is marked")
	}
	act := func(do string) {
		t.Helper()
		w.put(p, 0, "/blocks/"+id+"/act", url.Values{"do": {do}})
	}
	act("copy")
	act("up")
	act("hide")
	if b := blocks(); len(b) != was+2 || b[0].ID != id || !b[0].Hidden || b[2].Button.Label != "Read chapter two" {
		t.Errorf("the blocks are %+v", b)
	}
	act("delete")
	p.get(w.stepAt(0, "")).says(t, 200, "was deleted", `action="`+w.at("/undo")+`"`)
	for range 4 {
		if a := p.post(w.at("/undo"), url.Values{"back": {w.stepAt(0, "")}}); a.location != w.stepAt(0, "") {
			t.Errorf("undoing leads to %s", a.location)
		}
	}
	if b := blocks(); len(b) != was+1 || b[1].ID != id || b[1].Button.Label != "Read chapter two" {
		t.Errorf("after undoing they are %+v", b)
	}
	p.post(w.at("/redo"), url.Values{"back": {w.stepAt(0, "")}})
	p.get(w.stepAt(0, "")).says(t, 200, "Done again: <bdi>copied “Read chapter two”")
	w.put(p, 1, "/head", head(w.part(p, 1, "part=head"))) // in another mail: undoing it leads there
	if a := p.post(w.at("/undo"), url.Values{"back": {w.stepAt(0, "")}}); a.location != w.stepAt(1, "?part=head") {
		t.Errorf("undoing a change of another mail leads to %s", a.location)
	}
	for _, kind := range []string{"hero", "form", "gallery", "nonsense"} {
		if a := p.post(w.stepAt(0, "/blocks"), url.Values{"type": {kind}}); a.status != http.StatusNotFound {
			t.Errorf("a block %s in a mail answered %d", kind, a.status)
		}
	}
	for _, kind := range []string{"button", "picture", "divider"} {
		if a := p.post(w.pageOf("/blocks"), url.Values{"type": {kind}}); a.status != http.StatusNotFound {
			t.Errorf("a block %s on a page answered %d", kind, a.status)
		}
	}
}

// A picture is chosen from the collection, stands in the mail with its whole address, and asks for its words (N1).
func TestAPictureInAMail(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	key := strings.Repeat("ab", 32) + ".jpg"
	u := &models.Upload{Name: "desk.jpg", Image: models.Image{Width: 640, Height: 480, Sizes: []models.ImageSize{{Width: 640, Key: key}}}}
	if err := w.store.AddUpload(w.ctx, u); err != nil {
		t.Fatal(err)
	}
	added := p.post(w.stepAt(0, "/blocks"), url.Values{"type": {"picture"}})
	q := must(url.Parse(added.location))(t).Query()
	at := w.stepAt(0, "/blocks/"+q.Get("block"))
	p.get(w.at("/publish")).says(t, 200, "Choose a picture, or delete its block.", w.stepAt(0, "?block="+q.Get("block")))
	a := p.post(at, url.Values{"base": {p.get(added.location).base(t)}, "kind": {"picture"}, "row": {"choose:image"}})
	to := must(url.Parse(a.location))(t)
	if a.status != http.StatusSeeOther || to.Path != "/admin/media" {
		t.Fatalf("%d %s", a.status, a.location)
	}
	back := p.get(to.Query().Get("for") + "&picture=" + u.ID.String() + "&field=image")
	back.says(t, 200, `src="/media/`+key+`"`, `data-pending="true"`)
	form := back.fields()
	form.Set("link", "page_url")
	w.put(p, 0, "/blocks/"+q.Get("block"), form)
	p.get(w.stepAt(0, "/preview/html")).says(t, 200, `src="http`, "/media/"+key, "/p/playbook")
	p.get(w.at("/publish")).says(t, 200, "Say what the picture shows")
	form.Set("base", p.get(added.location).base(t))
	form.Set("image.alt", "A desk")
	w.put(p, 0, "/blocks/"+q.Get("block"), form)
	if a := p.get(w.at("/publish")); strings.Contains(a.text, "has to be fixed") {
		t.Error("it can’t be put in force")
	}
}
