package static

import (
	"net/http"
	"strconv"
	"strings"
)

const prefix = "/static/"

// Handler serves GET and HEAD of /static/*. A name with another hash is not found: pages and files are of one
// program, and what a browser kept it does not ask for again.
func Handler() http.Handler {
	t := tables() // compressed before the first visitor comes
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := t.served[strings.TrimPrefix(r.URL.Path, prefix)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		a.serve(w, r)
	})
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	body, accepted := a.plain, r.Header.Get("Accept-Encoding")
	switch {
	case a.brotli != nil && accepts(accepted, "br"):
		body = a.brotli
		h.Set("Content-Encoding", "br")
	case a.gzip != nil && accepts(accepted, "gzip"):
		body = a.gzip
		h.Set("Content-Encoding", "gzip")
	}
	if a.gzip != nil || a.brotli != nil {
		h.Add("Vary", "Accept-Encoding")
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if h.Get("ETag") == "" {
	} else {
		h.Set("Cache-Control", "public, max-age=3600")
	}
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodGet {
		w.Write(body) //nolint:errcheck // a visitor who left is no error
	}
}

// accepts reads one coding out of an Accept-Encoding header (RFC 9110, 12.5.3). Weights only say yes or no.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, weighted := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			v, err := strconv.ParseFloat(q, 64)
			return !weighted || (err == nil && v > 0)
		}
	}
	return false
}
