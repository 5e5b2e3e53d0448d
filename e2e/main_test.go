// Package e2e tests the program from the outside: built, started and stopped as its users do, asked over HTTP
// and with a browser.
package e2e

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
)

// What all tests of a run share.
var (
	binary program.Binary
	chrome struct {
		once    sync.Once
		browser *browser.Browser
		err     error
	}
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "sarnakh-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if binary, err = program.Build(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if chrome.browser != nil {
			chrome.browser.Close()
		}
	}()
	return m.Run()
}

// needBrowser is the browser of this run. Where there is none, CI fails, and elsewhere the test says that it
// has not run.
func needBrowser(t *testing.T) *browser.Browser {
	t.Helper()
	chrome.once.Do(func() { chrome.browser, chrome.err = browser.Start() })
	if errors.Is(chrome.err, browser.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(chrome.err)
	}
	must(t, chrome.err)
	return chrome.browser
}

// serve starts a server over an empty database, and stops it after the test.
func serve(t *testing.T, settings ...string) *program.Program {
	t.Helper()
	p, err := binary.Start(filepath.Join(t.TempDir(), "data"), settings...)
	must(t, err)
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log("the server's log:\n" + p.Log())
		}
	})
	return p
}

// sit opens a tab on a server.
func sit(t *testing.T, person browser.Person) *browser.Tab {
	t.Helper()
	tab, err := needBrowser(t).NewTab(person)
	must(t, err)
	t.Cleanup(tab.Close)
	return tab
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got is a value, or the end of the test.
func got[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		must(t, err)
		return value
	}
}
