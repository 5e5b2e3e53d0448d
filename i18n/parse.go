package i18n

import (
	"errors"
	"regexp"
	"strconv"
	"time"
)

// ErrDate says that a text is no date. It does not repeat the text: what people type stays out of logs.
var ErrDate = errors.New("not a date")

// The years of the two calendars do not overlap, so that a date typed in the wrong one is noticed.
const (
	firstJalali, lastJalali       = 1000, 1699
	firstGregorian, lastGregorian = 1700, 2999
)

// ParseJalali reads 1405/08/30, 1405-8-30 and 30/8/1405, in any digits.
func ParseJalali(s string) (JDate, error) {
	y, m, d, ok := splitDate(s)
	if y < 100 { // the day first
		y, d = d, y
	}
	date := JDate{y, m, d}
	if !ok || y < firstJalali || y > lastJalali || !date.Valid() {
		return JDate{}, ErrDate
	}
	return date, nil
}

// ParseGregorian reads 2026-11-21 and 2026/11/21, in any digits, as midnight UTC. The year comes first:
// nobody can tell 3/4 from 4/3.
func ParseGregorian(s string) (time.Time, error) {
	y, m, d, ok := splitDate(s)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if !ok || y < firstGregorian || y > lastGregorian || t.Day() != d || int(t.Month()) != m {
		return time.Time{}, ErrDate
	}
	return t, nil
}

// ParseDate reads a date of either calendar, told apart by the year, as midnight UTC.
func ParseDate(s string) (time.Time, error) {
	if t, err := ParseGregorian(s); err == nil {
		return t, nil
	}
	d, err := ParseJalali(s)
	if err != nil {
		return time.Time{}, err
	}
	return d.Time(time.UTC), nil
}

var threeNumbers = regexp.MustCompile(`^(\d{1,4})(?: ?[-/.] ?| )(\d{1,2})(?: ?[-/.] ?| )(\d{1,4})$`)

// splitDate cuts three numbers of one to four digits apart.
func splitDate(s string) (a, b, c int, ok bool) {
	parts := threeNumbers.FindStringSubmatch(FoldDigits(FoldText(s)))
	if parts == nil {
		return 0, 0, 0, false
	}
	var n [3]int
	for i, p := range parts[1:] {
		n[i], _ = strconv.Atoi(p) // at most four digits: it cannot fail
	}
	return n[0], n[1], n[2], true
}
