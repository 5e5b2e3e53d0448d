package sarnakh_test

import (
	"flag"
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sarnakh"
	"sarnakh/handlers"
	"sarnakh/models"

	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "write what is made from the sources into the documents")

// A made part of a document stands between two comments. madePart compares it with what it would be now, or
// writes that with -update.
func madePart(t *testing.T, path, name, want string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := fmt.Sprintf("<!-- %s: made by `go test . -update` -->\n", name), fmt.Sprintf("<!-- end of %s -->", name)
	before, rest, found := strings.Cut(string(raw), begin)
	is, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s: no place for %s", path, name)
	}
	if is == want {
		return
	}
	if !*update {
		t.Errorf("%s: %s is out of date; run `go test . -update`", path, name)
		return
	}
	if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// docs/roles.md says of every address who may ask for it, as the routes do.
func TestRolesAreDocumented(t *testing.T) {
	var b strings.Builder
	b.WriteString("| address | anyone |")
	for _, role := range models.Roles {
		fmt.Fprintf(&b, " %s |", role)
	}
	b.WriteString("\n| --- |" + strings.Repeat(" :-: |", 1+len(models.Roles)) + "\n")
	yes := map[bool]string{true: "●", false: ""}
	for _, r := range handlers.Table() {
		fmt.Fprintf(&b, "| `%s %s` | %s |", r.Method, r.Path, yes[len(r.Roles) == 0])
		for _, role := range models.Roles {
			fmt.Fprintf(&b, " %s |", yes[len(r.Roles) == 0 || slices.Contains(r.Roles, role)])
		}
		b.WriteString("\n")
	}
	madePart(t, "docs/roles.md", "routes", b.String())
}

// docs/operators.md lists every setting as config.yaml explains it.
func TestSettingsAreDocumented(t *testing.T) {
	var doc yaml.Node
	if err := yaml.Unmarshal(sarnakh.ConfigYAML, &doc); err != nil {
		t.Fatal(err)
	}
	rows := settingRows("", doc.Content[0])
	if len(rows) < 20 {
		t.Fatalf("only %d settings found", len(rows))
	}
	madePart(t, "docs/operators.md", "settings", "| setting | default | meaning |\n| --- | --- | --- |\n"+strings.Join(rows, ""))
}

// settingRows walks a mapping of config.yaml; a key's comment is what it means.
func settingRows(prefix string, mapping *yaml.Node) (rows []string) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		if value.Kind == yaml.MappingNode {
			rows = append(rows, settingRows(prefix+key.Value+".", value)...)
			continue
		}
		shown := ""
		if value.Value != "" {
			shown = "`" + value.Value + "`"
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s |\n", prefix+key.Value, shown, meaning(key.HeadComment)))
	}
	return rows
}

func meaning(comment string) string {
	if i := strings.LastIndex(comment, "\n\n"); i >= 0 { // what stands apart is about the whole file
		comment = comment[i+2:]
	}
	var words []string
	for line := range strings.Lines(comment) {
		words = append(words, strings.Fields(strings.TrimLeft(line, "# "))...)
	}
	return strings.ReplaceAll(strings.Join(words, " "), "|", "\\|")
}

// docs/contributors.md names every room, what it is for in the words of its package, and what it may import.
func TestRoomsAreDocumented(t *testing.T) {
	var b strings.Builder
	b.WriteString("| room | what it is for | may import, of ours |\n| --- | --- | --- |\n")
	for _, room := range slices.Sorted(maps.Keys(rooms)) {
		purpose := purposeOf(t, room)
		if purpose == "" || room == "." {
			continue // nothing in it, or only what is embedded
		}
		may := strings.Join(rooms[room], ", ")
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", room, purpose, may)
	}
	madePart(t, "docs/contributors.md", "rooms", b.String())
}

// purposeOf is the first sentence of a package's comment, without the words that begin it.
func purposeOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if text := f.Doc.Text(); strings.HasPrefix(text, "Package "+f.Name.Name+" ") {
			sentence := new(doc.Package).Synopsis(text)
			return strings.TrimPrefix(sentence, "Package "+f.Name.Name+" ")
		}
	}
	return ""
}

var parameter = regexp.MustCompile(`:(\w+)`)

// docs/addresses.md names every address that anyone may ask for.
func TestAddressesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("docs/addresses.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range handlers.Table() {
		address := parameter.ReplaceAllString(r.Path, "{$1}")
		if !strings.HasPrefix(r.Path, "/admin") && !strings.Contains(string(doc), address+"`") {
			t.Errorf("%s %s is not in it", r.Method, address)
		}
	}
}

var link = regexp.MustCompile(`(?:\]\(|(?:src|href)=")([^)\s"]+)`)

// Every link between documents leads somewhere; every picture is shown, and none is heavy.
func TestDocumentsHoldTogether(t *testing.T) {
	var heading = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	anchors := func(text string) (out []string) {
		for _, h := range heading.FindAllStringSubmatch(text, -1) {
			out = append(out, anchor(h[1]))
		}
		return out
	}
	shown := map[string]bool{}
	for name, text := range sources(t, ".", ".md") {
		if strings.Contains(name, "testdata") {
			continue // mails of tests
		}
		for _, l := range link.FindAllStringSubmatch(string(text), -1) {
			to, section, _ := strings.Cut(l[1], "#")
			if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
				continue
			}
			path := filepath.Join(filepath.Dir(name), to)
			if to == "" {
				path = name
			}
			shown[path] = true
			target, err := os.ReadFile(path)
			if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
				continue
			}
			if err != nil {
				t.Errorf("%s leads to %s, which is not there", name, l[1])
			} else if section != "" && !slices.Contains(anchors(string(target)), section) {
				t.Errorf("%s leads to %s: no such heading", name, l[1])
			}
		}
	}
	for name, picture := range sources(t, "docs/pictures", ".png") {
		if _, err := png.DecodeConfig(strings.NewReader(string(picture))); err != nil || len(picture) > 200_000 {
			t.Errorf("picture %s: %d bytes, %v", name, len(picture), err)
		}
		if !shown[filepath.Join("docs/pictures", name)] {
			t.Errorf("picture %s is shown nowhere", name)
		}
	}
}

// anchor is the name that a heading gets where Markdown is shown.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 0x7f && r != '«' && r != '»' && r != '،' && r != '؟' && r != '…':
			b.WriteRune(r)
		}
	}
	return b.String()
}
