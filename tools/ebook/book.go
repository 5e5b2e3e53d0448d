package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"text/template"
)

// A Book is one language's source, ready to be laid out.
type Book struct {
	Lang, Dir                            string
	Title, Subtitle, Author, Description string
	Keywords, Identifier, Modified       string
	Sections                             []Section
	Pages                                map[string]int // section id to page, known after a first print
}

// A Section is a chapter or a sheet: a page run in print, a file of its own in the EPUB.
type Section struct {
	ID, Class, Number, Title string
	Body                     string // inner XHTML, verbatim
}

// Kind is the section's EPUB type.
func (s Section) Kind() string {
	switch {
	case s.Number != "":
		return "chapter"
	case s.ID == "start":
		return "preface"
	case s.ID == "colophon":
		return "colophon"
	}
	return "appendix"
}

// ContentsTitle heads the table of contents.
func (b *Book) ContentsTitle() string {
	if b.Lang == "fa" {
		return "در این کتاب"
	}
	return "Contents"
}

// PageOf is the page number of a section in the book's digits, empty before the first print.
func (b *Book) PageOf(id string) string {
	n, ok := b.Pages[id]
	if !ok {
		return ""
	}
	s := []rune(fmt.Sprint(n))
	if b.Lang == "fa" {
		for i := range s {
			s[i] += '۰' - '0'
		}
	}
	return string(s)
}

// document is the shape of book.xhtml.
type document struct {
	Lang string `xml:"lang,attr"`
	Dir  string `xml:"dir,attr"`
	Head struct {
		Title string `xml:"title"`
		Meta  []struct {
			Name    string `xml:"name,attr"`
			Content string `xml:"content,attr"`
		} `xml:"meta"`
	} `xml:"head"`
	Sections []struct {
		ID    string `xml:"id,attr"`
		Class string `xml:"class,attr"`
		H2    struct {
			Number string `xml:"data-n,attr"`
			Text   string `xml:",chardata"`
		} `xml:"h2"`
		Body string `xml:",innerxml"`
	} `xml:"body>section"`
}

func readBook(lang string) (*Book, error) {
	raw, err := source.ReadFile(lang + "/book.xhtml")
	if err != nil {
		return nil, err
	}
	var d document
	if err := xml.Unmarshal(raw, &d); err != nil {
		return nil, err
	}
	meta := map[string]string{}
	for _, m := range d.Head.Meta {
		meta[m.Name] = m.Content
	}
	b := &Book{Lang: d.Lang, Dir: d.Dir, Title: d.Head.Title,
		Subtitle: meta["subtitle"], Author: meta["author"], Description: meta["description"],
		Keywords: meta["keywords"], Identifier: meta["identifier"], Modified: meta["modified"]}
	for _, s := range d.Sections {
		b.Sections = append(b.Sections, Section{ID: s.ID, Class: s.Class, Number: s.H2.Number, Title: s.H2.Text, Body: s.Body})
	}
	return b, nil
}

// sourceSum identifies everything that decides how the printed book looks, but for Chromium.
func (b *Book) sourceSum() string {
	sum := sha256.New()
	for _, name := range []string{b.Lang + "/book.xhtml", b.Lang + "/thread.svg", "girih.svg", "book.css", "print.css", "templates/print.xhtml"} {
		data, _ := source.ReadFile(name) // embedded: cannot fail
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// fill lays data out with one of the files in templates/.
func fill(name string, data any) ([]byte, error) {
	t, err := template.ParseFS(source, "templates/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, data)
	return out.Bytes(), err
}
