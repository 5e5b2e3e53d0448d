package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func get(t *testing.T, method, url, encodings string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	r.Header.Set("Accept-Encoding", encodings)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, res *http.Response) []byte {
	t.Helper()
	var r io.Reader = res.Body
	switch res.Header.Get("Content-Encoding") {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// C2: a page's files are fetched once, small, and never sniffed.
func TestEveryFileIsServed(t *testing.T) {
	for name, hashed := range tables().hashed {
		if URL(name) != "/static/"+hashed || !regexp.MustCompile(`\.[0-9a-f]{8}\.\w+$`).MatchString(hashed) {
			t.Errorf("%s is at %s", name, URL(name))
		}
		plain := body(t, get(t, "GET", URL(name), ""))
		for _, encodings := range []string{"br", "gzip, deflate", "gzip;q=0.5, br;q=0", "identity"} {
			res := get(t, "GET", URL(name), encodings)
			for header, want := range map[string]string{
				"Cache-Control":          "public, max-age=31536000, immutable",
				"X-Content-Type-Options": "nosniff",
				"Content-Type":           tables().served[hashed].contentType,
			} {
				if got := res.Header.Get(header); res.StatusCode != 200 || got != want {
					t.Errorf("%s (%s): %d, %s is %q, want %q", name, encodings, res.StatusCode, header, got, want)
				}
			}
			if !bytes.Equal(body(t, res), plain) || len(plain) == 0 {
				t.Errorf("%s differs as %s", name, encodings)
			}
		}
	}
}

func TestEncodingIsTheSmallestAccepted(t *testing.T) {
	for accepted, want := range map[string]string{
		"":                           "",
		"gzip, deflate, br, zstd":    "br",
		"gzip, deflate":              "gzip",
		"br;q=0, gzip;q=1.0":         "gzip",
		"BR":                         "br",
		"br; q=0.000, gzip; q=0":     "",
		"br;q=nonsense, gzip;q=0.01": "gzip",
		"brotli":                     "",
	} {
		res := get(t, "GET", URL("public.css"), accepted)
		if got := res.Header.Get("Content-Encoding"); got != want || res.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: %q, want %q", accepted, got, want)
		}
	}
	if got := get(t, "GET", URL("inter-latin-wght-normal.woff2"), "br").Header.Get("Content-Encoding"); got != "" {
		t.Errorf("a font is packed again as %s", got)
	}
}

func TestOtherRequests(t *testing.T) {
	for _, c := range []struct {
		method, url string
		want        int
	}{
		{"HEAD", URL("public.css"), http.StatusOK},
		{"POST", URL("public.css"), http.StatusMethodNotAllowed},
		{"GET", "/static/public.css", http.StatusNotFound},
		{"GET", "/static/public.00000000.css", http.StatusNotFound},
		{"GET", "/static/", http.StatusNotFound},
	} {
		res := get(t, c.method, c.url, "br")
		if res.StatusCode != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.url, res.StatusCode, c.want)
		}
		if c.method == "HEAD" && (len(body(t, &http.Response{Body: res.Body})) > 0 || res.Header.Get("Content-Length") == "0") {
			t.Error("HEAD has a body, or no length")
		}
	}
}

// Other sites link the script by one address, so it must not be kept for ever.
func TestScriptUnderOneName(t *testing.T) {
	ask := func(etag string) *http.Response {
		r := httptest.NewRequest("GET", "/s.js", nil)
		r.Header.Set("If-None-Match", etag)
		w := httptest.NewRecorder()
		ServeScript(w, r, "s.js")
		return w.Result()
	}
	first := ask("")
	again := ask(first.Header.Get("ETag"))
	if len(body(t, first)) == 0 || first.StatusCode != http.StatusOK || again.StatusCode != http.StatusNotModified {
		t.Errorf("%d, then %d", first.StatusCode, again.StatusCode)
	}
	for _, res := range []*http.Response{first, again} {
		if got := res.Header.Get("Cache-Control"); got != "public, max-age=3600" {
			t.Errorf("Cache-Control is %q", got)
		}
	}
}

func TestUnknownNamePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a misspelt name went through")
		}
	}()
	URL("publik.css")
}

// A stylesheet names files as they are served, and the layers are declared before anything else.
func TestStylesheetsAreLinked(t *testing.T) {
	for _, name := range [...]string{"public.css", "admin.css"} {
		css := string(tables().served[tables().hashed[name]].plain)
		if !strings.HasPrefix(css, "@layer reset,tokens,base,components,layout,utilities;") {
			t.Errorf("%s begins with %.60s", name, css)
		}
		used := regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1)
		if len(used) < 5 {
			t.Errorf("%s uses %d files", name, len(used))
		}
		for _, m := range used {
			if _, ok := tables().served[m[1]]; !ok {
				t.Errorf("%s uses %s, which is not served", name, m[1])
			}
		}
	}
}

// C2: fast on a bad phone network. What a Persian landing page needs besides its HTML.
func TestFirstViewIsSmall(t *testing.T) {
	packed := func(name string) int {
		a := tables().served[tables().hashed[name]]
		if a.brotli != nil {
			return len(a.brotli)
		}
		return len(a.plain)
	}
	css := packed("public.css")
	fonts := packed("vazirmatn-arabic-wght-normal.woff2") + packed("vazirmatn-marks-wght-normal.woff2")
	t.Logf("public.css %d B, fonts %d B, girih %d B", css, fonts, packed("girih.svg"))
	if css > 9_000 || fonts > 56_000 {
		t.Errorf("public.css %d B, fonts %d B", css, fonts)
	}
}
