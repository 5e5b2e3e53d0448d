package i18n

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
)

//go:embed messages
var messageFiles embed.FS

// catalog holds the messages of one language by key.
type catalog map[string]message

var pluralNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// load merges every YAML file of a folder. Keys are nested or flat ("lead: {hot: Hot}" and
// "lead.hot: Hot" are the same key); all mistakes of all files are reported together.
func load(files fs.FS, dir string) (catalog, error) {
	names, err := fs.Glob(files, dir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	c := catalog{}
	var problems []error
	for _, name := range names {
		if err := c.read(files, name); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
	}
	return c, errors.Join(problems...)
}

func (c catalog) read(files fs.FS, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return err
	}
	if len(doc.Content) == 0 { // nothing but comments
		return nil
	}
	return c.add("", doc.Content[0])
}

// add walks the nodes themselves: decoding into Go values would read a key or text like NO as false.
func (c catalog) add(key string, n *yaml.Node) error {
	switch {
	case n.Kind == yaml.ScalarNode:
		t, err := c.text(key, n)
		if err != nil {
			return err
		}
		return c.put(key, n, message{other: t})
	case n.Kind != yaml.MappingNode:
		return fmt.Errorf("line %d: %s is neither a text nor a map", n.Line, key)
	case isPlural(n):
		return c.addPlural(key, n)
	}
	var problems []error
	for pair := range slices.Chunk(n.Content, 2) {
		problems = append(problems, c.add(strings.TrimPrefix(key+"."+pair[0].Value, "."), pair[1]))
	}
	return errors.Join(problems...)
}

func (c catalog) addPlural(key string, n *yaml.Node) error {
	m := message{forms: map[plural.Form]text{}}
	for pair := range slices.Chunk(n.Content, 2) {
		t, err := c.text(key, pair[1])
		if err != nil {
			return err
		}
		m.forms[pluralNames[pair[0].Value]] = t
	}
	m.other = m.forms[plural.Other]
	return c.put(key, n, m)
}

func (c catalog) text(key string, n *yaml.Node) (text, error) {
	s := strings.TrimSuffix(n.Value, "\n") // what a block scalar ends with
	if s == "" || n.Kind != yaml.ScalarNode {
		return nil, fmt.Errorf("line %d: %s has no text", n.Line, key)
	}
	t, err := compile(s)
	if err != nil {
		return nil, fmt.Errorf("line %d: %s: %w", n.Line, key, err)
	}
	return t, nil
}

func (c catalog) put(key string, n *yaml.Node, m message) error {
	if _, ok := c[key]; ok {
		return fmt.Errorf("line %d: %s is there twice", n.Line, key)
	}
	c[key] = m
	return nil
}

// isPlural tells a plural message from a map of keys: all its keys are plural categories, "other" and
// at least one more.
func isPlural(n *yaml.Node) bool {
	other := false
	for pair := range slices.Chunk(n.Content, 2) {
		if _, ok := pluralNames[pair[0].Value]; !ok || pair[1].Kind != yaml.ScalarNode {
			return false
		}
		other = other || pair[0].Value == "other"
	}
	return other && len(n.Content) > 2
}
