package i18n

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// nowruzMarch is the day of March, less 19, on which 1 Farvardin falls in the years from 1300, as ICU 78
// (Intl.DateTimeFormat with the calendar "persian") gives it.
const nowruzMarch = "233223322232223222322232223222322232223222222222222222222222222222" +
	"222222222122212221222122212221222122212221122112211221122112211221" +
	"122112211121112111211121112111211121112111111112222222222222222222" +
	"2222"

func TestNowruzOfTwoCenturies(t *testing.T) {
	for i, c := range nowruzMarch {
		year := 1300 + i
		want := time.Date(year+621, 3, 19+int(c-'0'), 0, 0, 0, 0, time.UTC)
		if got := (JDate{year, 1, 1}).Time(time.UTC); !got.Equal(want) {
			t.Errorf("1 Farvardin %d = %s, want %s", year, got.Format(time.DateOnly), want.Format(time.DateOnly))
		}
	}
}

func TestKnownDays(t *testing.T) {
	for jalali, gregorian := range map[JDate]string{
		{1300, 1, 1}:   "1921-03-21",
		{1304, 1, 1}:   "1925-03-21", // the year the calendar became the law
		{1348, 10, 11}: "1970-01-01",
		{1357, 11, 22}: "1979-02-11",
		{1375, 12, 30}: "1997-03-20",
		{1379, 1, 1}:   "2000-03-20",
		{1399, 12, 30}: "2021-03-20",
		{1400, 1, 1}:   "2021-03-21",
		{1403, 12, 30}: "2025-03-20", // the 2820-year cycle has no such day
		{1404, 1, 1}:   "2025-03-21",
		{1405, 8, 30}:  "2026-11-21",
		{1408, 12, 30}: "2030-03-20",
		{1501, 1, 1}:   "2122-03-21",
	} {
		day, err := time.Parse(time.DateOnly, gregorian)
		if err != nil {
			t.Fatal(err)
		}
		if got := ToJalali(day.Add(23 * time.Hour)); got != jalali {
			t.Errorf("ToJalali(%s) = %v, want %v", gregorian, got, jalali)
		}
		if got := jalali.Time(time.UTC); !got.Equal(day) {
			t.Errorf("%v = %s, want %s", jalali, got.Format(time.DateOnly), gregorian)
		}
	}
}

// From 1502 on the 33-year rule alone would be a day late now and then.
func TestLeapYears(t *testing.T) {
	for _, year := range []int{1300, 1304, 1309, 1313, 1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383,
		1387, 1391, 1395, 1399, 1403, 1408, 1412, 1469, 1503, 1602, 1635, 1668} {
		if !JalaliLeap(year) || JalaliMonthDays(year, 12) != 30 {
			t.Errorf("%d is leap", year)
		}
	}
	for _, year := range []int{1301, 1371, 1374, 1400, 1404, 1405, 1407, 1470, 1502, 1601, 1634, 1667} {
		if JalaliLeap(year) || JalaliMonthDays(year, 12) != 29 {
			t.Errorf("%d is common", year)
		}
	}
}

// Every day of two centuries, there and back, in the zone that long changed its clock at midnight: such a
// day begins at 01:00, and another has two midnights.
func TestEveryDayRoundTrips(t *testing.T) {
	tehran := zone(t, "Asia/Tehran")
	want := JDate{1300, 1, 1}
	for day := want.Time(time.UTC); want.Year <= 1500; day = day.AddDate(0, 0, 1) {
		if got := ToJalali(day); got != want {
			t.Fatalf("ToJalali(%s) = %v, want %v", day.Format(time.DateOnly), got, want)
		}
		for _, loc := range []*time.Location{time.UTC, tehran} {
			start := want.Time(loc)
			if got := ToJalali(start); got != want || ToJalali(start.Add(-time.Nanosecond)) == want {
				t.Fatalf("%v in %s begins at %s", want, loc, start)
			}
		}
		want = tomorrow(want)
	}
}

// tomorrow knows only how long months are, not how days are counted.
func tomorrow(d JDate) JDate {
	switch {
	case d.Day < JalaliMonthDays(d.Year, d.Month):
		return JDate{d.Year, d.Month, d.Day + 1}
	case d.Month < 12:
		return JDate{d.Year, d.Month + 1, 1}
	}
	return JDate{d.Year + 1, 1, 1}
}

func TestAnyMomentRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-200e9, 200e9).Draw(t, "unix"), 0).UTC()
		d := ToJalali(at)
		if !d.Valid() || !d.Time(time.UTC).Equal(at.Truncate(24*time.Hour)) {
			t.Fatalf("%s became %v, %s", at, d, d.Time(time.UTC))
		}
	})
}

// The definition itself: the year begins on the day whose noon at 52.5° E is the first after the equinox.
// The equinox is by J. Meeus, "Astronomical Algorithms" (2nd ed.), chapter 27; its error and that of the
// Earth's rotation are minutes, so years whose equinox lies within ten minutes of noon are left to the
// table above.
func TestNowruzIsTheEquinox(t *testing.T) {
	checked := 0
	for year := 1300; year <= 1500; year++ {
		equinox := marchEquinox(year + 621).Add(3*time.Hour + 30*time.Minute)
		afterNoon := equinox.Sub(equinox.Truncate(24*time.Hour)).Hours() - 12
		if math.Abs(afterNoon) < 1./6 {
			continue
		}
		checked++
		day := equinox.Truncate(24 * time.Hour)
		if afterNoon > 0 {
			day = day.AddDate(0, 0, 1)
		}
		if got := (JDate{year, 1, 1}).Time(time.UTC); !got.Equal(day) {
			t.Errorf("%d begins %s, equinox in Iran %s", year, got.Format(time.DateOnly), equinox)
		}
	}
	if checked < 190 {
		t.Errorf("only %d years checked", checked)
	}
}

func marchEquinox(year int) time.Time {
	cos := func(degrees float64) float64 { return math.Cos(degrees * math.Pi / 180) }
	y := (float64(year) - 2000) / 1000
	jde := 2451623.80984 + 365242.37404*y + 0.05169*y*y - 0.00411*y*y*y - 0.00057*y*y*y*y
	century := (jde - 2451545) / 36525
	w := 35999.373*century - 2.47
	sum := 0.
	for _, p := range [][3]float64{
		{485, 324.96, 1934.136}, {203, 337.23, 32964.467}, {199, 342.08, 20.186}, {182, 27.85, 445267.112},
		{156, 73.14, 45036.886}, {136, 171.52, 22518.443}, {77, 222.54, 65928.934}, {74, 296.72, 3034.906},
		{70, 243.58, 9037.513}, {58, 119.81, 33718.147}, {52, 297.17, 150.678}, {50, 21.02, 2281.226},
		{45, 247.54, 29929.562}, {44, 325.15, 31555.956}, {29, 60.93, 4443.417}, {18, 155.12, 67555.328},
		{17, 288.79, 4562.452}, {16, 198.04, 62894.029}, {14, 199.76, 31436.921}, {12, 95.39, 14577.848},
		{12, 287.11, 31931.756}, {12, 320.81, 34777.259}, {9, 227.73, 1222.114}, {8, 15.45, 16859.074},
	} {
		sum += p[0] * cos(p[1]+p[2]*century)
	}
	jde += 0.00001 * sum / (1 + 0.0334*cos(w) + 0.0007*cos(2*w))
	sinceEpoch := (jde - 2440587.5) * 86400
	return time.Unix(int64(sinceEpoch)-60, 0).UTC() // dynamical time runs about a minute ahead
}

func TestParseDates(t *testing.T) {
	want := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for _, s := range []string{"1405/08/30", "1405-8-30", "۱۴۰۵/۸/۳۰", " ١٤٠٥.٠٨.٣٠ ", "30/8/1405", "\u200f۳۰/۰۸/۱۴۰۵"} {
		d, err := ParseJalali(s)
		if err != nil || d != (JDate{1405, 8, 30}) {
			t.Errorf("ParseJalali(%q) = %v, %v", s, d, err)
		}
		if got, err := ParseDate(s); err != nil || !got.Equal(want) {
			t.Errorf("ParseDate(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"2026-11-21", "2026/11/21", "۲۰۲۶-۱۱-۲۱"} {
		if got, err := ParseGregorian(s); err != nil || !got.Equal(want) {
			t.Errorf("ParseGregorian(%q) = %v, %v", s, got, err)
		}
		if got, err := ParseDate(s); err != nil || !got.Equal(want) {
			t.Errorf("ParseDate(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "1405", "1405/8", "1405/8/30/1", "1405/13/1", "1405/0/1", "1405/1/0", "1405/7/31",
		"1404/12/30", "85/8/30", "2026-11-21", "1405/08/-3", "1405/+8/3", "99999/1/1", "30 آبان 1405", "1405//8"} {
		if d, err := ParseJalali(s); err == nil {
			t.Errorf("ParseJalali(%q) = %v", s, d)
		}
	}
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "21-11-2026", "11/21/2026", "1405-08-30", "2026-11"} {
		if d, err := ParseGregorian(s); err == nil {
			t.Errorf("ParseGregorian(%q) = %v", s, d)
		}
	}
	if _, err := ParseDate("tomorrow"); err != ErrDate {
		t.Errorf("got %v", err)
	}
}

func TestJalaliMonthName(t *testing.T) {
	if JalaliMonthName(8) != "آبان" || JalaliMonthName(0) != "" || JalaliMonthName(13) != "" {
		t.Error("month names are wrong")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"1405/08/30", "2026-11-21", "۳۰/۸/۱۴۰۵", "//", "0/0/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && (d.Year() < 1600 || d.Year() > 2999 || d.Hour() != 0) {
			t.Errorf("ParseDate(%q) = %v", s, d)
		}
	})
}
