// Package browser drives Chromium as people do: it opens pages, types, presses, and notices what a page should
// not do. A Tab keeps its first error, and does nothing after it, so that a whole story is told without
// asking after each step; Err says in the end how it went.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A Browser is one running Chromium.
type Browser struct {
	ctx  context.Context
	stop context.CancelFunc
}

// ErrMissing says that there is no Chromium on this machine.
var ErrMissing = errors.New("no Chromium found: install chromium to run what needs a browser")

var names = [...]string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Start starts Chromium without a window.
func Start() (*Browser, error) {
	path := ""
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, ErrMissing
	}
	// In one process with its page, the frame of a mail is heard by the tab.
	const off = "Translate,BlinkGenPropertyTrees,IsolateSandboxedIframes"
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-features", off),
		chromedp.Flag("hide-scrollbars", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return &Browser{ctx, stop}, nil
}

// Close ends Chromium.
func (b *Browser) Close() { b.stop() }

// A Person is who sits at a tab: a fresh profile that remembers nothing.
type Person struct {
	Site     string // the only place whose requests are none of anyone else's: http://127.0.0.1:1234
	Language string // that the browser asks for
	NoScript bool
}

// Widths that pages are looked at in, in CSS pixels.
const (
	Narrow  = 320
	Phone   = 390
	Desktop = 1280
)

// NewTab sits a person down at a tab as wide as a desktop.
func (b *Browser) NewTab(p Person) (*Tab, error) {
	t := &Tab{person: p, loads: map[network.RequestID]*Load{}}
	t.ctx, t.Close = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(t.hear))
	t.failed("open a tab", chromedp.Do(t.ctx)) // without a timeout, which would be that of the tab
	call(t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: p.NoScript})
	call(t, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": p.Language}})
	t.Resize(Desktop)
	t.Dark(false)
	return t, t.Err()
}
