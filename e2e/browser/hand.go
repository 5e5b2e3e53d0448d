package browser

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Wait waits until a selector finds something, which a script of the page puts there.
func (t *Tab) Wait(selector string) {
	t.Until("wait for "+selector, func() bool { return t.Has(selector) })
}

// Until waits until something is so.
func (t *Tab) Until(what string, so func() bool) {
	for begin := time.Now(); t.err == nil && !so(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begin) > patience {
			t.failed(what, fmt.Errorf("not within %s", patience))
		}
	}
}

// middle is where the middle of an element is in the window.
const middle = `(() => { const b = document.querySelector(%q).getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`

// Drag takes what one selector finds, by its middle, to the middle of what another finds, in a few moves as a hand does.
func (t *Tab) Drag(from, to string) {
	a, b := Eval[[]float64](t, fmt.Sprintf(middle, from)), Eval[[]float64](t, fmt.Sprintf(middle, to))
	if t.err != nil || len(a) != 2 || len(b) != 2 {
		return
	}
	t.mouse(input.DispatchMouseEventTypeMousePressed, a[0], a[1], 1)
	for i := range 12 {
		part := float64(i+1) / 12
		t.mouse(input.DispatchMouseEventTypeMouseMoved, a[0]+(b[0]-a[0])*part, a[1]+(b[1]-a[1])*part, 1)
		time.Sleep(20 * time.Millisecond)
	}
	t.mouse(input.DispatchMouseEventTypeMouseReleased, b[0], b[1], 1)
}

// Type replaces what is in a field as a person does, whose page hears of each change; nothing empties it.
func (t *Tab) Type(selector, text string) {
	Eval[bool](t, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.select(); return document.execCommand("delete"); })()`, selector))
	if text != "" {
		call(t, input.InsertText, input.InsertTextParams{Text: text})
	}
}

// control is Control among the modifiers of a key.
const control = 2

// Control presses a letter with the Control key held.
func (t *Tab) Control(letter string) {
	for _, kind := range [...]input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Modifiers: control, Key: letter, Code: "Key" + string(letter[0]-'a'+'A'), WindowsVirtualKeyCode: int64(letter[0] - 'a' + 'A')})
	}
}

// Paste presses the keys that paste what was copied, where the cursor is.
func (t *Tab) Paste() {
	call(t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Modifiers: control, Key: "v", Code: "KeyV", WindowsVirtualKeyCode: 'V', Commands: []string{"paste"}})
	call(t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Modifiers: control, Key: "v", Code: "KeyV", WindowsVirtualKeyCode: 'V'})
}

// leave answers a page that asks whether to leave it: yes. It is asked while the tab is on its way, and so beside it.
func (t *Tab) leave() {
	_, _ = chromedp.Run(t.ctx, func(ctx context.Context, target *chromedp.Target) (cdp.Empty, error) {
		return cdp.Call(ctx, target, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	})
}

// Cold empties the browser's cache, as of a first visit.
func (t *Tab) Cold() { call(t, network.ClearBrowserCache, cdp.Empty{}) }

// inFrame is where the middle of something in a page's frame is on the page, which may show the frame smaller.
const inFrame = `(() => {
	const frame = document.querySelector(%q), e = frame.contentDocument.querySelector(%q);
	frame.scrollIntoView({block: "nearest"});
	e.scrollIntoView({block: "center"});
	const a = frame.getBoundingClientRect(), b = e.getBoundingClientRect(), scale = a.width / frame.offsetWidth;
	return [a.x + scale * (b.x + b.width / 2), a.y + scale * (b.y + b.height / 2)];
})()`

// ClickIn clicks on what a selector finds in the page of a frame.
func (t *Tab) ClickIn(frame, selector string) {
	t.clickAt(Eval[[]float64](t, fmt.Sprintf(inFrame, frame, selector)), 1)
}

// Twice clicks twice on what a selector finds, as people do who are used to double clicks.
func (t *Tab) Twice(selector string) {
	Eval[Nothing](t, fmt.Sprintf(`document.querySelector(%q).scrollIntoView({block: "center"})`, selector))
	t.clickAt(Eval[[]float64](t, fmt.Sprintf(middle, selector)), 2)
}

func (t *Tab) clickAt(at []float64, times int64) {
	if t.err != nil || len(at) != 2 {
		return
	}
	for n := range times {
		t.mouse(input.DispatchMouseEventTypeMousePressed, at[0], at[1], n+1)
		t.mouse(input.DispatchMouseEventTypeMouseReleased, at[0], at[1], n+1)
	}
}

func (t *Tab) mouse(kind input.DispatchMouseEventType, x, y float64, clicks int64) {
	call(t, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: clicks})
}
