package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

const files = "../../campaigns/starter/files/"

// C3: the ebooks given away by the starter campaigns are committed; these tests read them without Chromium.
func eachBook(t *testing.T, check func(t *testing.T, b *Book, slug string)) {
	for _, s := range slugs {
		t.Run(s.slug, func(t *testing.T) {
			b, err := readBook(s.lang)
			if err != nil {
				t.Fatal(err)
			}
			check(t, b, s.slug)
		})
	}
}

func readFile(t *testing.T, name string, limit int) []byte {
	t.Helper()
	data, err := os.ReadFile(files + name)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > limit {
		t.Errorf("%s is %d bytes; a phone should not have to fetch more than %d", name, len(data), limit)
	}
	return data
}

func openEPUB(t *testing.T, slug string) (list []*zip.File, content map[string][]byte) {
	t.Helper()
	data := readFile(t, slug+".epub", 700_000)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	content = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if content[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(f.Name, err)
		}
	}
	return z.File, content
}

type packageDocument struct {
	Language string `xml:"metadata>language"`
	Items    []struct {
		ID   string `xml:"id,attr"`
		Href string `xml:"href,attr"`
		Type string `xml:"media-type,attr"`
	} `xml:"manifest>item"`
	Spine struct {
		Direction string `xml:"page-progression-direction,attr"`
		Refs      []struct {
			ID string `xml:"idref,attr"`
		} `xml:"itemref"`
	} `xml:"spine"`
}

func TestEPUBIsAWholeContainer(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book, slug string) {
		list, content := openEPUB(t, slug)
		first := list[0]
		if first.Name != "mimetype" || first.Method != zip.Store || len(first.Extra) != 0 || string(content["mimetype"]) != "application/epub+zip" {
			t.Errorf("the mimetype must come first, stored and bare: %+v", first.FileHeader)
		}
		if !bytes.Contains(content["META-INF/container.xml"], []byte(`full-path="book/package.opf"`)) {
			t.Error("container.xml does not name the package")
		}
		var p packageDocument
		if err := xml.Unmarshal(content["book/package.opf"], &p); err != nil {
			t.Fatal(err)
		}
		if p.Language != b.Lang || p.Spine.Direction != b.Dir {
			t.Errorf("package says %s %s, want %s %s", p.Language, p.Spine.Direction, b.Lang, b.Dir)
		}
		known := map[string]bool{}
		for _, it := range p.Items {
			known[it.ID] = true
			if content["book/"+it.Href] == nil {
				t.Errorf("the manifest names %s, which is not there", it.Href)
			}
		}
		if want := len(p.Items) + 3; len(list) != want { // mimetype, container, package
			t.Errorf("%d files, %d expected: each but three is in the manifest", len(list), want)
		}
		for _, r := range p.Spine.Refs {
			if !known[r.ID] {
				t.Errorf("the spine names %s, which is not in the manifest", r.ID)
			}
		}
		if want := len(b.Sections) + 2; len(p.Spine.Refs) != want {
			t.Errorf("%d documents in the spine, want %d", len(p.Spine.Refs), want)
		}
	})
}

func TestEPUBDocumentsParseAndLinkToEachOther(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book, slug string) {
		_, content := openEPUB(t, slug)
		for name, data := range content {
			if path.Ext(name) == ".xhtml" {
				checkDocument(t, b, name, data, content)
			}
		}
	})
}

// checkDocument reads one XHTML file strictly: well-formed, language and direction right, every link inside the book.
func checkDocument(t *testing.T, b *Book, name string, data []byte, content map[string][]byte) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for depth := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 && (attribute(e, "lang") != b.Lang || attribute(e, "dir") != b.Dir) {
				t.Errorf("%s is not marked %s %s", name, b.Lang, b.Dir)
			}
			for _, key := range []string{"href", "src"} {
				if to := attribute(e, key); to != "" && content[path.Join(path.Dir(name), to)] == nil {
					t.Errorf("%s links to %s, which is not in the book", name, to)
				}
			}
		case xml.EndElement:
			depth--
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// The cover is a picture taken by Chromium; everything else must be what the source builds now.
func TestEPUBIsWhatTheSourceBuilds(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book, slug string) {
		_, content := openEPUB(t, slug)
		items, err := epubItems(b, content["book/cover.jpg"])
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range items {
			if !bytes.Equal(it.Data, content["book/"+it.Href]) {
				t.Errorf("%s differs from its source: run go run ./tools/ebook", it.Href)
			}
		}
	})
}

func TestEPUBBytesRepeat(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book, slug string) {
		one, err := makeEPUB(b, []byte("cover"))
		if err != nil {
			t.Fatal(err)
		}
		two, err := makeEPUB(b, []byte("cover"))
		if err != nil || !bytes.Equal(one, two) {
			t.Error("the same source gave other bytes", err)
		}
	})
}

func TestPDFIsWorthPrinting(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book, slug string) {
		pdf := readFile(t, slug+".pdf", 700_000)
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Fatal("not a PDF")
		}
		if n := pageCount(pdf); n < 8 {
			t.Errorf("%d pages, want at least 8", n)
		}
		for _, want := range []string{"/StructTreeRoot", "/Outlines", "/FontFile2", "/Lang (" + b.Lang + ")",
			"/Title " + pdfText(b.Title), "/Author " + pdfText(b.Author), "/Source (" + b.sourceSum() + ")"} {
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("no %s; if the source has changed, run go run ./tools/ebook", want)
			}
		}
		if bytes.Contains(pdf, []byte("/Subtype /Type3")) {
			t.Error("a font was drawn as Type 3 glyphs instead of being embedded")
		}
		pages, err := sectionPages(pdf)
		if err != nil {
			t.Fatal(err)
		}
		last := 2 // the cover and the contents come first
		for _, s := range b.Sections {
			if pages[s.ID] <= last {
				t.Errorf("%s begins on page %d, after page %d", s.ID, pages[s.ID], last)
			}
			last = pages[s.ID]
		}
	})
}

// Persian as design/README.md wants it: Persian letters and digits, half-spaces, and no run-away punctuation.
func TestPersianLetters(t *testing.T) {
	b, err := readBook("fa")
	if err != nil {
		t.Fatal(err)
	}
	english := regexp.MustCompile(`(?s)<(p|bdi)[^>]*dir="ltr"[^>]*>.*?</(p|bdi)>`)
	tags := regexp.MustCompile(`<[^>]*>`)
	for _, s := range b.Sections {
		text := tags.ReplaceAllString(english.ReplaceAllString(s.Body, ""), "")
		for name, wrong := range map[string]string{
			"Arabic ye or kaf":          `[يكى]`,
			"western or Arabic digit":   `[0-9٠-٩]`,
			"space for a half-space":    `(^|\s)ن?می [آ-ی]|[آ-ی] (ها|های|هایی|تر|ترین|ام|اید|اند)([\s،.؛؟]|$)`,
			"space before punctuation":  `[آ-ی] [،؛؟.:!]`,
			"Latin punctuation or mark": `[,;?"]`,
		} {
			if found := regexp.MustCompile(wrong).FindString(text); found != "" {
				t.Errorf("%s: %s in %q", s.ID, name, strings.TrimSpace(found))
			}
		}
	}
}
