package theme

import (
	"encoding/hex"
	"math"
	"strings"
)

// Colour reads a colour as people type it (#0b6661, 0B6661, #abc) and writes it as themes hold it: #rrggbb.
func Colour(typed string) (string, bool) {
	digits := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(typed), "#"))
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	if _, err := hex.DecodeString(digits); err != nil || len(digits) != 6 {
		return "", false
	}
	return "#" + digits, true
}

// rgb is a colour of a screen (sRGB), each part from 0 to 1 as it is stored.
type rgb [3]float64

// parse reads what Colour wrote.
func parse(colour string) (c rgb) {
	raw, _ := hex.DecodeString(colour[1:])
	for i := range c {
		c[i] = float64(raw[i]) / 255
	}
	return c
}

func (c rgb) String() string {
	var raw [3]byte
	for i, v := range c {
		raw[i] = byte(math.Round(min(max(v, 0), 1) * 255))
	}
	return "#" + hex.EncodeToString(raw[:])
}

// linear undoes sRGB's curve (IEC 61966-2-1).
func (c rgb) linear() (l [3]float64) {
	for i, v := range c {
		if v <= 0.04045 {
			l[i] = v / 12.92
		} else {
			l[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return l
}

func stored(linear float64) float64 {
	if linear <= 0.0031308 {
		return 12.92 * linear
	}
	return 1.055*math.Pow(linear, 1/2.4) - 0.055
}

// luminance is WCAG 2.2's relative luminance.
func (c rgb) luminance() float64 {
	l := c.linear()
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

func contrast(a, b rgb) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// Contrast is the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, 1.4.3).
func Contrast(a, b string) float64 { return contrast(parse(a), parse(b)) }

// lch is a colour in OKLCH, where equal steps of lightness look equal (Björn Ottosson, "A perceptual color space for
// image processing", 2020). The hue is in radians.
type lch struct{ l, c, h float64 }

func (c rgb) lch() lch {
	v := c.linear()
	l := math.Cbrt(0.4122214708*v[0] + 0.5363325363*v[1] + 0.0514459929*v[2])
	m := math.Cbrt(0.2119034982*v[0] + 0.6806995451*v[1] + 0.1073969566*v[2])
	s := math.Cbrt(0.0883024619*v[0] + 0.2817188376*v[1] + 0.6299787005*v[2])
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	b := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return lch{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(a, b), math.Atan2(b, a)}
}

// exact may lie outside what a screen can show.
func (c lch) exact() rgb {
	a, b := c.c*math.Cos(c.h), c.c*math.Sin(c.h)
	cube := func(v float64) float64 { return v * v * v }
	l, m, s := cube(c.l+0.3963377774*a+0.2158037573*b), cube(c.l-0.1055613458*a-0.0638541728*b), cube(c.l-0.0894841775*a-1.2914855480*b)
	return rgb{
		stored(4.0767416621*l - 3.3077115913*m + 0.2309699292*s),
		stored(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		stored(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s),
	}
}

// shown is the colour as it will be written, with as much of its chroma as a screen has at that lightness.
func (c lch) shown() rgb {
	c.l = min(max(c.l, 0), 1)
	if !inside(c.exact()) {
		low, high := 0.0, c.c
		for range 16 {
			if c.c = (low + high) / 2; inside(c.exact()) {
				low = c.c
			} else {
				high = c.c
			}
		}
		c.c = low
	}
	return parse(c.exact().String())
}

func inside(c rgb) bool {
	const tolerance = 0.5 / 255 // what rounding hides
	for _, v := range c {
		if v < -tolerance || v > 1+tolerance {
			return false
		}
	}
	return true
}

// at is the same hue, as colourful at most, in another lightness.
func (c rgb) at(lightness, chroma float64) rgb {
	v := c.lch()
	return lch{lightness, min(v.c, chroma), v.h}.shown()
}

// lighter is the same colour, lighter by a step, or darker by a negative one.
func (c rgb) lighter(step float64) rgb {
	v := c.lch()
	v.l += step
	return v.shown()
}

// mixed is a colour on the way to another, part 0 to 1, through OKLab.
func (c rgb) mixed(to rgb, part float64) rgb {
	from, into := c.lch(), to.lch()
	a := from.c*math.Cos(from.h)*(1-part) + into.c*math.Cos(into.h)*part
	b := from.c*math.Sin(from.h)*(1-part) + into.c*math.Sin(into.h)*part
	return lch{from.l*(1-part) + into.l*part, math.Hypot(a, b), math.Atan2(b, a)}.shown()
}
