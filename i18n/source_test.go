package i18n

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every text that a page, a mail or a command asks for by name exists in both languages, and gets the
// values it has places for.
func TestEveryKeyInTheSourcesExists(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "node_modules" || d.Name() == "data"):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(path, "_templ.go") || path == filepath.Join("..", "i18n", "source_test.go") || filepath.Ext(path) != ".go" && filepath.Ext(path) != ".templ":
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, problem := range checkSource(string(source)) {
			t.Errorf("%s:%s", path, problem)
		}
		return nil
	})
	if err != nil || files < 10 {
		t.Fatalf("%d files read: %v", files, err)
	}
}

// The check itself finds what it is for.
func TestSourceCheck(t *testing.T) {
	for source, want := range map[string]string{
		`x.T("stage.lead")`:                                       "",
		`{ l.T("stage.no_such") }`:                                "1: no text stage.no_such",
		"\n" + `x.Parts("no.such")`:                               "2: no text no.such",
		`x.T("stage." + s)`:                                       "",
		`x.T("stadium."+s)`:                                       "1: no text begins with stadium.",
		`x.T("ago.minutes", "n", f(1, ")"))`:                      "",
		`x.T("ago.minutes", "m", 1)`:                              "1: ago.minutes takes [n], gets [m]",
		`x.T("ago.minutes")`:                                      "1: ago.minutes takes [n], gets []",
		`x.T("ago.minutes", args...)`:                             "",
		`x.T("invalid.too_long", "n", 1, "label", l)`:             "",
		`if l.T("stage.lead") { <b>{ l.T("kind.no_such") }</b> }`: "1: no text kind.no_such",
	} {
		if got := strings.Join(checkSource(source), "; "); got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}

var textCall = regexp.MustCompile(`\.(T|Parts)\("`)

// checkSource looks at each call .T("key"…) or .Parts("key"…) of a Go or templ file.
func checkSource(source string) (problems []string) {
	for _, at := range textCall.FindAllStringIndex(source, -1) {
		call, ok := callAt(source[at[0]:])
		if !ok {
			continue // in a comment, or half a line
		}
		if problem := checkCall(call); problem != "" {
			line := 1 + strings.Count(source[:at[0]], "\n")
			problems = append(problems, fmt.Sprintf("%d: %s", line, problem))
		}
	}
	return problems
}

// callAt parses the call at the start of s, up to the bracket that closes it.
func callAt(s string) (*ast.CallExpr, bool) {
	for end := range len(s) {
		if s[end] != ')' {
			continue
		}
		if e, err := parser.ParseExpr("l" + s[:end+1]); err == nil {
			call, ok := e.(*ast.CallExpr)
			return call, ok
		}
		if end > 2000 {
			break
		}
	}
	return nil, false
}

func checkCall(call *ast.CallExpr) string {
	if sum, ok := call.Args[0].(*ast.BinaryExpr); ok { // "stage." + s
		prefix := literal(sum)
		for _, l := range Locales() {
			if !slices.ContainsFunc(Keys(l), func(key string) bool { return strings.HasPrefix(key, prefix) }) {
				return "no text begins with " + prefix
			}
		}
		return ""
	}
	key := literal(call.Args[0])
	for _, l := range Locales() {
		if !For(l).Has(key) {
			return "no text " + key
		}
	}
	return checkArgs(key, call)
}

func checkArgs(key string, call *ast.CallExpr) string {
	got := []string{}
	for pair := range slices.Chunk(call.Args[1:], 2) {
		name := literal(pair[0])
		if name == "" || call.Ellipsis.IsValid() { // made at run time
			return ""
		}
		got = append(got, name)
	}
	want := slices.Sorted(maps.Keys(For(EN).messages[key].placeholders()))
	if m := For(EN).messages[key]; m.forms != nil && !slices.Contains(want, "n") {
		want = append(want, "n")
	}
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		return fmt.Sprintf("%s takes %v, gets %v", key, want, got)
	}
	return ""
}

// literal is the string constant an expression is, or a sum begins with.
func literal(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.BinaryExpr:
			e = x.X
			continue
		case *ast.BasicLit:
			if x.Kind == token.STRING {
				s, _ := strconv.Unquote(x.Value)
				return s
			}
		}
		return ""
	}
}
