package i18n

import "time"

// The Jalali (Solar Hijri) year begins on the day whose noon, at Iran's meridian of 52.5° E, is the first
// after the March equinox. Two rules give that day without astronomy:
//
//   - the 33-year rule, 8 leap years in 33 (R. Pournader's for ICU's PersianCalendar; for these centuries
//     the same as K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74
//     (1996) 223-230). It agrees with every year of the table published by the calendar authority of
//     Iran (Institute of Geophysics, University of Tehran), 1206 to 1498;
//   - from 1502 on it slips now and then: a few years it calls leap are not, the next one is. These are
//     named below, from ICU4X, up to 1699, the last year taken from people.
//
// The 2820-year cycle found in many libraries is wrong (it makes 1403 common and 1404 leap).

// notLeap are the years the 33-year rule wrongly calls leap.
var notLeap = map[int]bool{1502: true, 1601: true, 1634: true, 1667: true}

const (
	epoch      = -492268      // 1 Farvardin 1, in days from 1970-01-01: Julian day 1948320
	dayLength  = 24 * 60 * 60 // seconds
	cycleYears = 33
	cycleDays  = 33*365 + 8
)

// JDate is a day of the Jalali calendar.
type JDate struct{ Year, Month, Day int }

// ToJalali is the Jalali date of t's civil day in its own zone.
func ToJalali(t time.Time) JDate {
	n := civilDay(t)
	year := 1 + floorDiv(cycleYears*(n-epoch)+3, cycleDays)
	if n >= nowruz(year+1) { // a year the rule wrongly calls leap has no 366th day
		year++
	}
	day := n - nowruz(year)
	if day < 186 { // six months of 31 days
		return JDate{year, day/31 + 1, day%31 + 1}
	}
	return JDate{year, (day-186)/30 + 7, (day-186)%30 + 1}
}

// Time is the first moment of the day in a zone. That is midnight, but where the clock is put forward or
// back at midnight, as in Iran until 2022, a day can begin at 01:00 or have two midnights.
func (d JDate) Time(loc *time.Location) time.Time {
	year, month, day := time.Unix(int64(d.days())*dayLength, 0).UTC().Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, loc)
	if t.Day() != day {
		_, t = t.ZoneBounds()
	}
	if earlier := t.Add(-time.Hour); earlier.Day() == day {
		return earlier
	}
	return t
}

// Valid tells whether there is such a day.
func (d JDate) Valid() bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= JalaliMonthDays(d.Year, d.Month)
}

func (d JDate) days() int {
	months := (d.Month-1)*31 - max(0, d.Month-7) // Mehr and later follow a month of 30 days
	return nowruz(d.Year) + months + d.Day - 1
}

// JalaliLeap tells whether Esfand of that year has 30 days.
func JalaliLeap(year int) bool { return nowruz(year+1)-nowruz(year) == 366 }

// JalaliMonthDays is the length of a month.
func JalaliMonthDays(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month <= 11 || JalaliLeap(year):
		return 30
	}
	return 29
}

// JalaliMonthName is the Persian name of month 1 to 12, empty for any other.
func JalaliMonthName(m int) string {
	if m < 1 || m > 12 {
		return ""
	}
	return For(FA).months[m-1]
}

// nowruz is the first day of a year, in days from 1970-01-01.
func nowruz(year int) int {
	n := epoch + 365*(year-1) + floorDiv(8*year+21, cycleYears)
	if notLeap[year-1] {
		n--
	}
	return n
}

// civilDay numbers t's day in its own zone, in days from 1970-01-01.
func civilDay(t time.Time) int {
	y, m, d := t.Date()
	return floorDiv(int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()), dayLength)
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}
