// Command ebook makes the two ebooks of the starter campaigns, each as PDF and EPUB, from one XHTML file
// per language. Run it from the root of the repository, with Chromium installed: go run ./tools/ebook
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

//go:embed book.css print.css epub.css vazirmatn.css girih.svg fa en fonts templates
var source embed.FS

// slugs names the output files: each is the slug of the starter campaign that gives the book away.
var slugs = []struct{ lang, slug string }{{"fa", "rahnama"}, {"en", "playbook"}}

func main() {
	log.SetFlags(0)
	out := flag.String("out", "campaigns/starter/files", "folder to write to")
	browser := flag.String("browser", "chromium", "Chromium to print with")
	flag.Parse()
	if err := run(*out, *browser); err != nil {
		log.Fatal("ebook: ", err)
	}
}

func run(out, browser string) error {
	p, err := startPress(context.Background(), browser)
	if err != nil {
		return err
	}
	defer p.close()
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, s := range slugs {
		if err := makeBook(p, s.lang, filepath.Join(out, s.slug)); err != nil {
			return fmt.Errorf("%s: %w", s.slug, err)
		}
	}
	return nil
}

// makeBook writes path.pdf and path.epub and says how large they came out.
func makeBook(p *press, lang, path string) error {
	book, err := readBook(lang)
	if err != nil {
		return err
	}
	pdf, cover, err := p.print(book)
	if err != nil {
		return err
	}
	epub, err := makeEPUB(book, cover)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".pdf", pdf, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(path+".epub", epub, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d pages, PDF %d bytes, EPUB %d bytes\n", filepath.Base(path), pageCount(pdf), len(pdf), len(epub))
	return nil
}
