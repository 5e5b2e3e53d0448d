package team

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quietZone is the white margin that readers want around a code (ISO/IEC 18004).
const quietZone = 4

// QR is a text as a square picture: how many modules it measures, and its dark ones as the path of an SVG.
func QR(text string) (size int, path string, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return 0, "", err
	}
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			begin := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > begin {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", begin+quietZone, y+quietZone, x-begin, x-begin)
			}
		}
	}
	return code.Size + 2*quietZone, b.String(), nil
}
