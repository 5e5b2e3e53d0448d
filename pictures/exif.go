package pictures

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a camera was held (TIFF 6.0 tag 274, as Exif uses it): 1 is upright, 5 to 8 lie on their side.
type orientation int

func (o orientation) sideways() bool { return o >= 5 }

// upright turns a picture as it is meant to be seen.
func (o orientation) upright(from *image.RGBA) *image.RGBA {
	if o < 2 {
		return from
	}
	size := from.Bounds().Size()
	across := size
	if o.sideways() {
		across.X, across.Y = size.Y, size.X
	}
	to := image.NewRGBA(image.Rect(0, 0, across.X, across.Y))
	for y := range across.Y {
		for x := range across.X {
			fx, fy := o.source(x, y, size)
			copy(to.Pix[y*to.Stride+4*x:][:4], from.Pix[fy*from.Stride+4*fx:][:4])
		}
	}
	return to
}

// source is where a pixel of the upright picture lies in the stored one.
func (o orientation) source(x, y int, stored image.Point) (int, int) {
	right, bottom := stored.X-1, stored.Y-1
	switch o {
	case 2:
		return right - x, y
	case 3:
		return right - x, bottom - y
	case 4:
		return x, bottom - y
	case 5:
		return y, x
	case 6:
		return y, bottom - x
	case 7:
		return right - y, bottom - x
	case 8:
		return right - y, x
	}
	return x, y
}

// orientationOf reads the one thing that is wanted of a picture's Exif; upright where it can't be read.
func orientationOf(exif []byte) orientation {
	exif = bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
	if len(exif) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if exif[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(exif[4:]))
	if at < 8 || at+2 > len(exif) {
		return 1
	}
	entries := exif[at+2:]
	for range order.Uint16(exif[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 274 {
			if o := orientation(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// segments are a JPEG's parts before its pixels (ITU T.81, B.1): what a marker begins, and whether to look on. What the decoder
// passes over is passed over here too, so that nothing hides from it: padding, stray bytes, restart markers.
func segments(raw []byte, each func(marker byte, body []byte) bool) {
	for raw = raw[2:]; len(raw) >= 4; {
		if raw[0] != 0xff || raw[1] == 0xff || raw[1] == 0 {
			raw = raw[1:]
			continue
		}
		if raw[1] >= 0xd0 && raw[1] <= 0xd7 {
			raw = raw[2:]
			continue
		}
		n := int(binary.BigEndian.Uint16(raw[2:]))
		if n < 2 || len(raw) < 2+n || raw[1] == 0xda || !each(raw[1], raw[4:2+n]) {
			return
		}
		raw = raw[2+n:]
	}
}

func jpegExif(raw []byte) (exif []byte) {
	segments(raw, func(marker byte, body []byte) bool {
		if marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			exif = body
		}
		return exif == nil
	})
	return exif
}

// progressive tells a JPEG that appears gradually, which is held twice while it is read.
func progressive(raw []byte) (found bool) {
	if Ext(raw) != "jpg" {
		return false
	}
	segments(raw, func(marker byte, _ []byte) bool {
		found = found || marker == 0xc2
		return !found
	})
	return found
}

func pngExif(raw []byte) []byte {
	return chunk(raw[8:], "eXIf", binary.BigEndian, func(c []byte) (size, kind []byte) { return c[:4], c[4:8] }, 4)
}

// chunk finds one in a file of them: each has its size and kind in eight bytes, its data, and a checksum or a byte that
// makes its length even.
func chunk(raw []byte, want string, order binary.ByteOrder, head func([]byte) (size, kind []byte), after int) []byte {
	for len(raw) >= 8 {
		size, kind := head(raw)
		n := int(order.Uint32(size))
		if n > len(raw)-8 {
			return nil
		}
		if string(kind) == want {
			return raw[8 : 8+n]
		}
		next := 8 + n + after
		if after == 0 {
			next += n & 1
		}
		if next > len(raw) {
			return nil
		}
		raw = raw[next:]
	}
	return nil
}
