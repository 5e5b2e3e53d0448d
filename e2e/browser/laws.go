package browser

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// apart evaluates in a world of its own beside the page's: neither is the page changed, nor does its security
// policy stand in the way.
func apart[T any](t *Tab, what, expression string) T {
	return perform(t, what, func(ctx context.Context, target *chromedp.Target) (out T, err error) {
		tree, err := cdp.Call(ctx, target, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return out, err
		}
		world, err := cdp.Call(ctx, target, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: tree.FrameTree.Frame.ID, WorldName: "test"})
		if err != nil {
			return out, err
		}
		return chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise,
			func(p *runtime.EvaluateParams) { p.ContextID = world.ExecutionContextID })(ctx, target)
	})
}

// audit runs axe by the rules of WCAG 2.2 AA, and returns a line for each thing found: from the top of the page, since what is
// scrolled lies under the bar that stays there. Frames are pages of their own, and of a long table the first rows speak for
// the others.
const audit = `scrollTo(0, 0), axe.run({include: [["html"]], exclude: [["tbody tr:nth-child(n+9)"]]}, {
	runOnly: %s, resultTypes: ["violations"], iframes: false,
}).then(r => JSON.stringify(r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.split("\n").slice(1).join(";")))))`

// What axe looks for: all of it, or only what depends on the colours.
const (
	AllRules    = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	ColourRules = `["color-contrast", "link-in-text-block"]`
)

// Axe looks at the page with axe-core, whose script it is given, and returns what it finds.
func (t *Tab) Axe(script, rules string) (found []string) {
	if !apart[bool](t, "axe", "typeof axe === 'object'") {
		apart[chromedp.Void](t, "axe", script)
	}
	raw := apart[string](t, "axe", fmt.Sprintf(audit, rules))
	if t.err == nil {
		t.failed("axe", json.Unmarshal([]byte(raw), &found))
	}
	return found
}

// outside finds what lies beyond the window's edges and can be seen there, but for rows that scroll by design.
const outside = `(() => {
	const out = [], width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth > width) out.push("the page is " + document.documentElement.scrollWidth + " wide");
	for (const e of document.body.querySelectorAll("*")) {
		const box = e.getBoundingClientRect();
		if (box.width < 2 || box.height < 2 || (box.left >= -1 && box.right <= width + 1)) continue;
		if (e.closest(".vh, .skip, svg, .tabs") || e.checkVisibility && !e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
		out.push(e.tagName.toLowerCase() + "." + e.className + " from " + Math.round(box.left) + " to " + Math.round(box.right));
	}
	return out;
})()`

// Sideways is what does not fit into the width of the window.
func (t *Tab) Sideways() []string {
	found := apart[[]string](t, "sideways", outside)
	if len(found) > 5 {
		found = append(found[:5], fmt.Sprintf("and %d more", len(found)-5))
	}
	return found
}
