package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// A pdfFile is a PDF as Chromium writes it, with plain cross-reference tables, or as describe completes it.
type pdfFile struct {
	raw     []byte
	table   int         // offset of the newest cross-reference table
	offsets map[int]int // of each object by its number
	trailer string      // the newest
}

func openPDF(raw []byte) (*pdfFile, error) {
	f := &pdfFile{raw: raw, offsets: map[int]int{}}
	end := raw[max(bytes.LastIndex(raw, []byte("startxref")), 0):]
	if _, err := fmt.Sscanf(string(end), "startxref\n%d", &f.table); err != nil {
		return nil, fmt.Errorf("no cross-reference table: %w", err)
	}
	for at := f.table; at > 0 && at < len(raw); {
		table, trailer, ok := strings.Cut(string(raw[at:]), "trailer")
		if !ok {
			return nil, fmt.Errorf("no trailer")
		}
		trailer, _, _ = strings.Cut(trailer, "startxref")
		if f.trailer == "" {
			f.trailer = trailer
		}
		f.readTable(table)
		at = number(trailer, "/Prev")
	}
	return f, nil
}

// readTable takes the offsets that no newer table has given: runs of "first count", then a line per object.
func (f *pdfFile) readTable(table string) {
	object := 0
	for _, line := range strings.Split(table, "\n")[1:] { // after "xref"
		field := strings.Fields(line)
		switch len(field) {
		case 2:
			object, _ = strconv.Atoi(field[0])
		case 3:
			if _, newer := f.offsets[object]; !newer {
				f.offsets[object], _ = strconv.Atoi(field[0])
			}
			object++
		}
	}
}

// object is the text of an object's dictionary.
func (f *pdfFile) object(n int) string {
	at, ok := f.offsets[n]
	if !ok || at > len(f.raw) {
		return ""
	}
	_, body, _ := bytes.Cut(f.raw[at:], []byte("obj\n"))
	end := bytes.Index(body, []byte("\nendobj"))
	return string(body[:max(end, 0)])
}

var reference = regexp.MustCompile(`(\d+) 0 R`)

// number reads the number after a key of a dictionary, or of the object it refers to; 0 when there is none.
func number(dictionary, key string) (n int) {
	_, rest, _ := strings.Cut(dictionary, key+" ")
	fmt.Sscanf(rest, "%d", &n)
	return n
}

// pages lists the page objects under a node of the page tree, in order.
func (f *pdfFile) pages(node int) (list []int) {
	_, kids, ok := strings.Cut(f.object(node), "/Kids [")
	if !ok {
		return []int{node}
	}
	kids, _, _ = strings.Cut(kids, "]")
	for _, m := range reference.FindAllStringSubmatch(kids, -1) {
		n, _ := strconv.Atoi(m[1])
		list = append(list, f.pages(n)...)
	}
	return list
}

var destination = regexp.MustCompile(`/([a-z]+) \[(\d+) 0 R /XYZ`)

// sectionPages finds the page on which each section begins, from the destinations of the contents' links.
func sectionPages(pdf []byte) (map[string]int, error) {
	f, err := openPDF(pdf)
	if err != nil {
		return nil, err
	}
	root := f.object(number(f.trailer, "/Root"))
	order := map[string]int{}
	for i, n := range f.pages(number(root, "/Pages")) {
		order[strconv.Itoa(n)] = i + 1
	}
	found := map[string]int{}
	for _, m := range destination.FindAllStringSubmatch(f.object(number(root, "/Dests")), -1) {
		found[m[1]] = order[m[2]]
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("the PDF has no link destinations")
	}
	return found, nil
}

var pageObject = regexp.MustCompile(`/Type /Page\b`)

// pageCount counts the page objects.
func pageCount(pdf []byte) int { return len(pageObject.FindAll(pdf, -1)) }

var printedAt = regexp.MustCompile(`\(D:\d{14}[-+]\d\d'\d\d'\)`)

// describe appends what Chromium leaves out: author, subject and keywords, and the reading direction for
// two-page views. It is an incremental update (ISO 32000-1, 7.5.6). The time of printing becomes the book's own,
// so that the same Chromium prints the same bytes, and the source's sum is kept, so that a stale print is noticed.
func describe(pdf []byte, b *Book) ([]byte, error) {
	f, err := openPDF(pdf)
	if err != nil {
		return nil, err
	}
	root, info := number(f.trailer, "/Root"), number(f.trailer, "/Info")
	const showTitle = "/DisplayDocTitle true"
	catalog := f.object(root)
	if info == 0 || !strings.Contains(catalog, showTitle) {
		return nil, fmt.Errorf("not the PDF that Chromium used to write: %q", catalog)
	}
	direction := map[string]string{"rtl": "/R2L", "ltr": "/L2R"}[b.Dir]
	catalog = strings.Replace(catalog, showTitle, showTitle+" /Direction "+direction, 1)
	date := strings.NewReplacer("-", "", "T", "", ":", "", "Z", "+00'00'").Replace(b.Modified)
	out := bytes.NewBuffer(printedAt.ReplaceAllLiteral(pdf, []byte("(D:"+date+")"))) // of the same length
	catalogAt := out.Len()
	fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", root, catalog)
	infoAt := out.Len()
	fmt.Fprintf(out, "%d 0 obj\n<</Title %s\n/Author %s\n/Subject %s\n/Keywords %s\n/CreationDate (D:%s)\n/ModDate (D:%s)\n/Source (%s)>>\nendobj\n",
		info, pdfText(b.Title), pdfText(b.Author), pdfText(b.Subtitle), pdfText(b.Keywords), date, date, b.sourceSum())
	tableAt := out.Len()
	fmt.Fprintf(out, "xref\n%d 1\n%010d 00000 n \n%d 1\n%010d 00000 n \n", root, catalogAt, info, infoAt)
	fmt.Fprintf(out, "trailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		number(f.trailer, "/Size"), root, info, f.table, tableAt)
	return out.Bytes(), nil
}

// pdfText is a text string: UTF-16 with its byte order mark, in hexadecimal.
func pdfText(s string) string {
	raw := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		raw = append(raw, byte(u>>8), byte(u))
	}
	return "<" + hex.EncodeToString(raw) + ">"
}
