package public

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"sarnakh/models"

	"pgregory.net/rapid"
)

// Whatever a page and a token hold, compressed and plain are the same page, and the checksum is right: gzip's reader
// checks it.
func TestRenderedPageIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SliceOfN(rapid.Byte(), 0, 3000)
		before, after, token := part.Draw(t, "before"), part.Draw(t, "after"), rapid.SliceOfN(rapid.Byte(), 0, 400).Draw(t, "token")
		tokens := rapid.Bool().Draw(t, "has a form")
		r, err := newRendered(before, after, tokens)
		if err != nil {
			t.Fatal(err)
		}
		want := bytes.Join([][]byte{before, token, after}, nil)
		if !tokens {
			want = append(bytes.Clone(before), after...)
		}
		var kept plainPages
		for range 2 {
			plain, err := kept.get(7, r)
			if err != nil {
				t.Fatal(err)
			}
			if got := plain.append([]byte("x"), token); !bytes.Equal(got[1:], want) {
				t.Fatal("plain differs")
			}
		}
		z, err := gzip.NewReader(bytes.NewReader(r.appendGzip(nil, token)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("compressed differs: %v", err)
		}
	})
}

// somePage is as large as a page usually is.
func somePage(n int) (*rendered, error) {
	var b strings.Builder
	for i := range 600 {
		fmt.Fprintf(&b, "<p>%d صفحهٔ شمارهٔ %d که سطرهایش با دیگر صفحه‌ها فرق دارد %x</p>\n", i, n, uint32(n*i)*2654435761)
	}
	r, err := newRendered([]byte(b.String()), []byte("</form>"), true)
	if err == nil {
		r.until = time.Unix(1<<40, 0)
	}
	return r, err
}

// A page is rendered once for all who ask at the same time, and again when its time has passed; a failure is not kept.
func TestPagesAreRenderedOnce(t *testing.T) {
	var c pages
	now, renders := time.Unix(1000, 0), 0
	render := func() (*rendered, error) {
		renders++
		time.Sleep(20 * time.Millisecond)
		return &rendered{until: now.Add(time.Minute)}, nil
	}
	ask := func() {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := c.get(pageKey{version: 1}, now, render); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	ask()
	if renders != 1 {
		t.Fatalf("rendered %d times", renders)
	}
	now = now.Add(time.Minute)
	if ask(); renders != 2 {
		t.Fatalf("rendered %d times after its time had passed", renders)
	}
	broken := fmt.Errorf("broken")
	if _, err := c.get(pageKey{version: 2}, now, func() (*rendered, error) { return nil, broken }); err != broken {
		t.Fatal(err)
	}
	if _, err := c.get(pageKey{version: 2}, now, render); err != nil || renders != 3 {
		t.Fatalf("after a failure: %d, %v", renders, err)
	}
}

// However many pages there are, no more is kept than was said; and those that are asked for stay.
func TestPagesAreBounded(t *testing.T) {
	var c pages
	now, renders := time.Unix(1000, 0), map[models.ID]int{}
	get := func(id models.ID) {
		_, err := c.get(pageKey{version: id}, now, func() (*rendered, error) {
			renders[id]++
			return &rendered{until: now.Add(time.Hour), gzBefore: make([]byte, 1<<20)}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for id := range models.ID(200) {
		get(1_000_000) // everybody's favourite
		get(id)
		sum := 0
		for _, p := range *c.kept.Load() {
			sum += p.size()
		}
		if sum > maxKept {
			t.Fatalf("%d bytes are kept", sum)
		}
	}
	if renders[1_000_000] > 2 {
		t.Errorf("the page that everybody asks for was rendered %d times", renders[1_000_000])
	}
}

// A thousand published pages, all visited in turn: each is rendered once and kept.
func BenchmarkThousandPages(b *testing.B) {
	var c pages
	now, renders := time.Unix(1000, 0), 0
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		id := n * 7919 % 1000
		_, err := c.get(pageKey{version: models.ID(id), at: "a-slug", own: "fa"}, now, func() (*rendered, error) { renders++; return somePage(id) })
		if err != nil {
			b.Fatal(err)
		}
	}
	kept := 0
	for _, p := range *c.kept.Load() {
		kept += p.size()
	}
	b.ReportMetric(float64(renders), "renders")
	b.ReportMetric(float64(kept)/1e6, "MB_kept")
}

func BenchmarkShow(b *testing.B) {
	page, err := somePage(1)
	if err != nil {
		b.Fatal(err)
	}
	token := bytes.Repeat([]byte("t"), 180)
	var buf []byte
	b.Run("gzip", func(b *testing.B) {
		for b.Loop() {
			buf = page.appendGzip(buf[:0], token)
		}
	})
	b.Run("plain", func(b *testing.B) {
		var kept plainPages
		for b.Loop() {
			plain, err := kept.get(1, page)
			if err != nil {
				b.Fatal(err)
			}
			buf = plain.append(buf[:0], token)
		}
	})
}
