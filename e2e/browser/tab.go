package browser

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// A Tab is a page in the hands of a person.
type Tab struct {
	Close func()

	person Person
	ctx    context.Context
	width  int64
	err    error

	mu    sync.Mutex
	seen  []string
	asked int
	loads map[network.RequestID]*Load
	order []*Load
}

// patience is how long one step may take.
const patience = 30 * time.Second

// Err is the first thing that went wrong, and clears it.
func (t *Tab) Err() error {
	err := t.err
	t.err = nil
	return err
}

func (t *Tab) failed(what string, err error) {
	if t.err == nil && err != nil {
		t.err = fmt.Errorf("%s: %w", what, err)
	}
}

// perform runs an action unless something went wrong before.
func perform[T any](t *Tab, what string, a chromedp.Action[T]) (out T) {
	if t.err != nil {
		return out
	}
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, a)
	t.failed(what, err)
	return out
}

func (t *Tab) do(a chromedp.Action[chromedp.Void]) { perform(t, "browser", a) }

func call[P, R any](t *Tab, cmd cdp.Command[P, R], params P) R {
	return perform(t, cmd.Method, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, cmd, params)
	})
}

// Open goes to a path of the site and returns the answer's status.
func (t *Tab) Open(path string) int {
	t.forget()
	r := perform(t, "open "+path, chromedp.NavigateResponse(t.person.Site+path))
	return status(r)
}

func status(r *network.Response) int {
	if r == nil {
		return 0
	}
	return int(r.Status)
}

// Press clicks on what a selector finds, and returns the status of the page that it leads to.
func (t *Tab) Press(selector string) int {
	if t.err != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	r, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	t.failed("press "+selector, err)
	return status(r)
}

// Click clicks on what stays on the page: a box, a radio button's label.
func (t *Tab) Click(selector string) {
	perform(t, "click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// Fill replaces what is in a field, as pasting does.
func (t *Tab) Fill(selector, text string) {
	perform(t, "fill "+selector, chromedp.Focus(chromedp.CSS(selector)))
	Eval[Nothing](t, fmt.Sprintf(`document.querySelector(%q).value = ""`, selector))
	call(t, input.InsertText, input.InsertTextParams{Text: text})
}

// Attach chooses a file of this computer in a file input.
func (t *Tab) Attach(selector, path string) {
	t.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{path}))
}

// Choose picks an option of a select by its value.
func (t *Tab) Choose(selector, value string) {
	perform(t, "choose "+selector, chromedp.SetValue(chromedp.CSS(selector), value))
}

// Set writes an attribute of what a selector finds, which nobody at a browser could.
func (t *Tab) Set(selector, name, value string) {
	perform(t, "set "+selector, chromedp.SetAttributeValue(chromedp.CSS(selector), name, value, chromedp.NodeReady))
}

// Nothing is what an expression gives that is asked for what it does.
type Nothing = chromedp.Void

// Eval asks the page; it works without the page's own scripts too.
func Eval[T any](t *Tab, expression string) T {
	return perform(t, "eval "+expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Text is what can be read in what a selector finds first; the whole page for "body". White space is one blank.
func (t *Tab) Text(selector string) string {
	text := Eval[string](t, fmt.Sprintf("document.querySelector(%q)?.innerText ?? ''", selector))
	return strings.Join(strings.Fields(text), " ")
}

// All is what can be read in each thing that a selector finds.
func (t *Tab) All(selector string) []string {
	return Eval[[]string](t, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.innerText.split(/\s+/).join(" ").trim())`, selector))
}

// Has tells whether a selector finds anything.
func (t *Tab) Has(selector string) bool {
	return Eval[bool](t, fmt.Sprintf("document.querySelector(%q) !== null", selector))
}

// Attr is an attribute of what a selector finds first.
func (t *Tab) Attr(selector, name string) string {
	return Eval[string](t, fmt.Sprintf("document.querySelector(%q)?.getAttribute(%q) ?? ''", selector, name))
}

// Title is the page's title.
func (t *Tab) Title() string { return perform(t, "title", chromedp.Title()) }

// Path is where the page is, with its query.
func (t *Tab) Path() string {
	return strings.TrimPrefix(perform(t, "location", chromedp.Location()), t.person.Site)
}

// Forget loses the site's cookies, as time does: who was signed in no longer is.
func (t *Tab) Forget() {
	perform(t, "forget", func(ctx context.Context, _ *chromedp.Target) (cdp.Empty, error) {
		return chromedp.CallBrowser(ctx, storage.ClearCookies, storage.ClearCookiesParams{BrowserContextID: chromedp.FromContext(t.ctx).BrowserContextID})
	})
}

// Resize changes the width of the window.
func (t *Tab) Resize(width int64) {
	t.width = width
	t.window(t.height())
}

func (t *Tab) height() int64 {
	if t.width < 600 {
		return 844
	}
	return 900
}

func (t *Tab) window(height int64) { t.do(chromedp.EmulateViewport(t.width, height)) }

// Dark sets the colours that the person's system asks for.
func (t *Tab) Dark(on bool) {
	scheme := "light"
	if on {
		scheme = "dark"
	}
	call(t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

// Kept is what the site has left with the browser: cookies and the like.
func (t *Tab) Kept() (out []string) {
	jar := perform(t, "cookies", func(ctx context.Context, _ *chromedp.Target) (storage.GetCookiesResult, error) {
		return chromedp.CallBrowser(ctx, storage.GetCookies, storage.GetCookiesParams{BrowserContextID: chromedp.FromContext(t.ctx).BrowserContextID})
	})
	for _, c := range jar.Cookies {
		out = append(out, "cookie "+c.Name)
	}
	if n := Eval[int](t, "localStorage.length + sessionStorage.length"); n > 0 {
		out = append(out, fmt.Sprintf("%d values in the page's storage", n))
	}
	return out
}

// Picture is the whole page as PNG. The window is made as high as the page for it: beyond the window Chromium
// draws pages that run from right to left in the wrong place.
func (t *Tab) Picture() []byte {
	Eval[bool](t, "document.fonts.ready.then(() => true)")
	t.window(max(Eval[int64](t, "document.documentElement.scrollHeight"), t.height()))
	picture := perform(t, "picture", chromedp.CaptureScreenshot())
	t.window(t.height())
	return picture
}

// Shown tells whether a person sees what a selector finds first.
func (t *Tab) Shown(selector string) bool {
	return Eval[bool](t, fmt.Sprintf("!!document.querySelector(%q)?.checkVisibility()", selector))
}

// Back presses the browser's own button.
func (t *Tab) Back() { perform(t, "back", chromedp.NavigateBack()) }

// conditions of the network; -1 is no limit. The command is not among cdproto's any more, and its successor takes no
// condition back.
type conditions struct {
	Offline  bool    `json:"offline"`
	Latency  float64 `json:"latency"`
	Download float64 `json:"downloadThroughput"`
	Upload   float64 `json:"uploadThroughput"`
}

// Offline takes the connection away, and gives it back.
func (t *Tab) Offline(on bool) {
	call(t, cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}, conditions{Offline: on, Download: -1, Upload: -1})
}
