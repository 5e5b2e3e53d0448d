package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// carried are works that are no modules: in the program, and beside it.
func carried(root, goroot string) (inside, beside []Work) {
	fonts, ebook, scripts := filepath.Join(root, "static/fonts"), filepath.Join(root, "tools/ebook/fonts"), filepath.Join(root, "static/js")
	inside = []Work{
		{Name: "The Go standard library and runtime", Dir: goroot, Licences: []string{"LICENSE"}},
		{Name: "Inter, a font (`static/fonts`, and in the ebooks)", Dir: fonts, Licences: []string{"inter-OFL.txt"}},
		{Name: "Vazirmatn, a font (`static/fonts`, and in the ebooks)", Dir: fonts, Licences: []string{"vazirmatn-OFL.txt"}},
		{Name: "htmx, a script (`static/js`)", Version: "4.0.1", Dir: scripts, Licences: []string{"htmx-LICENSE.txt"}},
		{Name: "SortableJS, a script (`static/js`)", Version: "1.15.7", Dir: scripts, Licences: []string{"sortable-LICENSE.txt"}},
	}
	beside = []Work{
		{Name: "Inter, a font (`tools/ebook/fonts`)", Dir: ebook, Licences: []string{"OFL-Inter.txt"}},
		{Name: "Vazirmatn, a font (`tools/ebook/fonts`)", Dir: ebook, Licences: []string{"OFL-Vazirmatn.txt"}},
		{Name: "axe-core, a script (`e2e/testdata/axe`)", Dir: filepath.Join(root, "e2e/testdata/axe"), Licences: []string{"LICENSE"}},
	}
	return inside, beside
}

// withinModules are works of others inside modules, as those modules say.
const withinModules = "`modernc.org/sqlite` holds SQLite, which is in the public domain, translated to Go; `modernc.org/libc` holds parts of\n" +
	"musl (MIT). The time zones that Go carries are those of the IANA database, in the public domain.\n"

// write makes the document.
func write(root string) ([]byte, error) {
	linked, besides, err := inProgram(root)
	if err != nil {
		return nil, err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	inside, beside := carried(root, strings.TrimSpace(string(goroot)))
	w := writer{texts: map[string]string{}}
	w.line("# The work of others\n")
	w.line("Sarnakh stands on what these people made and gave away. This list is made from the modules that are linked, by")
	w.line("`go run ./tools/thirdparty`; a test says when it is out of date.\n")
	w.line("## In the program\n")
	w.table(slices.Concat(inside, linked))
	w.line("\n" + withinModules)
	w.line("## In tests and maintainers' tools only\n")
	w.table(slices.Concat(beside, besides))
	w.notices()
	w.licences()
	return w.out.Bytes(), w.err
}

// A writer writes the document's parts; after its first error it writes nothing of worth.
type writer struct {
	out   bytes.Buffer
	err   error
	said  []string          // notices
	texts map[string]string // by licence, the shortest: the one with the least beside it
}

func (w *writer) line(format string) { w.out.WriteString(format + "\n") }

func (w *writer) table(works []Work) {
	w.line("| work | version | licence | copyright |\n| --- | --- | --- | --- |")
	for _, work := range works {
		t, err := termsOf(work)
		if err != nil {
			w.err = err
			return
		}
		fmt.Fprintf(&w.out, "| %s | %s | %s | %s |\n", work.Name, work.Version, strings.Join(t.ids, " and "), strings.ReplaceAll(strings.Join(t.holders, "; "), "|", "/"))
		for _, notice := range t.notices {
			w.said = append(w.said, "### "+work.Name+"\n\n"+fenced(notice))
		}
		if len(t.ids) == 1 && len(t.texts) == 1 {
			if known, ok := w.texts[t.ids[0]]; !ok || len(t.texts[0]) < len(known) {
				w.texts[t.ids[0]] = t.texts[0]
			}
		}
	}
}

func (w *writer) notices() {
	w.line("\n## Notices\n\nWhat the authors of some of these works ask to be passed on.\n")
	w.line(strings.Join(w.said, "\n"))
}

// licences writes each text once: those under the same licence differ in their copyright alone, which the
// tables name.
func (w *writer) licences() {
	w.line("## Licences\n\nEach once. The BSD-3-Clause text names one of its holders; for another work read that work's holder there.")
	for _, l := range allowed {
		if text, ok := w.texts[l.id]; ok {
			w.out.WriteString("\n### " + l.id + "\n\n" + fenced(withoutHolders(text)))
		}
	}
}

func withoutHolders(text string) string {
	return strings.TrimSpace(holder.ReplaceAllString(text, ""))
}

func fenced(text string) string {
	var b strings.Builder
	b.WriteString("```text\n")
	for line := range strings.Lines(text + "\n") {
		b.WriteString(strings.TrimRight(line, " \t\r\n") + "\n")
	}
	return b.String() + "```\n"
}
