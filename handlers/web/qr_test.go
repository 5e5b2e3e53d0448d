package web

import (
	"fmt"
	"strings"
	"testing"

	"rsc.io/qr"
)

// The path holds the modules of the code, and a margin.
func TestQRPath(t *testing.T) {
	const text = "otpauth://totp/Sarnakh:mina@firm.example?issuer=Sarnakh&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	size, path := QRPath(code)
	if size != code.Size+8 {
		t.Fatalf("size %d", size)
	}
	dark := make([]bool, size*size)
	for part := range strings.SplitSeq(path, "z") {
		var x, y, n, back int
		if len(part) == 0 {
			continue
		}
		if _, err := fmt.Sscanf(part, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("%s: %v", part, err)
		}
		for i := range n {
			dark[y*size+x+i] = true
		}
	}
	for y := range size {
		for x := range size {
			if dark[y*size+x] != code.Black(x-4, y-4) {
				t.Fatalf("module %d,%d", x, y)
			}
		}
	}
}
