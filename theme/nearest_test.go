package theme

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// No shade with a smaller change of lightness passes, as far as a finer search than ours finds any.
func TestNearestIsTheLeastChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := parse(rapid.StringMatching("#[0-9a-f]{6}").Draw(t, "colour"))
		got := nearest(c, heroPair)
		if passes(c, []pair{heroPair}) != (got == c) {
			t.Fatalf("%s becomes %s", c, got)
		}
		moved := math.Abs(got.lch().l - c.lch().l)
		for by := step / 3; by < moved-1.5*step; by += step / 3 {
			for _, shade := range []rgb{c.lighter(by), c.lighter(-by)} {
				if passes(shade, []pair{heroPair}) {
					t.Fatalf("%s becomes %s, and %s is nearer", c, got, shade)
				}
			}
		}
	})
}

// A colour goes through OKLCH and back unharmed, and keeps its hue when it gets lighter or darker.
func TestLightness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := parse(rapid.StringMatching("#[0-9a-f]{6}").Draw(t, "colour"))
		if back := c.lch().shown(); back != c {
			t.Fatalf("%s comes back as %s", c, back)
		}
		was := c.lch()
		shade := c.lighter(rapid.Float64Range(-.3, .3).Draw(t, "by")).lch()
		if turned := math.Abs(math.Remainder(shade.h-was.h, 2*math.Pi)); min(shade.c, was.c) > .05 && turned > .15 {
			t.Fatalf("%s turned by %.2f", c, turned)
		}
	})
}
