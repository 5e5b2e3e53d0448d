package web

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// Below this size compression costs more than it saves.
const compressFrom = 1024

var gzips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

// AcceptsGzip reads whether the browser takes gzip; a weight of 0 says no (RFC 9110, 12.5.3).
func AcceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			weight = strings.ReplaceAll(weight, " ", "")
			return weight != "q=0" && weight != "q=0.0"
		}
	}
	return false
}

// WriteCompressed sends a body, compressed where the browser takes it. Content-Type is set before.
func WriteCompressed(c echo.Context, status int, body []byte) error {
	h := c.Response().Header()
	h.Add("Vary", "Accept-Encoding")
	if len(body) < compressFrom || !AcceptsGzip(c.Request()) {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		c.Response().WriteHeader(status)
		_, err := c.Response().Write(body)
		return err
	}
	h.Set("Content-Encoding", "gzip")
	c.Response().WriteHeader(status)
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(c.Response())
	if _, err := z.Write(body); err != nil {
		return err
	}
	return z.Close()
}
