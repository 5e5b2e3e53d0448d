package static

import (
	"bytes"
	"regexp"
	"testing"
)

func TestMinify(t *testing.T) {
	for in, want := range map[string]string{
		"a { color : red ; }":                      "a{color :red}",
		"a :hover, b:hover {}":                     "a :hover,b:hover{}",
		"/* why */ .a   .b > c { margin: 0 1px; }": ".a .b > c{margin:0 1px}",
		"a::before { content: \" ; } /* \"; }":     "a::before{content:\" ; } /* \"}",
		`a { content: 'it\'s  {}'; }`:              `a{content:'it\'s  {}'}`,
		"a { width: calc(1px + 2px) }":             "a{width:calc(1px + 2px)}",
		"@media (min-width: 46rem) and (hover) {}": "@media (min-width:46rem) and (hover){}",
		"a{}/* b":  "a{}",
		"a/**/b{}": "a b{}",
	} {
		if got := string(minify([]byte(in))); got != want {
			t.Errorf("%s\n gave %s\n want %s", in, got, want)
		}
	}
}

// Nothing but space, comments and last semicolons goes, whatever is added to the stylesheets later.
func TestMinifyKeepsEverythingElse(t *testing.T) {
	comment, space, semicolon := regexp.MustCompile(`(?s)/\*.*?\*/`), regexp.MustCompile(`\s+`), regexp.MustCompile(`;}`)
	bare := func(css []byte) []byte {
		return semicolon.ReplaceAll(space.ReplaceAll(comment.ReplaceAll(css, nil), nil), []byte("}"))
	}
	for _, parts := range bundles {
		for _, part := range parts {
			small := minify(read(part))
			if !bytes.Equal(bare(small), bare(read(part))) {
				t.Errorf("%s lost something", part)
			}
			if !bytes.Equal(minify(small), small) {
				t.Errorf("%s changes when taken twice", part)
			}
		}
	}
}

func FuzzMinify(f *testing.F) {
	f.Add([]byte(`a{b:"c"}/*d*/`))
	f.Fuzz(func(t *testing.T, css []byte) {
		if once := minify(css); len(once) > len(css) {
			t.Errorf("%q grew to %q", css, once)
		}
	})
}
