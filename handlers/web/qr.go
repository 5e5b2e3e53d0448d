package web

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QuietZone is the light edge that a reader of QR codes needs, in modules (ISO/IEC 18004, 5.3.8).
const QuietZone = 4

// QRPath is a code's dark modules as the path of an SVG, and how many modules it measures with its edge. Each run of them
// in a row is one rectangle, so that no seam shows between them.
func QRPath(code *qr.Code) (side int, path string) {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := x
			for run < code.Size && code.Black(run, y) {
				run++
			}
			if run > x {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+QuietZone, y+QuietZone, run-x, run-x)
				x = run
			}
		}
	}
	return code.Size + 2*QuietZone, b.String()
}
