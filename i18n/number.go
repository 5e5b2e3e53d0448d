package i18n

import (
	"math"
	"strconv"
	"strings"
)

const (
	minus   = "−" // U+2212: as wide as +, and no line is broken after it
	nothing = "—" // where there is no number to show
)

// Digits writes 0-9 in the language's digits; all else is kept.
func (l *Loc) Digits(s string) string {
	if l.zero == '0' || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + l.zero
		}
		return r
	}, s)
}

// Int is n with thousands grouped: 1,234 or ۱٬۲۳۴; the minus is U+2212.
func (l *Loc) Int(n int64) string {
	if n < 0 {
		return l.uint(true, -uint64(n))
	}
	return l.uint(false, uint64(n))
}

func (l *Loc) uint(negative bool, n uint64) string {
	return l.write(negative, strconv.FormatUint(n, 10), "")
}

// Num is f with so many decimals, rounded half away from zero, grouped; a dash where f is no number.
func (l *Loc) Num(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nothing
	}
	if p := math.Pow10(decimals); math.Abs(f)*p < 1<<53 { // beyond, a float64 has no decimals to round
		f = math.Round(f*p) / p
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'f', decimals, 64), ".")
	return l.write(f < 0, whole, fraction)
}

// float is f with the decimals it has, three at most.
func (l *Loc) float(f float64) string {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(math.Round(f*1000)/1000, 'f', 3, 64), ".")
	return l.Num(f, len(strings.TrimRight(fraction, "0")))
}

// Signed is n with its sign, as a change or a score's line shows it: +15, −5, 0.
func (l *Loc) Signed(n int) string {
	if n > 0 {
		return "+" + l.Int(int64(n))
	}
	return l.Int(int64(n))
}

// Percent is a share as a percentage: 0.34 is 34% or ۳۴٪.
func (l *Loc) Percent(f float64, decimals int) string {
	s := l.Num(f*100, decimals)
	if s == nothing {
		return s
	}
	return s + l.percent
}

// Bytes is a size in decimal units, as file managers and phone networks count: 512 B, 1.2 MB, 64 kB.
func (l *Loc) Bytes(n int64) string {
	size, unit := float64(n), 0
	units := []string{"byte", "kb", "mb", "gb", "tb"}
	for ; math.Abs(size) >= 999.5 && unit < len(units)-1; unit++ {
		size /= 1000
	}
	decimals := 0
	if tenths := math.Round(size * 10); unit > 0 && math.Abs(tenths) < 100 && math.Mod(tenths, 10) != 0 {
		decimals = 1
	}
	return l.T("unit."+units[unit], "size", l.Num(size, decimals))
}

// write puts the digits together: sign, grouped whole part, decimal sign, fraction.
func (l *Loc) write(negative bool, whole, fraction string) string {
	var b strings.Builder
	b.Grow(3 * (len(whole) + len(fraction) + 1)) // a Persian digit takes two bytes, so does its grouping
	if negative {
		b.WriteString(minus)
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.group)
		}
		b.WriteRune(d - '0' + l.zero)
	}
	if fraction != "" {
		b.WriteString(l.decimal)
		for _, d := range fraction {
			b.WriteRune(d - '0' + l.zero)
		}
	}
	return b.String()
}
