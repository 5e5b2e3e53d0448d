package queue

import "time"

// A Schedule says when the first period after a time begins. It depends on nothing but that time, so that
// all processes agree and no delay adds up.
type Schedule func(after time.Time) time.Time

// Every begins a period at each multiple of d since 1970.
func Every(d time.Duration) Schedule {
	return func(after time.Time) time.Time {
		n := after.UnixNano() / int64(d)
		return time.Unix(0, (n+1)*int64(d)).UTC()
	}
}

// Daily begins a period at a time of day on the clocks of a zone. A time that a clock change leaves out
// comes an hour later that day; one that it repeats comes once.
func Daily(zone *time.Location, hour, minute int) Schedule {
	return func(after time.Time) time.Time {
		y, m, d := after.In(zone).Date()
		for {
			if at := time.Date(y, m, d, hour, minute, 0, 0, zone); at.After(after) {
				return at
			}
			d++
		}
	}
}
