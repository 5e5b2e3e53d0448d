package admin_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sarnakh/models"
)

// offer is what the campaign's draft gives.
func (w *world) offer() models.Offer {
	w.t.Helper()
	_, draft, err := w.store.Draft(w.ctx, w.playbook().ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return draft.Doc.Offer
}

// upload posts a file as a browser does.
func (p *person) upload(path, name, content string, fields url.Values) answer {
	p.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k := range fields {
		_ = form.WriteField(k, fields.Get(k))
	}
	if name != "" {
		part, _ := form.CreateFormFile("file", name)
		_, _ = part.Write([]byte(content))
	}
	_ = form.Close()
	r, err := http.NewRequest(http.MethodPost, p.w.site+path, &body)
	if err == nil {
		r.Header.Set("Content-Type", form.FormDataContentType())
	}
	return p.do(r, err)
}

// C3: each kind of offer is saved with what belongs to it, and nothing of another.
func TestOffersAreWritten(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer")
	for _, test := range []struct {
		kind  models.OfferKind
		form  url.Values
		check func(o models.Offer) bool
	}{
		{models.OfferCoupon, url.Values{"codes": {"shared"}, "code": {"SPRING"}, "stock": {"۱۰۰"}, "terms": {"Once."}, "until_day": {"1405/12/29"}, "until_clock": {"23:59"}},
			func(o models.Offer) bool {
				return o.Coupon.Code == "SPRING" && o.Coupon.Stock == 100 && o.Coupon.Until != 0 && o.Pool == nil
			}},
		{models.OfferCoupon, url.Values{"codes": {"pool"}, "on_screen": {"1"}, "terms": {"Once."}},
			func(o models.Offer) bool { return o.Pool.OnScreen && o.Pool.Terms == "Once." && o.Coupon == nil }},
		{models.OfferTrial, url.Values{"url": {"https://app.example.org/signup"}, "days": {"14"}},
			func(o models.Offer) bool {
				return o.Trial.URL == "https://app.example.org/signup" && o.Trial.Days == 14 && o.Pool == nil
			}},
		{models.OfferWebinar, url.Values{"from_day": {"2099-03-01"}, "from_clock": {"18:00"}, "zone": {"Europe/Berlin"}, "url": {"https://meet.example.org/x"}},
			func(o models.Offer) bool {
				return o.Event.Zone == "Europe/Berlin" && o.Event.Until.Sub(o.Event.From).Hours() == 1 && o.Event.From.Time().UTC().Hour() == 17
			}},
		{models.OfferContest, url.Values{"rules": {"One\r\nentry"}}, func(o models.Offer) bool { return o.Contest.Rules == "One\nentry" && o.Event == nil }},
		{models.OfferDemo, url.Values{"subject": {"See you"}, "text": {"Hello {{first_name|there}}"}},
			func(o models.Offer) bool { return o.Letter.Subject == "See you" && o.Contest == nil }},
	} {
		page := p.get(at + "?kind=" + string(test.kind))
		page.says(t, 200, `name="kind" value="`+string(test.kind)+`"`)
		test.form.Set("base", page.base(t))
		test.form.Set("kind", string(test.kind))
		test.form.Set("title", "The gift")
		if a := p.post(at, test.form); a.status != http.StatusSeeOther {
			t.Errorf("%s: %d", test.kind, a.status)
			continue
		}
		o := w.offer()
		if o.Kind != test.kind || o.Title != "The gift" || len(o.Files) != 2 || !test.check(o) {
			t.Errorf("%s: %+v", test.kind, o)
		}
		p.get(at).says(t, 200, "The gift")
	}
}

// What can't be taken comes back as it was typed, with a sentence beside the field.
func TestAWrongOfferComesBack(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer")
	for _, test := range []struct {
		form    url.Values
		problem string
	}{
		{url.Values{"kind": {"gold"}}, "Choose what you give"},
		{url.Values{"kind": {"coupon"}, "codes": {"shared"}, "stock": {"many"}}, "whole number"},
		{url.Values{"kind": {"coupon"}, "codes": {"pool"}, "from_day": {"2099-02-01"}, "until_day": {"2099-01-01"}}, "end comes before"},
		{url.Values{"kind": {"trial"}, "url": {"app.example.org"}}, "no whole address"},
		{url.Values{"kind": {"trial"}, "webhook": {"http://10.0.0.1/x"}}, "https://"},
		{url.Values{"kind": {"webinar"}, "zone": {"Tehran"}}, "time zone is not known"},
		{url.Values{"kind": {"newsletter"}, "title": {strings.Repeat("x", 200)}}, "120"},
	} {
		test.form.Set("base", p.get(at).base(t))
		if test.form.Get("title") == "" {
			test.form.Set("title", "What I typed")
		}
		p.post(at, test.form).says(t, http.StatusUnprocessableEntity, test.problem, test.form.Get("title"))
	}
	if w.offer().Kind != models.OfferEbook {
		t.Error("something was saved")
	}
}

// Two people at one offer: the second is told, and loses nothing.
func TestTwoWritersOfAnOffer(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer")
	base := p.get(at).base(t)
	w.change("offer", func(doc *models.CampaignDoc) { doc.Offer.Title = "Theirs" })
	form := url.Values{"base": {base}, "kind": {"ebook"}, "title": {"Mine"}}
	a := p.post(at, form)
	a.says(t, http.StatusConflict, "Theirs", `value="Mine"`)
	form.Set("base", a.base(t))
	if again := p.post(at, form); again.status != http.StatusSeeOther || w.offer().Title != "Mine" {
		t.Error(again.status, w.offer().Title)
	}
}

// C3: a file is what its bytes say, under a name that does no harm; it can be taken out again.
func TestFilesOfAnOffer(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer/files")
	epub := "PK\x03\x04" + strings.Repeat("\x00", 26) + "mimetypeapplication/epub+zip" + strings.Repeat("x", 600)
	for _, test := range []struct{ name, content, problem string }{
		{"", "", "Choose a file first"},
		{"page.html", "<!doctype html><script>alert(1)</script>", "neither PDF"},
		{"picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "neither PDF"},
		{"report.pdf", "MZ\x90\x00 a program", "neither PDF"},
	} {
		p.upload(at, test.name, test.content, nil).says(t, http.StatusUnprocessableEntity, test.problem)
	}
	if n := len(w.offer().Files); n != 2 {
		t.Fatalf("%d files", n)
	}
	if a := p.upload(at, `..\..\etc/کتاب "من".exe`, "%PDF-1.7 …", nil); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if a := p.upload(at, "book.zip", epub, nil); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	o := w.offer()
	if len(o.Files) != 4 || o.Files[2].Name != "کتاب من.pdf" || o.Files[2].Key != "pdf2" || o.Files[3].Format != "EPUB" || o.Files[3].Name != "book.epub" || o.Files[3].Size != int64(len(epub)) {
		t.Errorf("%+v", o.Files)
	}
	if a := p.post(at+"/pdf2/delete", nil); a.status != http.StatusSeeOther || len(w.offer().Files) != 3 {
		t.Error(a.status)
	}
	if a := p.post(at+"/pdf2/delete", nil); a.status != http.StatusNotFound {
		t.Error("gone twice:", a.status)
	}
	// While another kind is only looked at, it stays in view.
	p.upload(at+"?kind=file", "page.html", "<!doctype html>", nil).says(t, http.StatusUnprocessableEntity, "neither PDF", "Not saved yet")
	if a := p.upload(at+"?kind=file", "b.pdf", "%PDF-1.7 …", nil); !strings.HasSuffix(a.location, "/offer?kind=file") {
		t.Error(a.status, a.location)
	}
}

// C3: a file or codes that are taken in save what stands in the form beside them; where that can't be saved, it comes back,
// and the file is asked for again.
func TestAnUploadLosesNothing(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer")
	sent := func(more ...string) url.Values {
		form := url.Values{"base": {p.get(at).base(t)}, "kind": {"ebook"}, "title": {"A new title"}, "by": {"Somebody"}}
		for i := 0; i+1 < len(more); i += 2 {
			form.Set(more[i], more[i+1])
		}
		return form
	}
	n := len(w.offer().Files)
	for _, to := range []string{at + "/files", at} { // by the upload's button, and by that of the form
		if a := p.upload(to, "more.pdf", "%PDF-1.7 more", sent("title", "By "+to)); a.status != http.StatusSeeOther {
			t.Fatal(a.status)
		}
		n++
		if o := w.offer(); o.Title != "By "+to || o.By != "Somebody" || len(o.Files) != n {
			t.Errorf("%+v", o)
		}
	}
	p.upload(at+"/files", "page.html", "<!doctype html>", sent()).says(t, http.StatusUnprocessableEntity, "PDF", `value="A new title"`)
	p.upload(at+"/files", "", "", sent()).says(t, http.StatusUnprocessableEntity, `value="A new title"`)
	long := strings.Repeat("x", 200)
	p.upload(at+"/files", "more.pdf", "%PDF-1.7", sent("by", long)).says(t, http.StatusUnprocessableEntity, long, "choose the file once more")
	stale := sent()
	w.change("offer", func(doc *models.CampaignDoc) { doc.Offer.By = "Theirs" })
	p.upload(at+"/files", "more.pdf", "%PDF-1.7", stale).says(t, http.StatusConflict, "Theirs", `value="A new title"`)
	if o := w.offer(); len(o.Files) != n || o.By != "Theirs" {
		t.Errorf("%+v", o)
	}
	pool := sent("kind", "coupon", "codes", "pool", "terms", "Once a person.", "pasted", "A-1")
	if a := p.upload(at+"/codes", "codes.txt", "A-2\na-1\n", pool); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if s := must(w.store.CodeStock(w.ctx, w.playbook().ID))(t); s.All != 2 || w.offer().Pool == nil || w.offer().Pool.Terms != "Once a person." {
		t.Errorf("%+v, %+v", s, w.offer())
	}
}

// C3: codes are pasted or uploaded, each once; what is no code is named, and nothing is taken then. Pasted ones come with the
// offer that they are of, and a file makes a pool of a coupon without a code.
func TestCodesOfAPool(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at := w.campaignAt("/offer")
	id := w.playbook().ID
	paste := func(text string) answer {
		t.Helper()
		return p.post(at, url.Values{"base": {p.get(at).base(t)}, "kind": {"coupon"}, "codes": {"pool"}, "terms": {"Once."}, "pasted": {text}})
	}
	paste("A-1\nA 2\nA-3").says(t, http.StatusUnprocessableEntity, "These can’t be codes: A 2.", "A-3", "Once.")
	p.upload(at+"/codes", "", "", nil).says(t, http.StatusUnprocessableEntity, "no code in it")
	if n, _ := w.store.CodesLeft(w.ctx, id); n != 0 || w.offer().Kind != models.OfferEbook {
		t.Errorf("%d codes of a list that was refused", n)
	}
	w.change("offer", func(doc *models.CampaignDoc) {
		doc.Offer = models.Offer{Kind: models.OfferCoupon, Coupon: &models.SharedCoupon{Terms: "Twice."}}
	})
	p.upload(at+"/codes", "codes.csv", "\ufeffcode;made\r\n\"B-1\";2026\r\nB-2;2026\r\nB-1;x\r\n", nil)
	if o := w.offer(); o.Coupon != nil || o.Pool == nil || o.Pool.Terms != "Twice." {
		t.Errorf("%+v", o)
	}
	p.get(at).says(t, 200, "New codes in the pool: ", "codes are left")
	paste("A-1\n\nb-2\na-1")
	p.get(at).says(t, 200, "Lines that repeat a code: <bdi>2</bdi>", "Once.")
	if s := must(w.store.CodeStock(w.ctx, id))(t); s.All != 3 || s.Free != 3 {
		t.Errorf("%+v", s)
	}
	p.post(at+"/codes/drop", nil)
	if s := must(w.store.CodeStock(w.ctx, id))(t); s.All != 0 || s.Free != 0 {
		t.Errorf("%+v", s)
	}
}

// C3: on a narrow screen, where files have their place below the form, it says so while there is none.
func TestAMissingFileIsAskedForAtTheTop(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	at, link := w.campaignAt("/offer"), `href="#files"`
	if strings.Contains(p.get(at).text, link) {
		t.Error("a file is asked for though there are two")
	}
	w.change("offer", func(doc *models.CampaignDoc) { doc.Offer.Files = nil })
	p.get(at).says(t, http.StatusOK, "There is no file yet", link, `id="files"`)
	if strings.Contains(p.get(at+"?kind=demo").text, link) {
		t.Error("a file is asked for by an offer that has none")
	}
}
