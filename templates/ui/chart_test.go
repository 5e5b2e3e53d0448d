package ui

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"sarnakh/i18n"
)

var update = flag.Bool("update", false, "write the golden files")

// A1: what is drawn of known numbers, in both languages.
func TestChartsAreDrawn(t *testing.T) {
	leads, before := []int64{28, 31, 21, 35, 38, 30, 68}, []int64{24, 26, 25, 29, 31, 27, 48}
	for _, locale := range i18n.Locales() {
		loc := i18n.For(locale)
		week := PlotProps{Finding: "Leads per day", X: []string{"1", "4", "7"}, Tall: true}
		for name, chart := range map[string]templ.Component{
			"lines":      Lines(loc, LinesProps{PlotProps: week, Now: leads, Before: before}),
			"lines-none": Lines(loc, LinesProps{PlotProps: week, Now: make([]int64, 7)}),
			"lines-one":  Lines(loc, LinesProps{PlotProps: week, Now: []int64{1200}}),
			"bars":       Bars(loc, BarsProps{PlotProps{Finding: "Score spread", X: []string{"0", "50", "100"}}, []Pillar{{77, "cold"}, {148, "warm"}, {0, "hot"}, {20, ""}}}),
			"data":       Data(loc, DataProps{Caption: "Leads per day", Head: []string{"Day", "Leads"}, Rows: [][]string{{"a<b", loc.Int(1200)}}}),
			"funnel": Funnel(loc, []FunnelStep{{"Visited", loc.Int(8240), "100%", "", 1, false}, {"Submitted", loc.Int(1310), "15.9%", "lost 84%", .159, false},
				{"Hot", loc.Int(96), "1.2%", "7% of those", .012, true}}),
			"spark":     Spark(leads, Hot),
			"spark-one": Spark([]int{3}, Mute),
			"delta":     templ.Join(Delta(loc, 54, 50), Delta(loc, 97, 100), Delta(loc, 5, 5), Delta(loc, 5, 0), Delta(loc, 5, 1), Delta(loc, .1266, .12)),
		} {
			path := filepath.Join("testdata", name+"."+loc.Lang()+".html")
			got := strings.ReplaceAll(render(t, chart), "><", ">\n<") + "\n"
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(path); err != nil || string(want) != got {
				t.Errorf("%s is drawn otherwise (%v):\n%s", path, err, got)
			}
			if strings.Contains(got, "style=") || strings.Contains(got, "NaN") || strings.Contains(got, "⟦") {
				t.Errorf("%s: %s", path, got)
			}
		}
	}
	if html := render(t, Spark([]int{}, Plain)); html != "" {
		t.Errorf("nothing is drawn as %s", html)
	}
}

// The lines of a plot are at round numbers, evenly spread from nothing to just above the highest value, and few.
func TestTicksAreNice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := float64(rapid.OneOf(rapid.Int64Range(0, 100), rapid.Int64Range(0, 1e12)).Draw(t, "top"))
		list := ticks(top)
		n := len(list) - 1
		step := list[1]
		if n < 1 || n > maxTicks || list[0] != 0 || list[n] < top || top > 0 && list[n]-step >= top {
			t.Fatalf("%v for %v", list, top)
		}
		if mantissa := step / math.Pow10(int(math.Floor(math.Log10(step)+1e-9))); step < 1 || !slices.ContainsFunc([]float64{1, 2, 5}, func(m float64) bool { return math.Abs(m-mantissa) < 1e-9 }) {
			t.Fatalf("steps of %v", step)
		}
		for i, v := range list {
			if v != float64(i)*step {
				t.Fatalf("%v is uneven", list)
			}
		}
	})
}

// The words along the foot stand where their days are: as evenly as whole days can be, first and last among them.
func TestSpotsAreEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last, most := rapid.IntRange(0, 400).Draw(t, "last"), rapid.IntRange(2, 8).Draw(t, "most")
		at := Spots(last, most)
		if at[0] != 0 || at[len(at)-1] != last || len(at) > most || len(at) != min(most, last+1) {
			t.Fatalf("%v of %d", at, last)
		}
		for i, x := range at {
			if want := float64(i) * float64(last) / float64(max(len(at)-1, 1)); math.Abs(float64(x)-want) > .5 || i > 0 && x <= at[i-1] {
				t.Fatalf("%v: %d is not at %v", at, x, want)
			}
		}
	})
}

var numbers = regexp.MustCompile(`-?\d+(\.\d+)?`)

// Whatever is counted, nothing is drawn outside of its box.
func TestDrawingsStayInTheirBox(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 1e9), 1, 100).Draw(rt, "values")
		points := trace(values, highest(values), 96, 32)
		for _, d := range []string{line(points), under(points, 32)} {
			for i, text := range numbers.FindAllString(d, -1) {
				if x, err := strconv.ParseFloat(text, 64); err != nil || x < 0 || x > []float64{96, 32}[i%2] {
					rt.Fatalf("%s of %v", text, values)
				}
			}
		}
	})
}
