package admin_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
)

// photograph is a picture of one colour, so that each is another.
func photograph(t *testing.T, w, h int, shade uint8) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{shade, 90, 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// send sends a form with a file, as browsers do.
func (p *person) send(path, field, name string, file []byte, values url.Values) answer {
	p.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for key := range values {
		if err := form.WriteField(key, values.Get(key)); err != nil {
			p.w.t.Fatal(err)
		}
	}
	part := must(form.CreateFormFile(field, name))(p.w.t)
	if _, err := part.Write(file); err != nil {
		p.w.t.Fatal(err)
	}
	form.Close()
	r, err := http.NewRequest(http.MethodPost, p.w.site+path, &body)
	if err == nil {
		r.Header.Set("Content-Type", form.FormDataContentType())
	}
	return p.do(r, err)
}

var mediaAddress = regexp.MustCompile(`/media/[0-9a-f]{64}\.(?:jpg|png)`)

// A picture that is added is in the collection, in every width, and is served to anybody for ever.
func TestPictureIsAdded(t *testing.T) {
	w := newWorld(t, 1)
	mina := w.person(models.Marketer)
	mina.get("/admin/media").says(t, http.StatusOK, "Here is every picture")
	added := mina.send("/admin/media", "file", `C:\Pictures\بهار.HTML`, photograph(t, 1500, 1000, 200), url.Values{"alt": {" A  spring \n day "}})
	if added.status != http.StatusSeeOther || added.location != "/admin/media" {
		t.Fatalf("adding answered %d to %s", added.status, added.location)
	}
	list := mina.get("/admin/media")
	list.says(t, http.StatusOK, "بهار.HTML", "“<bdi>", `alt="A spring day"`, "1500 × 1000")
	uploads := must(w.store.Uploads(w.ctx, 0, 10))(t)
	if len(uploads) != 1 || len(uploads[0].Image.Sizes) != 5 || uploads[0].Image.Width != 1500 || uploads[0].Image.Height != 1000 {
		t.Fatalf("%+v", uploads)
	}
	for _, size := range uploads[0].Image.Sizes {
		shown := mina.get("/media/" + size.Key)
		picture, err := jpeg.Decode(strings.NewReader(shown.text))
		if err != nil || picture.Bounds().Dx() != size.Width {
			t.Errorf("%s: %v", size.Key, err)
		}
		for name, want := range map[string]string{"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"} {
			if got := shown.header.Get(name); got != want {
				t.Errorf("%s: %s", name, got)
			}
		}
	}
}

// What is no picture we can show is refused with a sentence beside the field, and what was typed stays.
func TestPictureIsRefused(t *testing.T) {
	w := newWorld(t, 1)
	mina := w.person(models.Marketer)
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"logo.svg":  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>`), "not a picture we can show"},
		"page.jpg":  {[]byte("<!doctype html><script>x()</script>"), "not a picture we can show"},
		"move.png":  {[]byte("GIF89a\x01\x00\x01\x00"), "not a picture we can show"},
		"half.jpg":  {photograph(t, 400, 300, 9)[:2000], "can’t be read"},
		"huge.jpg":  {make([]byte, 15<<20+1), "up to 15 MB"},
		"empty.jpg": {nil, "Choose a picture first"},
	} {
		refused := mina.send("/admin/media", "file", name, c.file, url.Values{"alt": {"What I typed"}})
		refused.says(t, http.StatusUnprocessableEntity, c.says, `value="What I typed"`, `aria-invalid="true"`)
	}
	if a := mina.send("/admin/media", "file", "vast.jpg", make([]byte, 21<<20), nil); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("21 MB answered %d", a.status)
	}
	if kept := must(w.store.Uploads(w.ctx, 0, 10))(t); len(kept) != 0 {
		t.Errorf("%d are kept", len(kept))
	}
}

// Who came to choose a picture goes back with it to the form that asked, and nowhere else.
func TestPictureIsChosen(t *testing.T) {
	w := newWorld(t, 1)
	mina := w.person(models.Marketer)
	back := "/admin/campaigns/1/page?block=hero"
	ask := "/admin/media?" + url.Values{"for": {back}, "field": {"image"}}.Encode()
	added := mina.send(ask, "file", "a.jpg", photograph(t, 40, 30, 1), nil)
	id := must(w.store.Uploads(w.ctx, 0, 1))(t)[0].ID
	want := fmt.Sprintf("%s&field=image&picture=%s", back, id)
	if added.status != http.StatusSeeOther || added.location != want {
		t.Errorf("%d to %s, want %s", added.status, added.location, want)
	}
	mina.get(ask).says(t, http.StatusOK, strings.ReplaceAll(want, "&", "&amp;"), "Back without choosing")
	for _, elsewhere := range []string{"https://evil.example/x", "//evil.example", "/p/playbook", `/admin\evil`} {
		page := mina.get("/admin/media?" + url.Values{"for": {elsewhere}, "field": {"image"}}.Encode())
		page.says(t, http.StatusOK, `<a href="/admin">Back without choosing`)
		if strings.Contains(page.text, `href="`+elsewhere) {
			t.Errorf("leads to %s", elsewhere)
		}
	}
}

// The collection is read a page at a time, and a picture is there for who may mark pages and for nobody else.
func TestCollectionIsPaged(t *testing.T) {
	w := newWorld(t, 1)
	mina := w.person(models.Marketer)
	for i := range 26 {
		u := models.Upload{Name: fmt.Sprintf("picture %02d", i), Image: models.Image{Width: 10, Height: 10, Sizes: []models.ImageSize{{Width: 10, Key: strings.Repeat("a", 64) + ".jpg"}}}}
		if err := w.store.AddUpload(w.ctx, &u); err != nil {
			t.Fatal(err)
		}
	}
	first := mina.get("/admin/media")
	first.says(t, http.StatusOK, "picture 25", "picture 02", `rel="next"`)
	next := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(first.text)
	second := mina.get(strings.ReplaceAll(next[1], "&amp;", "&"))
	second.says(t, http.StatusOK, "picture 01", "picture 00", `rel="prev"`)
	if strings.Contains(second.text, "picture 02") {
		t.Error("the pages overlap")
	}
	w.person(models.Sales).get("/admin/media").says(t, http.StatusForbidden)
}

// Nothing but pictures is served as a picture: not the ebook beside them, whatever ending is asked for.
func TestOnlyPicturesAreServed(t *testing.T) {
	w := newWorld(t, 1)
	anybody := w.person(models.Analyst)
	p := must(w.camps.Snapshot().Page("playbook"))(t)
	book := must(w.store.File(w.ctx, p.Version.Doc.Offer.Files[0].FileID))(t)
	for _, path := range []string{book.SHA256 + ".jpg", book.SHA256 + ".png", book.SHA256, strings.Repeat("0", 64) + ".jpg", "x.jpg", "..%2f..%2fsecret.jpg", strings.ToUpper(book.SHA256) + ".jpg", ""} {
		if a := anybody.get("/media/" + path); a.status != http.StatusNotFound {
			t.Errorf("%s answered %d", path, a.status)
		}
	}
}

// A file may take its time over a bad network: longer than other requests have (C2, C3).
func TestASlowUploadArrives(t *testing.T) {
	w := newWorld(t, 1)
	mina := w.person(models.Marketer)
	hasty := httptest.NewUnstartedServer(w.handler)
	hasty.Config.ReadTimeout, hasty.Config.WriteTimeout = 400*time.Millisecond, 500*time.Millisecond
	hasty.Start()
	defer hasty.Close()

	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() {
		part, _ := form.CreateFormFile("file", "a.jpg")
		picture := photograph(t, 300, 200, 7)
		for chunk := range slices.Chunk(picture, len(picture)/8+1) {
			time.Sleep(100 * time.Millisecond)
			_, _ = part.Write(chunk)
		}
		_ = form.Close()
		_ = writer.Close()
	}()
	r := must(http.NewRequest(http.MethodPost, hasty.URL+"/admin/media", reader))(t)
	r.Header.Set("Content-Type", form.FormDataContentType())
	for _, cookie := range mina.http.Jar.Cookies(must(url.Parse(w.site))(t)) {
		r.AddCookie(cookie)
	}
	if a := mina.do(r, nil); a.status != http.StatusSeeOther || a.location != "/admin/media" {
		t.Errorf("it answered %d to %s", a.status, a.location)
	}
}
