package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// types are the kinds of file served here. A file of another kind stops the start, rather than being sniffed.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".woff2": "font/woff2",
}

// asset is one file, ready to be sent. gzip and brotli are nil where they would not make it smaller.
type asset struct {
	contentType         string
	plain, gzip, brotli []byte
}

type lookup struct {
	hashed map[string]string // name → name with its hash
	served map[string]asset  // name with its hash → file
}

// build takes the leaves first: a stylesheet holds the hashed names of the fonts and pictures it points at, so
// that its own hash changes with theirs.
func build() lookup {
	t := lookup{hashed: map[string]string{}, served: map[string]asset{}}
	must(fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) != ".css" {
			t.add(path.Base(name), read(name))
		}
		return err
	}))
	for _, name := range slices.Sorted(maps.Keys(bundles)) {
		var css []byte
		for _, part := range bundles[name] {
			css = append(css, read(part)...)
		}
		t.add(name, minify(t.link(css)))
	}
	return t
}

func (t lookup) add(name string, content []byte) {
	ext := path.Ext(name)
	if types[ext] == "" || t.hashed[name] != "" {
		panic("static: " + name + " is of an unknown kind, or there twice")
	}
	sum := sha256.Sum256(content)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	a := asset{contentType: types[ext], plain: content}
	if ext != ".woff2" && ext != ".png" { // compressed by their own format
		a.gzip, a.brotli = smaller(content, gzipped(content)), smaller(content, brotlied(content))
	}
	t.hashed[name], t.served[hashed] = hashed, a
}

var cssURL = regexp.MustCompile(`url\("([^":]+)"\)`)

// link points a stylesheet at the hashed names; all files are served from one folder.
func (t lookup) link(css []byte) []byte {
	return cssURL.ReplaceAllFunc(css, func(m []byte) []byte {
		name := path.Base(string(cssURL.FindSubmatch(m)[1]))
		if t.hashed[name] == "" {
			panic("static: a stylesheet uses " + name + ", which is not there")
		}
		return []byte("url(" + t.hashed[name] + ")")
	})
}

func gzipped(content []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	must(err)
	_, err = w.Write(content)
	must(err)
	must(w.Close())
	return b.Bytes()
}

func brotlied(content []byte) []byte {
	var b bytes.Buffer
	// A window of 64 KiB holds any of these files; the usual one takes 35 MB of memory at the start, for nothing.
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 16})
	_, err := w.Write(content)
	must(err)
	must(w.Close())
	return b.Bytes()
}

func smaller(than, packed []byte) []byte {
	if len(packed) < len(than) {
		return packed
	}
	return nil
}

func read(name string) []byte {
	b, err := files.ReadFile(name)
	must(err)
	return b
}

// must: nothing here depends on anything outside the program, so an error is a fault of the build.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
