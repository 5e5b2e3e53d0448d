package pictures

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/webp"
)

// webpConfig tells a picture's size. Of an extended file (RFC 9649, 2.7) the decoder tells the size that stands ahead of the
// picture, and makes it in the size that the picture has: a file of fifty bytes could so take a gigabyte.
func webpConfig(raw []byte) (image.Config, error) {
	told, err := webp.DecodeConfig(bytes.NewReader(webpFrame(raw)))
	if lossy := webpChunk(raw, "VP8 "); err == nil && lossy != nil {
		var is image.Config
		if is, err = webp.DecodeConfig(bytes.NewReader(webpFile("VP8 ", lossy))); err == nil && (is.Width != told.Width || is.Height != told.Height) {
			err = ErrBroken
		}
	}
	return told, err
}

func webpDecode(raw []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(webpFrame(raw))) }

// webpFrame is the picture of an extended file in a file of its own, as long as nothing else is drawn with it: the decoder
// does not take one that is exact and has transparency out of an extended file.
func webpFrame(raw []byte) []byte {
	if webpChunk(raw, "VP8X") == nil || webpChunk(raw, "ALPH") != nil {
		return raw
	}
	for _, kind := range [...]string{"VP8L", "VP8 "} {
		if frame := webpChunk(raw, kind); frame != nil {
			return webpFile(kind, frame)
		}
	}
	return raw
}

// webpFile is a file of one chunk.
func webpFile(kind string, data []byte) []byte {
	odd := len(data) & 1
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(4+8+len(data)+odd))
	out = binary.LittleEndian.AppendUint32(append(out, "WEBP"+kind...), uint32(len(data)))
	return append(append(out, data...), make([]byte, odd)...)
}

func webpExif(raw []byte) []byte { return webpChunk(raw, "EXIF") }

func webpChunk(raw []byte, kind string) []byte {
	return chunk(raw[12:], kind, binary.LittleEndian, func(c []byte) (size, kind []byte) { return c[4:8], c[:4] }, 0)
}
