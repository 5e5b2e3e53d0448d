// Command dev runs the program, and builds and starts it again at each change of what it is made of: Go,
// templates, styles, words, settings. Run it from the root of the repository: go run ./tools/dev
//
// templ's own watcher does less here: it swaps the text of templates in a running program, but the public
// pages are kept in memory, and styles and words are compiled in.
package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// lookEvery is how often the sources are looked at: a stat for each file, some milliseconds.
const lookEvery = 300 * time.Millisecond

func main() {
	log.SetFlags(0)
	log.SetPrefix("dev: ")
	args := os.Args[1:]
	if len(args) == 0 {
		args = []string{"serve"}
	}
	dir, err := os.MkdirTemp("", "sarnakh-dev-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	for ctx.Err() == nil {
		seen := sources()
		run, end := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() { defer close(ended); start(run, filepath.Join(dir, "sarnakh"), args) }()
		for ctx.Err() == nil && sources() == seen {
			time.Sleep(lookEvery)
		}
		end()
		<-ended
	}
}

// start generates, builds and runs. What does not build is said, and the next change tries again.
func start(ctx context.Context, binary string, args []string) {
	if !do(ctx, "go", "tool", "templ", "generate", "-lazy", "-log-level", "error") || !do(ctx, "go", "build", "-o", binary, "./cmd/sarnakh") {
		return
	}
	do(ctx, binary, args...)
}

// do runs a command, and asks it to end when ctx does.
func do(ctx context.Context, name string, args ...string) bool {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	err := cmd.Run()
	if err != nil && ctx.Err() == nil {
		log.Printf("%s: %v; waiting for a change", filepath.Base(name), err)
	}
	return err == nil
}

// endings of the files that the program is made of.
var endings = []string{".go", ".templ", ".css", ".js", ".svg", ".png", ".woff2", ".yaml", ".sql", ".txt", ".mod"}

// sources is a number that changes with any of those files. What templ generates is left out: it follows.
func sources() uint64 {
	sum := fnv.New64a()
	_ = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch name := filepath.Base(path); {
		case err != nil: // gone meanwhile
			return nil
		case d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || slices.Contains([]string{"data", "docs", "e2e", "bench", "shots", "tools"}, path)):
			return fs.SkipDir
		case d.IsDir(), strings.HasSuffix(name, "_templ.go"), strings.HasSuffix(name, "_test.go"), !slices.Contains(endings, filepath.Ext(name)):
			return nil
		}
		if info, err := d.Info(); err == nil {
			fmt.Fprintln(sum, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return sum.Sum64()
}
