package reports

import "math"

// Bands is how many bars a spread of scores has: tens of points, the last of them with 100.
const Bands = 10

// SpreadOf counts scores by tens, as people see them: rounded, and from 0 to 100.
func SpreadOf(scores []float64) (bands [Bands]int64) {
	for _, s := range scores {
		bands[min(max(int(math.Round(s)), 0)/10, Bands-1)]++
	}
	return bands
}
