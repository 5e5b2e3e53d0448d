package pictures

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"testing"
)

// extended is a WebP file that tells a size and flags ahead of its chunks.
func extended(flags byte, w, h int, chunks ...[]byte) []byte {
	data := []byte{flags, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), byte((w - 1) >> 16), byte(h - 1), byte((h - 1) >> 8), byte((h - 1) >> 16)}
	out := webpFile("VP8X", data)
	for _, c := range chunks {
		out = append(out, c...)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// chunkOf is a chunk as it stands in a file.
func chunkOf(kind string, data []byte) []byte { return webpFile(kind, data)[12:] }

// The size that counts is the one in which the picture will be made, whatever another place of the file says.
func TestAWebPSaysHowLargeItIs(t *testing.T) {
	const transparent = 1 << 4
	exact := chunkOf("VP8L", []byte{0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0})                         // of 16,384 × 16,384
	lossy := chunkOf("VP8 ", []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, 0, 0, 0}) // of 16,383 × 16,383
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"vast within one by one":               {extended(0, 1, 1, exact), ErrSize},
		"vast and lossy within one by one":     {extended(0, 1, 1, lossy), ErrSize},
		"another size than its transparency":   {extended(transparent, 1, 1, chunkOf("ALPH", []byte{0, 255}), lossy), ErrBroken},
		"a vast ground for its transparency":   {extended(transparent, 1<<24, 1<<24, chunkOf("ALPH", []byte{0}), lossy), ErrBroken},
		"vast behind one that is small enough": {extended(0, 1, 1, chunkOf("VP8L", []byte{0x2f, 0, 0, 0, 0}), lossy), ErrBroken},
	} {
		if _, err := Make(c.raw); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	small, _ := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if made, err := Make(extended(transparent, 1, 1, small[12:])); err != nil || len(made) != 1 || made[0].Width != 1 {
		t.Errorf("an exact one in an extended file: %v, %v", made, err)
	}
}

// No side is so long that scaling along it takes more than the picture itself.
func TestSidesEnd(t *testing.T) {
	for _, size := range []image.Point{{1, maxSide + 1}, {maxSide + 1, 1}} {
		if _, err := Make(pngOf(t, image.NewPaletted(image.Rectangle{Max: size}, color.Palette{color.White}))); !errors.Is(err, ErrSize) {
			t.Errorf("%v: %v", size, err)
		}
	}
}

// A JPEG that appears gradually is known for one, whatever stands before it that decoders pass over.
func TestProgressiveIsSeen(t *testing.T) {
	for _, before := range []string{"", "\xff\xff", "\x00", "junk", "\xff\x00", "\xff\xd0", "\xff\xe0\x00\x03x", "\xff\xfe\x00\x02\x01\xff\xff"} {
		if !progressive([]byte("\xff\xd8\xff\xfe\x00\x02" + before + "\xff\xc2\x00\x04xx")) {
			t.Errorf("not behind %q", before)
		}
	}
	if progressive([]byte("\xff\xd8\xff\xe1\x00\x06\xff\xc2\x00\x02\xff\xc0\x00\x04xx")) {
		t.Error("a thumbnail's marker is taken for the picture's")
	}
}
