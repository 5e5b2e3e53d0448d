package main

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Every command has its line in the handbook, and the handbook has no other.
func TestCommandsAreDocumented(t *testing.T) {
	handbook, err := os.ReadFile("../../docs/operators.md")
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(new(cli), kong.Name("sarnakh"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, leaf := range parser.Model.Leaves(true) {
		row := "| `sarnakh " + commandPath(leaf) + "` |"
		known[row] = true
		if !strings.Contains(string(handbook), "\n"+row) {
			t.Errorf("docs/operators.md lacks the row %s", row)
		}
	}
	for line := range strings.Lines(string(handbook)) {
		if end := strings.Index(line, "` |"); strings.HasPrefix(line, "| `sarnakh ") && !known[line[:end+3]] {
			t.Errorf("docs/operators.md has %s, which is no command", line[:end+3])
		}
	}
}

// commandPath is a command as it is typed, without its arguments.
func commandPath(n *kong.Node) string {
	if n.Parent == nil || n.Parent.Type == kong.ApplicationNode {
		return n.Name
	}
	return commandPath(n.Parent) + " " + n.Name
}
