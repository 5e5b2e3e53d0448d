package ui

import "math"

// maxTicks is how many lines a plot's height has room for, the floor not counted.
const maxTicks = 5

// ticks are the values at a plot's lines, from zero up to the first that is not below top: whole numbers in even steps
// of 1, 2 or 5 times a power of ten, no more of them than there is room for (P. Heckbert,
// "Nice numbers for graph labels", Graphics Gems, 1990).
func ticks(top float64) []float64 {
	step := 1.0
	for factor := 0; ; factor++ {
		step = [...]float64{1, 2, 5}[factor%3] * math.Pow10(factor/3)
		if math.Ceil(top/step) <= maxTicks {
			break
		}
	}
	n := max(int(math.Ceil(top/step)), 1)
	out := make([]float64, n+1)
	for i := range out {
		out[i] = float64(i) * step
	}
	return out
}

// Spots are up to most places for words along a plot of values from 0 to last, spread evenly, both ends among them.
func Spots(last, most int) []int {
	if last <= 0 {
		return []int{0}
	}
	n := min(most-1, last)
	out := make([]int, n+1)
	for i := range out {
		out[i] = (2*i*last + n) / (2 * n) // rounded
	}
	return out
}
