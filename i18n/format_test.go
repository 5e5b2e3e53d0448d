package i18n

import (
	"math"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // Asia/Tehran, wherever the tests run
)

// both checks one thing in the two languages.
func both(t *testing.T, what string, print func(*Loc) string, en, fa string) {
	t.Helper()
	if got := print(For(EN)); got != en {
		t.Errorf("%s: got %q, want %q", what, got, en)
	}
	if got := print(For(FA)); got != fa {
		t.Errorf("%s: got %q, want %q", what, got, fa)
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		what   string
		print  func(*Loc) string
		en, fa string
	}{
		{"Digits", func(l *Loc) string { return l.Digits("A4, 0912") }, "A4, 0912", "A۴, ۰۹۱۲"},
		{"no digits", func(l *Loc) string { return l.Digits("آ") }, "آ", "آ"},
		{"Int", func(l *Loc) string { return l.Int(1234567) }, "1,234,567", "۱٬۲۳۴٬۵۶۷"},
		{"Int 999", func(l *Loc) string { return l.Int(999) }, "999", "۹۹۹"},
		{"Int 0", func(l *Loc) string { return l.Int(0) }, "0", "۰"},
		{"Int negative", func(l *Loc) string { return l.Int(-1000) }, "−1,000", "−۱٬۰۰۰"},
		{"Int lowest", func(l *Loc) string { return l.Int(math.MinInt64) },
			"−9,223,372,036,854,775,808", "−۹٬۲۲۳٬۳۷۲٬۰۳۶٬۸۵۴٬۷۷۵٬۸۰۸"},
		{"Num", func(l *Loc) string { return l.Num(1234.5, 2) }, "1,234.50", "۱٬۲۳۴٫۵۰"},
		{"Num half away from zero", func(l *Loc) string { return l.Num(2.5, 0) }, "3", "۳"},
		{"Num half, negative", func(l *Loc) string { return l.Num(-2.5, 0) }, "−3", "−۳"},
		{"Num 1.15", func(l *Loc) string { return l.Num(1.15, 1) }, "1.2", "۱٫۲"},
		{"Num no negative zero", func(l *Loc) string { return l.Num(-0.001, 2) }, "0.00", "۰٫۰۰"},
		{"Num carries", func(l *Loc) string { return l.Num(999.999, 2) }, "1,000.00", "۱٬۰۰۰٫۰۰"},
		{"Num huge", func(l *Loc) string { return l.Num(1e18, 1) },
			"1,000,000,000,000,000,000.0", "۱٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰٫۰"},
		{"Num of no number", func(l *Loc) string { return l.Num(math.NaN(), 1) }, "—", "—"},
		{"Num of infinity", func(l *Loc) string { return l.Num(math.Inf(-1), 1) }, "—", "—"},
		{"Signed", func(l *Loc) string { return l.Signed(15) }, "+15", "+۱۵"},
		{"Signed negative", func(l *Loc) string { return l.Signed(-5) }, "−5", "−۵"},
		{"Signed zero", func(l *Loc) string { return l.Signed(0) }, "0", "۰"},
		{"Percent", func(l *Loc) string { return l.Percent(.34, 0) }, "34%", "۳۴٪"},
		{"Percent with decimals", func(l *Loc) string { return l.Percent(.159, 1) }, "15.9%", "۱۵٫۹٪"},
		{"Percent over 100", func(l *Loc) string { return l.Percent(12.5, 0) }, "1,250%", "۱٬۲۵۰٪"},
		{"Percent of nothing", func(l *Loc) string { return l.Percent(math.NaN(), 0) }, "—", "—"},
		{"Bytes", func(l *Loc) string { return l.Bytes(1_234_000) }, "1.2 MB", "۱٫۲ مگابایت"},
		{"Bytes whole", func(l *Loc) string { return l.Bytes(2_000_000) }, "2 MB", "۲ مگابایت"},
		{"Bytes few", func(l *Loc) string { return l.Bytes(512) }, "512 B", "۵۱۲ بایت"},
		{"Bytes none", func(l *Loc) string { return l.Bytes(0) }, "0 B", "۰ بایت"},
		{"Bytes, tens", func(l *Loc) string { return l.Bytes(64_400) }, "64 kB", "۶۴ کیلوبایت"},
		{"Bytes, near the next unit", func(l *Loc) string { return l.Bytes(999_600) }, "1 MB", "۱ مگابایت"},
		{"Bytes, near ten", func(l *Loc) string { return l.Bytes(9_960) }, "10 kB", "۱۰ کیلوبایت"},
		{"Bytes, huge", func(l *Loc) string { return l.Bytes(5e15) }, "5,000 TB", "۵٬۰۰۰ ترابایت"},
		{"List of none", func(l *Loc) string { return l.List() }, "", ""},
		{"List of one", func(l *Loc) string { return l.List("الف") }, "الف", "الف"},
		{"List of two", func(l *Loc) string { return l.List("الف", "ب") }, "الف and ب", "الف و ب"},
		{"List of three", func(l *Loc) string { return l.List("الف", "ب", "پ") }, "الف, ب and پ", "الف، ب و پ"},
	} {
		both(t, c.what, c.print, c.en, c.fa)
	}
}

func TestDates(t *testing.T) {
	tehran := zone(t, "Asia/Tehran")
	at := time.Date(2026, 11, 21, 10, 42, 59, 0, tehran)
	early := time.Date(2027, 3, 1, 9, 5, 0, 0, tehran)
	for _, c := range []struct {
		what   string
		print  func(*Loc) string
		en, fa string
	}{
		{"Date", func(l *Loc) string { return l.Date(at) }, "21 Nov 2026", "۳۰ آبان ۱۴۰۵"},
		{"Date in another zone", func(l *Loc) string { return l.Date(at.In(zone(t, "Pacific/Honolulu"))) },
			"20 Nov 2026", "۲۹ آبان ۱۴۰۵"},
		{"DateLong", func(l *Loc) string { return l.DateLong(at) },
			"Saturday, 21 November 2026", "شنبه ۳۰ آبان ۱۴۰۵"},
		{"DayMonth", func(l *Loc) string { return l.DayMonth(early) }, "1 Mar", "۱۰ اسفند"},
		{"MonthYear", func(l *Loc) string { return l.MonthYear(early) }, "March 2027", "اسفند ۱۴۰۵"},
		{"Year", func(l *Loc) string { return l.Year(early) }, "2027", "۱۴۰۵"},
		{"Time", func(l *Loc) string { return l.Time(at) }, "10:42", "۱۰:۴۲"},
		{"Time before ten", func(l *Loc) string { return l.Time(early) }, "09:05", "۰۹:۰۵"},
		{"DateTime", func(l *Loc) string { return l.DateTime(at) }, "21 Nov 2026, 10:42", "۳۰ آبان ۱۴۰۵، ۱۰:۴۲"},
		{"Months", func(l *Loc) string { return strings.Join(l.Months()[:2], " ") },
			"January February", "فروردین اردیبهشت"},
		{"Weekdays", func(l *Loc) string { return strings.Join(l.Weekdays()[5:], " ") }, "Friday Saturday", "جمعه شنبه"},
	} {
		both(t, c.what, c.print, c.en, c.fa)
	}
}

func TestAgo(t *testing.T) {
	tehran := zone(t, "Asia/Tehran")
	now := time.Date(2026, 11, 21, 15, 0, 0, 0, tehran) // 30 Aban 1405
	midnight := time.Date(2026, 11, 21, 0, 20, 0, 0, tehran)
	for _, c := range []struct {
		what   string
		t, now time.Time
		en, fa string
	}{
		{"seconds", now.Add(-59 * time.Second), now, "just now", "همین حالا"},
		{"a clock that is ahead", now.Add(59 * time.Second), now, "just now", "همین حالا"},
		{"one minute", now.Add(-time.Minute), now, "1 minute ago", "۱ دقیقه پیش"},
		{"minutes", now.Add(-5*time.Minute - 30*time.Second), now, "5 minutes ago", "۵ دقیقه پیش"},
		{"minutes over midnight", midnight.Add(-40 * time.Minute), midnight, "40 minutes ago", "۴۰ دقیقه پیش"},
		{"an hour", now.Add(-time.Hour), now, "Today 14:00", "امروز ۱۴:۰۰"},
		{"an hour over midnight", midnight.Add(-time.Hour), midnight, "Yesterday 23:20", "دیروز ۲۳:۲۰"},
		{"stored in UTC, seen in Tehran", now.Add(-4 * time.Hour).UTC(), now, "Today 11:00", "امروز ۱۱:۰۰"},
		{"the start of yesterday", time.Date(2026, 11, 20, 0, 0, 0, 0, tehran), now, "Yesterday 00:00", "دیروز ۰۰:۰۰"},
		{"two days", time.Date(2026, 11, 19, 23, 59, 0, 0, tehran), now, "19 Nov", "۲۸ آبان"},
		{"this year of one calendar", time.Date(2026, 2, 1, 12, 0, 0, 0, tehran), now, "1 Feb", "۱۲ بهمن ۱۴۰۴"},
		{"another year", time.Date(2024, 11, 19, 12, 0, 0, 0, tehran), now, "19 Nov 2024", "۲۹ آبان ۱۴۰۳"},
		{"later today", now.Add(3 * time.Hour), now, "Today 18:00", "امروز ۱۸:۰۰"},
		{"tomorrow", now.Add(18 * time.Hour), now, "Tomorrow 09:00", "فردا ۰۹:۰۰"},
		{"later", now.Add(72 * time.Hour), now, "24 Nov", "۳ آذر"},
	} {
		both(t, c.what, func(l *Loc) string { return l.Ago(c.t, c.now) }, c.en, c.fa)
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		d      time.Duration
		en, fa string
	}{
		{0, "0 s", "۰ ثانیه"},
		{350 * time.Millisecond, "350 ms", "۳۵۰ میلی‌ثانیه"},
		{4*time.Second + 120*time.Millisecond, "4 s", "۴ ثانیه"},
		{130 * time.Second, "2 min 10 s", "۲ دقیقه و ۱۰ ثانیه"},
		{time.Hour, "1 h", "۱ ساعت"},
		{time.Hour + 59*time.Second, "1 h", "۱ ساعت"},
		{26*time.Hour + 5*time.Minute, "1 day 2 h", "۱ روز و ۲ ساعت"},
		{30 * 24 * time.Hour, "30 days", "۳۰ روز"},
		{-90 * time.Second, "−1 min 30 s", "−۱ دقیقه و ۳۰ ثانیه"},
	} {
		both(t, c.d.String(), func(l *Loc) string { return l.Span(c.d) }, c.en, c.fa)
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestLTRIsUndoneByFolding(t *testing.T) {
	if s := LTR("۰۹۱۲ ۳۴۵"); s == "۰۹۱۲ ۳۴۵" || FoldText(s) != "۰۹۱۲ ۳۴۵" {
		t.Errorf("got %q", s)
	}
}
