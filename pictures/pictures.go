// Package pictures makes an uploaded picture fit for pages: it is told by its content, turned upright, stripped of all that
// a camera wrote into it, and made in several widths.
package pictures

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"runtime/debug"
)

// What can be wrong with a picture.
var (
	ErrKind   = errors.New("not a PNG, JPEG or WebP picture")
	ErrSize   = errors.New("too many pixels")
	ErrBroken = errors.New("the picture can't be read")
)

// MaxPixels is how many a picture may have.
const MaxPixels = 50e6

// maxSide is longer than pictures are. One pixel wide and MaxPixels high, scaling would take gigabytes.
const maxSide = 1 << 15

// maxMemory is how many bytes decoding may take. Only rare kinds of large pictures need more: see memory.
const maxMemory = 400 << 20

// Widths are those that pages offer to browsers; a picture is never made wider than it is.
var Widths = [...]int{320, 640, 960, 1280, 1920}

// A Made is a picture in one width.
type Made struct {
	Width, Height int
	Ext           string // jpg, or png where it has transparency
	Bytes         []byte
}

// format is a kind of picture: how it begins, and how it is read.
type format struct {
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
	exif   func([]byte) []byte
}

// formatOf tells a picture by its first bytes, whatever its name says.
func formatOf(raw []byte) (format, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		return format{
			func(raw []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(raw)) },
			func(raw []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(raw)) }, jpegExif,
		}, true
	case bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		return format{
			func(raw []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(raw)) },
			func(raw []byte) (image.Image, error) { return png.Decode(bytes.NewReader(raw)) }, pngExif,
		}, true
	case len(raw) > 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		return format{webpConfig, webpDecode, webpExif}, true
	}
	return format{}, false
}

// Ext is the end of the name of a picture that Make made, by its first bytes; empty for anything else.
func Ext(start []byte) string {
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xd8\xff")):
		return "jpg"
	case bytes.HasPrefix(start, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	}
	return ""
}

// Make makes a picture in all widths up to its own, smallest first. Its header is looked at before it takes memory.
func Make(raw []byte) ([]Made, error) {
	f, ok := formatOf(raw)
	if !ok {
		return nil, ErrKind
	}
	config, err := f.config(raw)
	if err != nil || config.Width < 1 || config.Height < 1 {
		return nil, ErrBroken
	}
	need := memory(config, raw)
	if config.Width > MaxPixels/config.Height || max(config.Width, config.Height) > maxSide || need > maxMemory {
		return nil, ErrSize
	}
	if need > 32<<20 {
		defer debug.FreeOSMemory() // a rare large picture should not be what the program holds from then on
	}
	picture, err := f.decode(raw)
	if err != nil {
		return nil, ErrBroken
	}
	return inWidths(picture, orientationOf(f.exif(raw)))
}

// memory is how many bytes decoding takes: 4 a pixel at most, 7 with transparency beside it, 8 with 16 bits a channel, and in
// a JPEG that appears gradually all coefficients of its components too.
func memory(c image.Config, raw []byte) int {
	perPixel := 4
	switch c.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model, color.Gray16Model:
		perPixel = 8
	case color.NYCbCrAModel:
		perPixel = 7
	}
	switch {
	case !progressive(raw):
	case c.ColorModel == color.CMYKModel:
		perPixel = 6 * 4
	default:
		perPixel = 5 * 3
	}
	return c.Width * c.Height * perPixel
}

// inWidths scales the decoded picture once, and the smaller ones from that.
func inWidths(picture image.Image, turn orientation) ([]Made, error) {
	size := picture.Bounds().Size()
	if turn.sideways() {
		size.X, size.Y = size.Y, size.X
	}
	widths := widthsOf(size.X)
	var large *image.RGBA
	out := make([]Made, len(widths))
	for i := len(widths) - 1; i >= 0; i-- {
		w := widths[i]
		h := max(1, (size.Y*w+size.X/2)/size.X)
		if large == nil {
			across, down := w, h
			if turn.sideways() {
				across, down = h, w
			}
			large = turn.upright(scaled(picture, across, down))
			picture = nil // let it be collected
		}
		made, err := encoded(scaled(large, w, h))
		if err != nil {
			return nil, err
		}
		out[i] = made
	}
	return out, nil
}

// widthsOf are the widths in which a picture is made: ours, as far as it reaches, or its own where it is smaller.
func widthsOf(own int) (out []int) {
	for _, w := range Widths {
		if w < own {
			out = append(out, w)
		}
	}
	if len(out) < len(Widths) {
		out = append(out, own)
	}
	return out
}

const quality = 82

func encoded(picture *image.RGBA) (Made, error) {
	var b bytes.Buffer
	size := picture.Bounds().Size()
	if picture.Opaque() {
		err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: quality})
		return Made{size.X, size.Y, "jpg", b.Bytes()}, err
	}
	err := png.Encode(&b, picture)
	return Made{size.X, size.Y, "png", b.Bytes()}, err
}
