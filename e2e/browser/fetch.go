package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Download is a file that a page gave.
type Download struct {
	Path    string // on the site
	Name    string
	Content []byte
}

// Download presses what a selector finds, and waits for the file that it leads to. The page stays.
func (t *Tab) Download(selector, dir string) Download {
	return perform(t, "download "+selector, func(ctx context.Context, target *chromedp.Target) (d Download, err error) {
		yes := true
		if _, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &yes,
			BrowserContextID: chromedp.FromContext(t.ctx).BrowserContextID}); err != nil {
			return d, err
		}
		begun, going := chromedp.BrowserEvents(ctx, browser.DownloadWillBegin), chromedp.BrowserEvents(ctx, browser.DownloadProgress)
		if _, err := chromedp.Click(chromedp.CSS(selector))(ctx, target); err != nil {
			return d, err
		}
		id := ""
		for e, err := range begun {
			if err != nil {
				return d, err
			}
			if strings.HasPrefix(e.URL, t.person.Site) { // other tabs download too
				id, d.Path, d.Name = e.GUID, strings.TrimPrefix(e.URL, t.person.Site), e.SuggestedFilename
				break
			}
		}
		for e, err := range going {
			if err != nil {
				return d, err
			}
			if e.GUID == id && e.State == browser.DownloadProgressStateCompleted {
				break
			}
		}
		d.Content, err = os.ReadFile(filepath.Join(dir, id))
		return d, err
	})
}

// FrameText is what can be read in the page's frame.
func (t *Tab) FrameText() string {
	return strings.Join(strings.Fields(InFrame[string](t, `document.body?.innerText ?? ""`)), " ")
}

// InFrame asks the page's frame; it answers nothing where there is none, or another page is just coming into it.
func InFrame[T any](t *Tab, expression string) T {
	return perform(t, "frame", func(ctx context.Context, target *chromedp.Target) (out T, err error) {
		tree, err := cdp.Call(ctx, target, page.GetFrameTree, cdp.Empty{})
		if err != nil || len(tree.FrameTree.ChildFrames) == 0 {
			return out, err
		}
		world, err := cdp.Call(ctx, target, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: tree.FrameTree.ChildFrames[0].Frame.ID})
		if err != nil {
			return out, err
		}
		out, err = chromedp.Evaluate[T](expression, func(p *runtime.EvaluateParams) { p.ContextID = world.ExecutionContextID })(ctx, target)
		if err != nil && strings.Contains(err.Error(), "Cannot find context") {
			err = nil
		}
		return out, err
	})
}
