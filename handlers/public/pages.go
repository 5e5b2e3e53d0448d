package public

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync"
	"sync/atomic"

	"sarnakh/models"
)

// tokenPlace stands in a rendered page where each view's token goes.
const tokenPlace = "TOKEN-OF-THE-VIEW"

// maxPages is how many rendered pages are kept; a page is some 40 kB.
const maxPages = 256

// A rendered page around the place of the view's token, plain and compressed, so that showing it costs
// neither rendering nor compressing (decision 8).
type rendered struct {
	before, after   []byte
	gzBefore, gzEnd []byte // deflate of before up to a byte boundary, and of after to the end
	crcBefore       uint32
	buffers         sync.Pool
}

// pageKey names a rendered page: another revision or another year (in the footer) is another page.
type pageKey struct {
	version  models.ID
	revision int64
	year     int
}

// pages keeps rendered pages. Reading takes no lock: a page is shown far more often than rendered.
type pages struct {
	kept atomic.Pointer[map[pageKey]*rendered]
	mu   sync.Mutex
}

func (c *pages) get(key pageKey, render func() (*rendered, error)) (*rendered, error) {
	if m := c.kept.Load(); m != nil {
		if p := (*m)[key]; p != nil {
			return p, nil
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	next := map[pageKey]*rendered{}
	if m := c.kept.Load(); m != nil {
		if p := (*m)[key]; p != nil {
			return p, nil
		}
		for k, p := range *m {
			if k.revision == key.revision && len(*m) < maxPages {
				next[k] = p
			}
		}
	}
	p, err := render()
	if err != nil {
		return nil, err
	}
	next[key] = p
	c.kept.Store(&next)
	return p, nil
}

// render makes a page ready to be shown.
func (h *Handlers) render(p *models.Published) (*rendered, error) {
	var buf bytes.Buffer
	if err := landingPage(h.landing(p, reply{token: tokenPlace})).Render(context.Background(), &buf); err != nil {
		return nil, err
	}
	before, after, found := bytes.Cut(buf.Bytes(), []byte(tokenPlace))
	if !found { // a page without a form has no token
		before, after = buf.Bytes(), nil
	}
	if bytes.Contains(after, []byte(tokenPlace)) {
		return nil, fmt.Errorf("page %s holds its token twice", p.Slug)
	}
	return newRendered(before, after)
}

func newRendered(before, after []byte) (*rendered, error) {
	r := &rendered{before: before, after: after, crcBefore: crc32.ChecksumIEEE(before)}
	var err error
	if r.gzBefore, err = deflate(before, false); err != nil {
		return nil, err
	}
	if r.gzEnd, err = deflate(after, true); err != nil {
		return nil, err
	}
	r.buffers.New = func() any { b := make([]byte, 0, len(before)+len(after)+1024); return &b }
	return r, nil
}

// deflate compresses on its own: to the end of the stream, or to a byte boundary where more follows.
func deflate(b []byte, last bool) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if last {
		err = w.Close()
	} else {
		err = w.Flush()
	}
	return out.Bytes(), err
}

// gzipHead is the header of a gzip member without name and time (RFC 1952).
var gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255}

// appendGzip appends the page with a token as one gzip member: the compressed parts around the token in a
// stored block (RFC 1951, 3.2.4), and the checksum of the whole.
func (r *rendered) appendGzip(dst, token []byte) []byte {
	dst = append(append(dst, gzipHead...), r.gzBefore...)
	if len(token) > 0 {
		n := uint16(len(token))
		dst = append(dst, 0, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
		dst = append(dst, token...)
	}
	dst = append(dst, r.gzEnd...)
	sum := crc32.Update(crc32.Update(r.crcBefore, crc32.IEEETable, token), crc32.IEEETable, r.after)
	dst = binary.LittleEndian.AppendUint32(dst, sum)
	return binary.LittleEndian.AppendUint32(dst, uint32(len(r.before)+len(token)+len(r.after)))
}

func (r *rendered) appendPlain(dst, token []byte) []byte {
	return append(append(append(dst, r.before...), token...), r.after...)
}
