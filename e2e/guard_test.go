package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/scenes"
)

// What was typed and not saved is asked about before it is left behind; what is saved, also by an upload beside it, is not
// (C3: nothing typed is lost).
func TestUnsavedTypingIsAskedAbout(t *testing.T) {
	t.Parallel()
	server := serve(t, "locale=en")
	tab := sit(t, browser.Person{Site: server.URL, Language: "en"})
	n := nurturing{locale: "en", tab: tab}
	n.enter(t, got(server.OwnerLink())(t))
	tab.Open("/admin/campaigns")
	tab.Open(scenes.EditorOf(tab, "/p/playbook"))
	tab.Press(".tabs a[href$='/offer']")
	tab.Type("#f-title", "Typed and left")
	tab.Press(".tabs a[href$='/form']")
	if tab.Asked() != 1 {
		t.Errorf("leaving a typed title was asked about %d times", tab.Asked())
	}
	tab.Press(".tabs a[href$='/offer']")
	file := filepath.Join(t.TempDir(), "third.pdf")
	must(t, os.WriteFile(file, []byte("%PDF-1.7 a third one"), 0o600))
	tab.Type("#f-title", "Typed, and a file chosen")
	tab.Attach("#f-file", file)
	tab.Press("[formaction$='/files']")
	if title := browser.Eval[string](tab, `document.querySelector("#f-title").value`); title != "Typed, and a file chosen" || len(tab.All(".file__name")) != 3 {
		t.Errorf("after the upload it is called %q, with %q", title, tab.All(".file__name"))
	}
	tab.Press(".tabs a[href$='/form']")
	if tab.Asked() != 1 {
		t.Error("it was asked about what is saved")
	}
	told(t, tab)
}
