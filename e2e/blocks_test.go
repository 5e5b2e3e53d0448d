package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
)

// withBlocks is a server with campaigns of every block, which visitors see at once.
func withBlocks(t *testing.T, settings ...string) *program.Program {
	t.Helper()
	server := serve(t, settings...)
	must(t, scenes.PublishBlocks(server.Dir))
	for range 50 {
		if got(server.Client().Get("/p/"+scenes.OverSlug("en")))(t).StatusCode == http.StatusGone {
			return server
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the campaigns are not published")
	return nil
}

// A page of all blocks, in both languages, with script and without: pictures come in a width that suits the window and
// move nothing when they arrive; the countdown says when, and counts where it can; the film's site is asked for nothing
// until somebody presses play (C2).
func TestBlocks(t *testing.T) {
	server := withBlocks(t)
	for _, locale := range scenes.Locales {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", locale, !noScript), func(t *testing.T) {
				t.Parallel()
				tab := sit(t, browser.Person{Site: server.URL, Language: locale, NoScript: noScript})
				tab.Resize(browser.Phone)
				tab.Open("/p/" + scenes.AllBlocks(locale))
				tab.Rest()
				seesPictures(t, tab)
				seesCountdown(t, tab, locale, noScript)
				told(t, tab) // nothing was asked of anyone else
				playsFilm(t, tab, noScript)
			})
		}
	}
}

func seesPictures(t *testing.T, tab *browser.Tab) {
	t.Helper()
	const hero = "document.querySelector('.lp-image')"
	if !browser.Eval[bool](tab, hero+".complete && "+hero+".naturalWidth > 0") {
		t.Error("the hero's picture has not arrived")
	}
	if width := browser.Eval[int](tab, "Number(new URL("+hero+".currentSrc).pathname.length > 0) && "+hero+".naturalWidth"); width > 1280 {
		t.Errorf("a phone was sent a picture of %d px", width)
	}
	if lazy := tab.All("img[loading=lazy]"); len(lazy) < 3 {
		t.Errorf("%d pictures wait until they are seen", len(lazy))
	}
	for _, load := range tab.Loads() {
		if strings.Contains(load.URL, "/media/") && load.Bytes == 0 {
			t.Errorf("%s came empty", load.URL)
		}
	}
	shift := browser.Eval[float64](tab, `(() => { let sum = 0; const o = new PerformanceObserver(() => {});
		o.observe({type: "layout-shift", buffered: true}); for (const e of o.takeRecords()) sum += e.value; return sum; })()`)
	if shift > .01 {
		t.Errorf("the page moved by %.3f", shift)
	}
}

var counted = map[string]*regexp.Regexp{"fa": regexp.MustCompile(`^[۰-۹]{2}$`), "en": regexp.MustCompile(`^[0-9]{2}$`)}

func seesCountdown(t *testing.T, tab *browser.Tab, locale string, noScript bool) {
	t.Helper()
	when := tab.Text(".lp-count__when")
	for _, part := range map[string][]string{"fa": {"۱ فروردین ۱۴۱۹", "به وقت تهران"}, "en": {"20 March 2040", "time of Tehran"}}[locale] {
		if !strings.Contains(when, part) {
			t.Errorf("the countdown says %q", when)
		}
	}
	if tab.Shown(".lp-count__run") == noScript || tab.Shown(".lp-count__after") {
		t.Error("the running numbers are shown without a script, or hidden with one, or it is over")
	}
	if seconds := tab.Text("[data-part=seconds]"); !noScript && !counted[locale].MatchString(seconds) {
		t.Errorf("%q seconds", seconds)
	}
	if noScript {
		return
	}
	// The end comes while the page is open: what comes after is said.
	browser.Eval[browser.Nothing](tab, "void (Date.now = () => new Date('2041-01-01').getTime())")
	for range 30 {
		if tab.Shown(".lp-count__after") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if !tab.Shown(".lp-count__after") || tab.Shown(".lp-count__run") || tab.Shown(".lp-count__when") {
		t.Error("the countdown goes on after its end")
	}
}

func playsFilm(t *testing.T, tab *browser.Tab, noScript bool) {
	t.Helper()
	if noScript {
		if page := tab.Attr(".lp-video a", "href"); !strings.HasPrefix(page, "https://www.") {
			t.Errorf("without a script the film is at %q", page)
		}
		return
	}
	embed := tab.Attr(".lp-video", "data-embed")
	tab.Click(".lp-video__play")
	if src := tab.Attr(".lp-video iframe", "src"); src != embed || tab.Attr(".lp-video iframe", "title") == "" {
		t.Errorf("plays %q", src)
	}
	must(t, tab.Err())
	for _, said := range tab.Noticed() { // the film's site is another, which there is no way to here
		if strings.Contains(said, "Content Security Policy") {
			t.Error(said)
		}
	}
}

// A marketer adds a picture from the computer, with its description, and finds it in the collection, with script and
// without; what is no picture is refused beside the field.
func TestPicturesAreAdded(t *testing.T) {
	var photo bytes.Buffer
	must(t, jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 900, 600)), nil))
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "hall.jpg"), filepath.Join(dir, "hall.svg")
	must(t, os.WriteFile(good, photo.Bytes(), 0o600))
	must(t, os.WriteFile(bad, []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), 0o600))
	for _, noScript := range []bool{false, true} {
		t.Run(fmt.Sprintf("script=%t", !noScript), func(t *testing.T) {
			t.Parallel()
			server := serve(t, "locale=en")
			tab := sit(t, browser.Person{Site: server.URL, Language: "en", NoScript: noScript})
			tab.Open(got(server.AddUser(ownerEmail, "marketer", "Mina"))(t))
			tab.Fill("#f-password", ownerPassword)
			tab.Press(".gate .btn--primary")
			tab.Open("/admin/media")
			tab.Attach("#f-file", bad)
			tab.Fill("#f-alt", "A hall")
			if status := tab.Press(".media__add .btn--primary"); status != http.StatusUnprocessableEntity || !strings.Contains(tab.Text("#f-file-error"), "PNG, JPEG or WebP") {
				t.Errorf("an SVG answered %d: %q", status, tab.Text("main"))
			}
			tab.Attach("#f-file", good)
			tab.Press(".media__add .btn--primary")
			if alt := tab.Attr(".media__item img", "alt"); alt != "A hall" {
				t.Errorf("the picture shows %q", alt)
			}
			if names := tab.All(".media__name"); len(names) != 1 || names[0] != "hall.jpg" {
				t.Errorf("pictures: %q", names)
			}
			must(t, tab.Err())
		})
	}
}
