package main

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"regexp"
	"time"
)

// An item is a file of the EPUB and its line in the manifest.
type item struct {
	ID, Href, Type, Properties string
	Data                       []byte
}

const container = `<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

const xhtml = "application/xhtml+xml"

// makeEPUB builds an EPUB 3. It is a pure function of its arguments: the same source gives the same bytes.
func makeEPUB(b *Book, cover []byte) ([]byte, error) {
	items, err := epubItems(b, cover)
	if err != nil {
		return nil, err
	}
	opf, err := fill("package.opf", struct {
		*Book
		Items []item
	}{b, items})
	if err != nil {
		return nil, err
	}
	files := []item{{Href: "META-INF/container.xml", Data: []byte(container)}, {Href: "book/package.opf", Data: opf}}
	for _, it := range items {
		files = append(files, item{Href: "book/" + it.Href, Data: it.Data})
	}
	return zipEPUB(files, b.Modified)
}

func epubItems(b *Book, cover []byte) ([]item, error) {
	items := []item{{ID: "cover-image", Href: "cover.jpg", Type: "image/jpeg", Properties: "cover-image", Data: cover}}
	page := func(id, properties, template string, data any) error {
		x, err := fill(template, data)
		items = append(items, item{ID: id, Href: id + ".xhtml", Type: xhtml, Properties: properties, Data: x})
		return err
	}
	if err := page("cover", "", "cover.xhtml", b); err != nil {
		return nil, err
	}
	if err := page("nav", "nav", "nav.xhtml", b); err != nil {
		return nil, err
	}
	for _, s := range b.Sections {
		s.Body = linkAcross(s.Body)
		if err := page(s.ID, "", "section.xhtml", struct {
			Book    *Book
			Section Section
		}{b, s}); err != nil {
			return nil, err
		}
	}
	for _, f := range stylesAndFonts[b.Lang] {
		x, err := source.ReadFile(f.Href)
		if err != nil {
			return nil, err
		}
		f.Data = x
		items = append(items, f)
	}
	return items, nil
}

// stylesAndFonts are the files taken as they are. A reader's own Latin face is better than ours.
var stylesAndFonts = map[string][]item{
	"en": {
		{ID: "book-css", Href: "book.css", Type: "text/css"},
		{ID: "epub-css", Href: "epub.css", Type: "text/css"},
	},
	"fa": {
		{ID: "book-css", Href: "book.css", Type: "text/css"},
		{ID: "epub-css", Href: "epub.css", Type: "text/css"},
		{ID: "vazirmatn-css", Href: "vazirmatn.css", Type: "text/css"},
		{ID: "regular", Href: "fonts/Vazirmatn-Regular.woff2", Type: "font/woff2"},
		{ID: "bold", Href: "fonts/Vazirmatn-Bold.woff2", Type: "font/woff2"},
	},
}

var withinBook = regexp.MustCompile(`href="#([a-z-]+)"`)

// linkAcross turns links between sections, one file in print, into links between files.
func linkAcross(body string) string {
	return withinBook.ReplaceAllString(body, `href="$1.xhtml"`)
}

// zipEPUB packs the files as the Open Container Format asks: the mimetype first, stored, without extra fields.
func zipEPUB(files []item, modified string) ([]byte, error) {
	at, err := time.Parse(time.RFC3339, modified)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	mimetype := []byte("application/epub+zip")
	size := uint64(len(mimetype))
	w, err := z.CreateRaw(&zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE(mimetype),
		CompressedSize64: size, UncompressedSize64: size})
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(mimetype); err != nil {
		return nil, err
	}
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Href, Method: zip.Deflate, Modified: at})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return out.Bytes(), err
}
