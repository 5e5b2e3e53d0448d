package public

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"sync/atomic"
	"time"

	"sarnakh/models"
)

// A rendered page around the place of the view's token, compressed, so that showing it costs neither rendering nor
// compressing (decision 8). Only what takes nothing compressed costs its unpacking; nearly no browser is left that does.
type rendered struct {
	gzBefore, gzEnd         []byte // deflate of what comes before the token, up to a byte boundary, and of the rest
	plainBefore, plainAfter int    // how long both are
	crcBefore, crcAfter     uint32
	shift                   *crcShift // past what comes after the token
	tokens                  bool      // it has a form, and so a token

	until  time.Time // good before
	policy []string  // what it may load, where that is more than other pages
	seen   atomic.Bool
}

// overhead of a page in memory beside its compressed bytes.
const overhead = 512

func (r *rendered) size() int { return len(r.gzBefore) + len(r.gzEnd) + overhead }

func newRendered(before, after []byte, tokens bool) (*rendered, error) {
	r := &rendered{
		plainBefore: len(before), plainAfter: len(after), tokens: tokens,
		crcBefore: crc32.ChecksumIEEE(before), crcAfter: crc32.ChecksumIEEE(after), shift: newShift(len(after)),
	}
	var err error
	if r.gzBefore, err = deflate(before, false); err != nil {
		return nil, err
	}
	r.gzEnd, err = deflate(after, true)
	return r, err
}

// deflate compresses on its own: to the end of the stream, or to a byte boundary where more follows.
func deflate(b []byte, last bool) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
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
	return bytes.Clone(out.Bytes()), err
}

// gzipHead is the header of a gzip member without name and time (RFC 1952).
var gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255}

// appendGzip appends the page with a token as one gzip member: the compressed parts around the token in a
// stored block (RFC 1951, 3.2.4), and the checksum of the whole.
func (r *rendered) appendGzip(dst, token []byte) []byte {
	if !r.tokens {
		token = nil
	}
	dst = append(append(dst, gzipHead...), r.gzBefore...)
	if len(token) > 0 {
		n := uint16(len(token))
		dst = append(dst, 0, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
		dst = append(dst, token...)
	}
	dst = append(dst, r.gzEnd...)
	sum := r.shift.join(crc32.Update(r.crcBefore, crc32.IEEETable, token), r.crcAfter)
	dst = binary.LittleEndian.AppendUint32(dst, sum)
	return binary.LittleEndian.AppendUint32(dst, uint32(r.plainBefore+len(token)+r.plainAfter))
}

// A plainPage is a rendered page unpacked.
type plainPage struct {
	of            *rendered
	before, after []byte
}

func (r *rendered) unpack() (*plainPage, error) {
	before, err := inflate(r.gzBefore, r.plainBefore)
	if err != nil {
		return nil, err
	}
	after, err := inflate(r.gzEnd, r.plainAfter)
	return &plainPage{r, before, after}, err
}

// inflate unpacks one part, whose length is known: the first has no end of its own.
func inflate(packed []byte, n int) ([]byte, error) {
	dst := make([]byte, n)
	_, err := io.ReadFull(flate.NewReader(bytes.NewReader(packed)), dst)
	return dst, err
}

func (p *plainPage) append(dst, token []byte) []byte {
	dst = append(dst, p.before...)
	if p.of.tokens {
		dst = append(dst, token...)
	}
	return append(dst, p.after...)
}

// plainPages keeps a few pages unpacked, so that a program which takes nothing compressed and asks for the same page
// again and again (a probe, a script that sends forms) costs no more than a browser. Each page has one slot.
type plainPages [16]atomic.Pointer[plainPage]

func (c *plainPages) get(version models.ID, r *rendered) (*plainPage, error) {
	slot := &c[uint64(version)%uint64(len(c))]
	if p := slot.Load(); p != nil && p.of == r {
		return p, nil
	}
	p, err := r.unpack()
	if err == nil {
		slot.Store(p)
	}
	return p, err
}

// crcShift takes a checksum past a number of bytes, so that the checksum of two parts follows from those of each, and
// the second need not be read again for every token. It is a matrix over GF(2), as in zlib's crc32_combine.
type crcShift [32]uint32

func newShift(bytes int) *crcShift {
	var one, whole crcShift
	one[0] = crc32.IEEE // one zero bit
	for i := 1; i < 32; i++ {
		one[i] = 1 << (i - 1)
	}
	for i := range whole {
		whole[i] = 1 << i
	}
	for range 3 { // eight of them are a byte
		one = one.times(&one)
	}
	for ; bytes > 0; bytes >>= 1 {
		if bytes&1 == 1 {
			whole = one.times(&whole)
		}
		one = one.times(&one)
	}
	return &whole
}

func (m *crcShift) times(other *crcShift) (out crcShift) {
	for i := range out {
		out[i] = m.apply(other[i])
	}
	return out
}

func (m *crcShift) apply(v uint32) (sum uint32) {
	for i := 0; v != 0; i, v = i+1, v>>1 {
		if v&1 == 1 {
			sum ^= m[i]
		}
	}
	return sum
}

// join is the checksum of both parts.
func (m *crcShift) join(first, second uint32) uint32 { return m.apply(first) ^ second }
