package theme_test

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sarnakh/models"
	"sarnakh/theme"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every ready theme passes every check, and is complete.
func TestReadyThemesPass(t *testing.T) {
	choices := theme.Ready()
	if len(choices) != 6 || choices[0].Name != theme.Default {
		t.Fatalf("%d themes, first %s", len(choices), choices[0].Name)
	}
	for _, c := range choices {
		if c.Theme != theme.Resolve(models.Theme{Base: c.Name}) {
			t.Errorf("%s is not complete", c.Name)
		}
		for _, check := range theme.Checks(c.Theme) {
			if !check.Passes() || check.Nearest != check.Value {
				t.Errorf("%s: %+v", c.Name, check)
			}
		}
	}
}

// The stylesheets of the ready themes are looked at when they change: any change alters how published pages look.
func TestStylesheets(t *testing.T) {
	for _, c := range theme.Ready() {
		path := filepath.Join("testdata", c.Name+".css")
		got := strings.NewReplacer("{", "{\n  ", ";", ";\n  ", "}", "\n}\n").Replace(theme.CSS(c.Theme))
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || got != string(want) {
			t.Errorf("%s differs from %s: %v", c.Name, path, err)
		}
	}
}

// The contrast is WCAG's: known pairs, and 21 between black and white.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54},
		{"#0b6661", "#ffffff", 6.8}, {"#2b1c00", "#f3b329", 8.9},
	} {
		if got := theme.Contrast(c.a, c.b); math.Abs(got-c.want) > .05 {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestColour(t *testing.T) {
	for typed, want := range map[string]string{
		"#0b6661": "#0b6661", " 0B6661 ": "#0b6661", "#ABC": "#aabbcc", "": "", "#": "", "#12345": "", "red": "", "#1234567": "", "#gggggg": "", "##aabbcc": "",
	} {
		if got, ok := theme.Colour(typed); got != want || ok != (want != "") {
			t.Errorf("Colour(%q) = %q, %v", typed, got, ok)
		}
	}
}

// What a page leaves out, or spells wrongly, is as in its base; the default theme has no stylesheet of its own.
func TestResolve(t *testing.T) {
	if got := theme.Resolve(models.Theme{Base: "no-such", Hero: "url(x)", Fonts: "Comic", Radius: "9px"}); got != theme.Ready()[0].Theme {
		t.Errorf("%+v", got)
	}
	if key := theme.Key(models.Theme{Accent: "#F3B329"}); key != "" {
		t.Errorf("the default theme asks for %s", key)
	}
}

// What is in an address is this program's own key or nothing.
func TestParseIsStrict(t *testing.T) {
	key := theme.Key(models.Theme{Base: "ink"})
	if got, ok := theme.Parse(key); !ok || got != theme.Resolve(models.Theme{Base: "ink"}) {
		t.Fatalf("%s: %+v", key, got)
	}
	for _, wrong := range []string{
		"", ".css", "ink.css", strings.ToUpper(key), key + ".css", "x" + key, strings.Replace(key, "ink", "inc", 1),
		strings.Replace(key, "plain", "comic", 1), strings.TrimSuffix(key, ".css"), strings.Replace(key, "121826", "12182", 1),
		strings.Replace(key, "121826", "121827", 1), // another theme under this one's hash
	} {
		if _, ok := theme.Parse(wrong); ok {
			t.Errorf("Parse(%q) is taken", wrong)
		}
	}
}

// drawn is any theme that a marketer can make.
func drawn(t *rapid.T) models.Theme {
	colour := rapid.StringMatching("#[0-9a-f]{6}")
	var bases []string
	for _, c := range theme.Ready() {
		bases = append(bases, c.Name)
	}
	return models.Theme{
		Base: rapid.SampledFrom(bases).Draw(t, "base"), Hero: colour.Draw(t, "hero"), Hero2: colour.Draw(t, "hero2"),
		Primary: colour.Draw(t, "primary"), Accent: colour.Draw(t, "accent"),
		Fonts: rapid.SampledFrom(theme.Fonts()).Draw(t, "fonts"), Radius: rapid.SampledFrom(theme.Radii()).Draw(t, "radius"),
	}
}

// A theme survives its address.
func TestKeyHoldsTheTheme(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawn(t)
		if got, ok := theme.Parse(theme.Key(want)); !ok || got != want {
			t.Fatalf("%s: %+v, want %+v", theme.Key(want), got, want)
		}
	})
}

// The shade that is offered passes, once it is taken, and so does the whole theme once all are.
func TestNearestPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine := drawn(t)
		for _, c := range theme.Checks(mine) {
			for _, again := range theme.Checks(theme.With(mine, c.Colour, c.Nearest)) {
				if again.What == c.What && !again.Passes() {
					t.Fatalf("%s in %s: %+v", c.What, c.Nearest, again)
				}
			}
		}
		for _, c := range theme.Checks(theme.Mended(mine)) {
			if !c.Passes() {
				t.Fatalf("mended, and yet %+v", c)
			}
		}
	})
}

// Whatever the colours, words can be read on every ground that the stylesheet makes, once the theme's checks pass.
func TestEveryPairOfTheStylesheetPasses(t *testing.T) {
	pairs := []struct {
		over, under string
		needed      float64
	}{
		{"lp-on-hero", "lp-hero", 4.5}, {"lp-on-hero", "lp-hero-2", 4.5}, {"lp-on-hero", "lp-glow", 4.5},
		{"lp-on-hero-2", "lp-hero", 4.5}, {"lp-on-hero-2", "lp-hero-2", 4.5}, {"lp-on-hero-2", "lp-glow", 4.5},
		{"lp-spark", "lp-hero", 4.5}, {"lp-spark", "lp-hero-2", 4.5}, {"lp-spark", "lp-glow", 4.5},
		{"on-primary", "primary", 4.5}, {"on-primary", "primary-hover", 4.5}, {"on-primary", "primary-press", 4.5},
		{"primary-text", "paper", 4.5}, {"primary-text", "paper-2", 4.5}, {"primary-text", "primary-soft", 4.5}, {"primary-text", "primary-soft-2", 4.5},
		{"on-accent", "accent", 4.5}, {"on-accent", "accent-hover", 4.5}, {"on-accent", "accent-press", 4.5},
		{"accent-text", "accent-soft", 4.5}, {"accent-text", "paper-2", 4.5},
		{"primary", "paper-2", 3}, {"rule-3", "paper", 3},
		{"#15211f", "paper-2", 4.5}, {"#47534f", "paper-2", 4.5}, {"#66716d", "paper-2", 4.5}, // the program's inks: tokens.css
		{"#15211f", "accent-soft", 4.5}, {"#47534f", "accent-soft", 4.5},
	}
	check := func(fatal func(string, ...any), mine models.Theme) {
		of := properties(theme.CSS(mine))
		for _, p := range pairs {
			over := p.over
			if !strings.HasPrefix(over, "#") {
				over = of[over]
			}
			if got := theme.Contrast(over, of[p.under]); got < p.needed {
				fatal("%+v: %s %s on %s %s: %.2f", mine, p.over, over, p.under, of[p.under], got)
			}
		}
	}
	for _, c := range theme.Ready() {
		check(t.Errorf, c.Theme)
	}
	rapid.Check(t, func(t *rapid.T) { check(t.Fatalf, theme.Mended(drawn(t))) })
}

// properties reads a stylesheet's custom properties; of one set twice, the first.
func properties(css string) map[string]string {
	out := map[string]string{}
	for part := range strings.FieldsFuncSeq(css, func(r rune) bool { return r == '{' || r == ';' || r == '}' }) {
		if name, is, ok := strings.Cut(strings.TrimPrefix(part, "--"), ":"); ok && out[name] == "" {
			out[name] = is
		}
	}
	return out
}

// A stylesheet is small, and holds nothing but what themes are made of, whatever somebody typed.
func TestStylesheetIsSmall(t *testing.T) {
	for _, c := range theme.Ready() {
		if n := len(theme.CSS(c.Theme)); n > 1800 {
			t.Errorf("%s: %d bytes", c.Name, n)
		}
	}
	if css := theme.CSS(models.Theme{Hero: "red;} body{display:none", Fonts: "}", Base: "</style>"}); css != theme.CSS(models.Theme{}) {
		t.Error(css)
	}
}
