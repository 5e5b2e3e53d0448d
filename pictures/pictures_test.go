package pictures

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/draw"
	"pgregory.net/rapid"
)

// quarters is a picture whose four quarters are red, green, blue and white, in reading order: it shows how it was turned.
func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	colours := [2][2]color.RGBA{{{200, 0, 0, 255}, {0, 200, 0, 255}}, {{0, 0, 200, 255}, {255, 255, 255, 255}}}
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, colours[2*y/h][2*x/w])
		}
	}
	return m
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is a camera's note of how it was held, and of where.
func exif(order binary.AppendByteOrder, o int) []byte {
	b := []byte("Exif\x00\x00MM\x00*")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		b = []byte("Exif\x00\x00II*\x00")
	}
	put16, put32 := func(v int) { b = order.AppendUint16(b, uint16(v)) }, func(v int) { b = order.AppendUint32(b, uint32(v)) }
	put32(8)
	put16(2)
	put16(271) // the maker
	put16(2)
	put32(4)
	b = append(b, "GPS\x00"...)
	put16(274)
	put16(3)
	put32(1)
	put16(o)
	put16(0)
	put32(0)
	return b
}

func withExif(raw, exif []byte) []byte {
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(head, exif...), raw[2:]...)
}

func decoded(t *testing.T, m Made) image.Image {
	t.Helper()
	picture, kind, err := image.Decode(bytes.NewReader(m.Bytes))
	if err != nil || picture.Bounds().Dx() != m.Width || picture.Bounds().Dy() != m.Height || (kind == "png") != (m.Ext == "png") {
		t.Fatalf("%s of %d×%d is a %s of %v: %v", m.Ext, m.Width, m.Height, kind, picture.Bounds(), err)
	}
	return picture
}

func near(a color.Color, b color.RGBA) bool {
	r, g, bl, _ := a.RGBA()
	off := func(x uint32, y uint8) bool { d := int(x>>8) - int(y); return d > 40 || d < -40 }
	return !off(r, b.R) && !off(g, b.G) && !off(bl, b.B)
}

// A picture is made in our widths up to its own, in its proportions, and never wider than it is.
func TestWidths(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want []image.Point
	}{
		{2400, 1200, []image.Point{{320, 160}, {640, 320}, {960, 480}, {1280, 640}, {1920, 960}}},
		{1920, 100, []image.Point{{320, 17}, {640, 33}, {960, 50}, {1280, 67}, {1920, 100}}},
		{700, 350, []image.Point{{320, 160}, {640, 320}, {700, 350}}},
		{640, 640, []image.Point{{320, 320}, {640, 640}}},
		{5, 900, []image.Point{{5, 900}}},
		{1, 1, []image.Point{{1, 1}}},
	} {
		made, err := Make(jpegOf(t, quarters(c.w, c.h)))
		if err != nil || len(made) != len(c.want) {
			t.Fatalf("%d×%d: %d widths, %v", c.w, c.h, len(made), err)
		}
		for i, m := range made {
			if got := decoded(t, m).Bounds().Size(); got != c.want[i] || m.Ext != "jpg" {
				t.Errorf("%d×%d: %v %s, want %v", c.w, c.h, got, m.Ext, c.want[i])
			}
		}
	}
}

// However the camera was held, the picture comes out upright, and where it was taken stays with its owner.
func TestUpright(t *testing.T) {
	upright := quarters(400, 200)
	for o := 1; o <= 8; o++ {
		stored := image.NewRGBA(image.Rect(0, 0, 400, 200))
		if orientation(o).sideways() {
			stored = image.NewRGBA(image.Rect(0, 0, 200, 400))
		}
		for y := range 200 {
			for x := range 400 {
				sx, sy := orientation(o).source(x, y, stored.Bounds().Size())
				stored.SetRGBA(sx, sy, upright.RGBAAt(x, y))
			}
		}
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			made, err := Make(withExif(jpegOf(t, stored), exif(order, o)))
			if err != nil || len(made) != 2 {
				t.Fatal(o, err)
			}
			for _, m := range made {
				got := decoded(t, m)
				size := got.Bounds().Size()
				if size.X != 2*size.Y {
					t.Fatalf("orientation %d: %v", o, size)
				}
				for _, at := range []image.Point{{1, 1}, {3, 1}, {1, 3}, {3, 3}} {
					x, y := size.X*at.X/4, size.Y*at.Y/4
					if !near(got.At(x, y), upright.RGBAAt(400*at.X/4, 200*at.Y/4)) {
						t.Errorf("orientation %d: %v at %v", o, got.At(x, y), at)
					}
				}
				if bytes.Contains(m.Bytes, []byte("GPS")) || bytes.Contains(m.Bytes, []byte("Exif")) {
					t.Error("the camera's notes are still in it")
				}
			}
		}
	}
}

// The orientation is found in PNG and WebP too.
func TestOrientationInChunks(t *testing.T) {
	note := exif(binary.BigEndian, 6)[6:]
	raw := pngOf(t, quarters(4, 2))
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(note))), append([]byte("eXIf"), note...)...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	made, err := Make(append(append(bytes.Clone(raw[:33]), chunk...), raw[33:]...)) // after the header's chunk
	if err != nil || made[0].Width != 2 || made[0].Height != 4 {
		t.Fatalf("%v, %v", made, err)
	}
	webp := append([]byte("RIFF____WEBPVP8X\x03\x00\x00\x00abc_EXIF"), binary.LittleEndian.AppendUint32(nil, uint32(len(note)))...)
	if got := orientationOf(webpExif(append(webp, note...))); got != 6 {
		t.Errorf("orientation %d", got)
	}
}

// What shows through stays so; nothing else becomes a PNG.
func TestTransparency(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 400, 200))
	for y := range 200 {
		for x := range 200 {
			m.SetNRGBA(x, y, color.NRGBA{200, 0, 0, 255})
		}
	}
	made, err := Make(pngOf(t, m))
	if err != nil || len(made) != 2 {
		t.Fatal(err)
	}
	for _, one := range made {
		got := decoded(t, one)
		_, _, _, left := got.At(one.Width/4, one.Height/2).RGBA()
		_, _, _, right := got.At(one.Width*3/4, one.Height/2).RGBA()
		if one.Ext != "png" || left != 0xffff || right != 0 {
			t.Errorf("%s: %x and %x", one.Ext, left, right)
		}
	}
	if made, err := Make(pngOf(t, quarters(30, 20))); err != nil || made[0].Ext != "jpg" {
		t.Errorf("a whole picture became %v, %v", made, err)
	}
}

// A picture is told by its content, and what is none is refused, each with its own error.
func TestKinds(t *testing.T) {
	webp, _ := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if made, err := Make(webp); err != nil || len(made) != 1 || made[0].Width != 1 {
		t.Errorf("WebP: %v, %v", made, err)
	}
	var animated bytes.Buffer
	if err := gif.Encode(&animated, quarters(4, 4), nil); err != nil {
		t.Fatal(err)
	}
	huge := pngOf(t, quarters(1, 1))
	binary.BigEndian.PutUint32(huge[16:], 10_000)
	binary.BigEndian.PutUint32(huge[20:], 10_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	whole := jpegOf(t, quarters(300, 300))
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"nothing": {nil, ErrKind}, "SVG": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrKind}, "HTML": {[]byte("<!doctype html><script>"), ErrKind},
		"GIF": {animated.Bytes(), ErrKind}, "a hundred megapixels in a hundred bytes": {huge, ErrSize}, "half a JPEG": {whole[:len(whole)/2], ErrBroken},
		"three bytes of a JPEG": {[]byte("\xff\xd8\xff"), ErrBroken}, "a PNG's name alone": {[]byte("\x89PNG\r\n\x1a\n"), ErrBroken}, "a WebP's": {[]byte("RIFF0000WEBPVP8 "), ErrBroken},
	} {
		if _, err := Make(c.raw); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// Whatever is sent as a picture, it is made or refused; nothing falls over.
func TestAnythingIsAnswered(t *testing.T) {
	starts := []string{"", "\xff\xd8\xff\xe1", "\x89PNG\r\n\x1a\n", "RIFF____WEBP", string(withExif(jpegOf(t, quarters(9, 9)), exif(binary.BigEndian, 6)))}
	rapid.Check(t, func(t *rapid.T) {
		raw := []byte(rapid.SampledFrom(starts).Draw(t, "start"))
		raw = append(raw, rapid.SliceOf(rapid.Byte()).Draw(t, "rest")...)
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			if len(raw) > 0 {
				raw[rapid.IntRange(0, len(raw)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			}
		}
		_, _ = Make(raw)
		orientationOf(raw)
	})
}

// The scaler does what x/image's does, in a hundredth of its memory.
func TestScaledLikeXImage(t *testing.T) {
	from := image.NewRGBA(image.Rect(0, 0, 301, 203))
	for i := range from.Pix {
		from.Pix[i] = byte(strings.Repeat("سرنخ sarnakh ", 3)[i*7%30]) + byte(i/907)
		if i%4 == 3 {
			from.Pix[i] = 255
		}
	}
	for _, size := range []image.Point{{100, 67}, {301, 50}, {17, 203}, {299, 202}} {
		want := image.NewRGBA(image.Rectangle{Max: size})
		draw.CatmullRom.Scale(want, want.Rect, from, from.Rect, draw.Src, nil)
		got, most := scaled(from, size.X, size.Y), 0
		for i := range got.Pix {
			most = max(most, int(got.Pix[i])-int(want.Pix[i]), int(want.Pix[i])-int(got.Pix[i]))
		}
		if most > 2 {
			t.Errorf("%v: differs by %d", size, most)
		}
	}
}

func BenchmarkTelephone(b *testing.B) {
	var raw bytes.Buffer
	if err := jpeg.Encode(&raw, quarters(3024, 4032), nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Make(raw.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
