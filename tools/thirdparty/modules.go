package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A Work is something of others that we carry.
type Work struct {
	Name, Version string
	Dir           string   // where its licence is
	Licences      []string // files in Dir; those that look like one where it is empty
}

// program and everything are what is listed: packages linked into the program, and all that tests and
// maintainers run. The platform is fixed, so that the list is the same wherever it is made.
var (
	program    = []string{"-deps", "./cmd/sarnakh"}
	everything = [][]string{{"-deps", "-test", "./..."}, {"-deps", "tool"}}
)

// modules are those that hold the packages that `go list` names.
func modules(root string, args ...string) ([]Work, error) {
	cmd := exec.Command("go", slices.Concat([]string{"list", "-json=Module"}, args)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=-mod=readonly")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var works []Work
	for d := json.NewDecoder(out); ; {
		var p struct {
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if m := p.Module; m != nil && !m.Main {
			works = append(works, Work{Name: m.Path, Version: m.Version, Dir: m.Dir})
		}
	}
	if err := cmd.Wait(); err != nil {
		return nil, fmt.Errorf("go list %s: %w\n%s", strings.Join(args, " "), err, said.String())
	}
	return tidy(works), nil
}

// tidy puts works in order, each once.
func tidy(works []Work) []Work {
	slices.SortFunc(works, func(a, b Work) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(works, func(a, b Work) bool { return a.Name == b.Name })
}

// inProgram are the modules linked into the program, and besides the modules that only tests and tools use.
func inProgram(root string) (linked, besides []Work, err error) {
	if linked, err = modules(root, program...); err != nil {
		return nil, nil, err
	}
	for _, args := range everything {
		more, err := modules(root, args...)
		if err != nil {
			return nil, nil, err
		}
		besides = append(besides, more...)
	}
	besides = slices.DeleteFunc(tidy(besides), func(w Work) bool {
		return slices.ContainsFunc(linked, func(l Work) bool { return l.Name == w.Name })
	})
	return linked, besides, nil
}
