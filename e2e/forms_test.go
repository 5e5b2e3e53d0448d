package e2e

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
	"sarnakh/handlers/public"
	"sarnakh/links"
	"sarnakh/models"
)

// serveForms serves campaigns whose forms have conditions and steps.
func serveForms(t *testing.T, origins ...string) *program.Program {
	t.Helper()
	server := serve(t, "forms.per_network=0")
	must(t, scenes.PublishForms(server.Dir, origins...))
	for range 200 { // what is published is read once a second, and this one is the last
		if got(server.Client().Get("/p/steps-en"))(t).StatusCode == http.StatusOK {
			return server
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the forms are not published")
	return nil
}

// stored is what was answered to the newest form.
func stored(t *testing.T, server *program.Program) map[string]any {
	t.Helper()
	subs := got(server.Export("submissions"))(t)
	if len(subs) == 0 {
		t.Fatal("nothing is stored")
	}
	answers, _ := subs[len(subs)-1]["answers"].(map[string]any)
	return answers
}

// A question with a condition is asked of whom it concerns: with a script it comes and goes, without one a line says for
// whom it is. What does not apply is not stored, though it was typed (C4).
func TestConditionalQuestions(t *testing.T) {
	for _, locale := range scenes.Locales {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", locale, !noScript), func(t *testing.T) {
				t.Parallel()
				server := serveForms(t)
				tab := sit(t, browser.Person{Site: server.URL, Language: locale, NoScript: noScript})
				tab.Open("/p/" + scenes.OnePage(locale))
				if tab.Shown("#f-company") != noScript || tab.Shown("#f-company-when") != noScript {
					t.Errorf("before the choice the company is shown: %t, with its line: %t", tab.Shown("#f-company"), tab.Shown("#f-company-when"))
				}
				tab.Fill("#f-name", "Nora Hale")
				tab.Fill("#f-email", "nora@firm.example")
				tab.Click("label.seg:has([value=work])")
				if !tab.Shown("#f-company") {
					t.Error("after the choice the company is not asked")
				}
				if news := tab.Text("form [role=status]"); !noScript && news == "" {
					t.Error("nobody is told of the new question")
				}
				if status := tab.Press(scenes.Button); status != http.StatusUnprocessableEntity || !tab.Has("#f-company-error") || !tab.Shown("#f-company") {
					t.Errorf("without a company the form answered %d: %s", status, tab.Text(".errors"))
				}
				tab.Fill("#f-company", "Berkeh")
				if !tab.Shown("#f-seats") {
					t.Error("after the company the users are not asked")
				}
				tab.Fill("#f-seats", map[string]string{"fa": "۷", "en": "7"}[locale])
				tab.Click("label.seg:has([value=study])")
				if tab.Shown("#f-company") != noScript || tab.Shown("#f-seats") != noScript {
					t.Errorf("after another choice company and users are shown: %t, %t", tab.Shown("#f-company"), tab.Shown("#f-seats"))
				}
				if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Path(), "/thanks/") {
					t.Fatalf("it answered %d at %s: %s", status, tab.Path(), tab.Text(".errors"))
				}
				if a := stored(t, server); a["use"] != "study" || a["company"] != nil || a["seats"] != nil || a["code"] != "b7" {
					t.Errorf("stored is %v", a)
				}
				told(t, tab)
			})
		}
	}
}

// Of a long list of cities only those of the chosen province are offered.
func TestCitiesOfAProvince(t *testing.T) {
	t.Parallel()
	server := serveForms(t)
	tab := sit(t, browser.Person{Site: server.URL, Language: "en"})
	tab.Open("/p/one-en")
	groups := func() int {
		return browser.Eval[int](tab, `document.querySelectorAll("#f-city optgroup:not([hidden])").length`)
	}
	if all := groups(); all < 30 {
		t.Errorf("%d provinces have cities", all)
	}
	browser.Eval[browser.Nothing](tab, `document.querySelector("#f-province").selectedIndex = 3; document.querySelector("#f-province").dispatchEvent(new Event("input", {bubbles: true}))`)
	if one := groups(); one != 1 {
		t.Errorf("%d provinces are left", one)
	}
	told(t, tab)
}

// In steps each is checked by itself, and nothing typed is lost: not on the way back, by the form's button or the
// browser's, and not where a step that is not the visitor's is left out. Nothing is kept before the last (C4).
func TestStepsOfAForm(t *testing.T) {
	for _, noScript := range []bool{false, true} {
		t.Run(fmt.Sprintf("script=%t", !noScript), func(t *testing.T) {
			t.Parallel()
			server := serveForms(t)
			tab := sit(t, browser.Person{Site: server.URL, Language: "en", NoScript: noScript})
			tab.Open("/p/steps-en")
			token := tab.Attr("[name=_token]", "value")
			tab.Fill("#f-name", "Nora Hale")
			tab.Fill("#f-email", "nora@firm")
			if status := tab.Press(scenes.Button); status != http.StatusUnprocessableEntity || len(tab.All(".errors li")) != 1 {
				t.Errorf("a wrong address answered %d: %s", status, tab.Text(".errors"))
			}
			tab.Fill("#f-email", "nora@firm.example")
			if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Text(".lp-form__step"), "2 of 3") || !strings.Contains(tab.Title(), "step 2 of 3") {
				t.Errorf("the second step answered %d: %q, %q", status, tab.Title(), tab.Text(".lp-form__step"))
			}
			if focus := browser.Eval[string](tab, "document.activeElement.className"); focus != "lp-form__step" {
				t.Errorf("the focus is on %q", focus)
			}
			tab.Click("label.seg:has([value=work])")
			tab.Fill("#f-company", "Berkeh")
			tab.Press("[name=_back]") // half-way
			if name := tab.Attr("#f-name", "value"); name != "Nora Hale" || tab.Attr("[type=hidden][name=company]", "value") != "Berkeh" {
				t.Errorf("back at the first step the name is %q", name)
			}
			tab.Press(scenes.Button)
			if company := tab.Attr("#f-company", "value"); company != "Berkeh" || !tab.Has("[name=use][value=work]:checked") {
				t.Errorf("back at the second step the company is %q", company)
			}
			tab.Press(scenes.Button)
			tab.Fill("#f-seats", "7")
			tab.Back()
			if company := browser.Eval[string](tab, `document.querySelector("#f-company")?.value ?? document.title`); company != "Berkeh" {
				t.Errorf("by the browser's own way back the company is %q", company)
			}
			if subs := got(server.Export("submissions"))(t); len(subs) != 0 {
				t.Errorf("before the last step is stored: %v", subs)
			}
			tab.Press(scenes.Button)
			if same := tab.Attr("[name=_token]", "value"); same != token {
				t.Error("the token is another one")
			}
			tab.Fill("#f-seats", "7")
			tab.Click("label:has([name='consent.newsletter'])")
			if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Path(), "/thanks/") {
				t.Fatalf("the end answered %d at %s", status, tab.Path())
			}
			if a := stored(t, server); a["name"] != "Nora Hale" || a["company"] != "Berkeh" || a["seats"] != "7" || a["_step"] != nil {
				t.Errorf("stored is %v", a)
			}
			told(t, tab)
		})
	}
}

// Programs and plain HTML send a form in steps at once; one that was tampered with on its way is led back to the step that
// is wrong, with all the rest in place (C4).
func TestStepsAtOnce(t *testing.T) {
	t.Parallel()
	server := serveForms(t)
	client := server.Client()
	whole := url.Values{"name": {"Nora Hale"}, "email": {"nora@firm.example"}, "use": {"study"}}
	if a := got(client.Post("/p/steps-en", whole))(t); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the whole form answered %d", a.StatusCode)
	}
	whole.Set("email", "nora")
	whole.Set("_step", "3")
	whole.Set("seats", "x")
	whole.Set("start", "2026-11-21")
	a := got(client.Post("/p/steps-en", whole))(t)
	inputs := elements(t, a.Text, "input")
	if a.StatusCode != http.StatusUnprocessableEntity || attrOf(inputs, "name", "_step", "value") != "1" || attrOf(inputs, "name", "email", "value") != "nora" ||
		attrOf(inputs, "name", "start", "value") != "2026-11-21" {
		t.Errorf("a wrong first step at the end answered %d with step %s", a.StatusCode, attrOf(inputs, "name", "_step", "value"))
	}
	// A number of users is asked only of companies: without one its wrong answer is none.
	whole.Set("email", "nora2@firm.example")
	if a := got(client.Post("/p/steps-en", whole))(t); a.StatusCode != http.StatusSeeOther {
		t.Errorf("with a wrong answer that does not apply it answered %d", a.StatusCode)
	}
	if s := stored(t, server); s["seats"] != nil || s["start"] != "2026-11-21" {
		t.Errorf("stored is %v", s)
	}
}

// Whoever comes by a mail's link is asked only what is not known yet, and shown no more than the mask of their address;
// the token leaves the address bar; a stranger's and a stale one show the plain page (C1, C4).
func TestProgressiveLink(t *testing.T) {
	t.Parallel()
	server := serveForms(t)
	got(server.Client().Submit("/p/one-en", url.Values{"name": {"Nora Hale"}, "email": {"nora@firm.example"}, "use": {"work"}, "company": {"Berkeh"}}))(t)
	lead := got(server.Export("leads"))(t)[0].Text("id")
	link := got(scenes.Known(server, "one-en", lead))(t)
	tab := sit(t, browser.Person{Site: server.URL, Language: "en"})
	tab.Open(link + "&utm_source=mail")
	if tab.Has("#f-name") || tab.Has("#f-email") || tab.Has("#f-company") || !tab.Has("#f-use") {
		t.Errorf("asked is %q", tab.All("form label, form legend"))
	}
	page := tab.Text("body")
	if !strings.Contains(page, "n•••@firm.example") || strings.Contains(page, "Nora") || strings.Contains(page, "Berkeh") {
		t.Errorf("the page shows %q", tab.Text(".lp-form"))
	}
	if path := tab.Path(); path != "/p/one-en?utm_source=mail" {
		t.Errorf("the address is %s", path)
	}
	tab.Click("label.seg:has([value=study])")
	if status := tab.Press(scenes.Button); status != http.StatusOK || !strings.Contains(tab.Path(), "/thanks/") {
		t.Fatalf("it answered %d at %s: %s", status, tab.Path(), tab.Text(".errors"))
	}
	subs := got(server.Export("submissions"))(t)
	if len(subs) != 2 || subs[1].Text("lead_id") != lead || subs[1].Text("email") != "nora@firm.example" {
		t.Errorf("stored is %v", subs)
	}
	tab.Open(link)
	tab.Press(".lp-form__known a")
	if !tab.Has("#f-email") || tab.Path() != "/p/one-en" {
		t.Errorf("whoever is somebody else is at %s", tab.Path())
	}
	signed := got(server.Links())(t)
	for _, path := range []string{"/p/one-en?l=x", link[:len(link)-2], "/p/playbook" + link[strings.Index(link, "?"):], strings.Replace(signed.Preferences(refOf(t, lead)), "/prefs/", "/p/one-en?l=", 1)} {
		tab.Open(path)
		if !tab.Has("#f-email") || tab.Has(".lp-form__known") {
			t.Errorf("%s does not show the plain page", path)
		}
	}
	told(t, tab)
}

// The form stands on another site where the campaign names it: as high as it is, sending and thanking in its frame, keeping
// nothing in the browser; a site that is not named shows none (C4, C7).
func TestEmbeddedForm(t *testing.T) {
	t.Parallel()
	var snippet string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>%s`, snippet)
	}))
	defer elsewhere.Close()
	server := serveForms(t, elsewhere.URL)
	snippet = public.Snippet(server.URL, "one-en", "Form")
	frame := got(server.Client().Get("/p/one-en/embed"))(t)
	if policy := frame.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self' "+elsewhere.URL) || frame.Header.Get("X-Frame-Options") != "" || len(frame.Cookies()) > 0 {
		t.Errorf("the policy is %s, X-Frame-Options %s", policy, frame.Header.Get("X-Frame-Options"))
	}
	tab := sit(t, browser.Person{Site: elsewhere.URL, Language: "en"})
	tab.Open("/")
	height := func() int { return browser.Eval[int](tab, `+document.querySelector("iframe").height`) }
	for range 100 {
		if height() != 720 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if h := height(); h < 400 || h == 720 {
		t.Errorf("the frame is %d high", h)
	}
	if text := tab.FrameText(); !strings.Contains(text, "What is it for?") || strings.Contains(text, "Your question") {
		t.Errorf("in the frame stands %q", text)
	}
	browser.InFrame[browser.Nothing](tab, `document.querySelector("#f-name").value = "Nora Hale"; document.querySelector("#f-email").value = "nora@firm.example";
		document.querySelector("[value=study]").click(); document.querySelector("#get .btn--accent").click()`)
	for range 100 {
		if strings.Contains(tab.FrameText(), scenes.BoothCode) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if text := tab.FrameText(); !strings.Contains(text, scenes.BoothCode) {
		t.Errorf("thanks are %q", text)
	}
	must(t, tab.Err())
	leads := got(server.Export("leads"))(t)
	if len(leads) != 1 || leads[0].Text("source") != "127.0.0.1" {
		t.Errorf("leads: %v", leads)
	}
}

// A plain form on a site that is not named asks for one more press, all of it in place; on one that is named, and from a
// program, it is taken (I1).
func TestOriginsOfPlainForms(t *testing.T) {
	t.Parallel()
	server := serveForms(t, "https://shop.example")
	send := func(who string, headers ...string) program.Answer {
		body := url.Values{"name": {"Nora Hale"}, "email": {who + "@firm.example"}, "use": {"study"}}
		r := got(http.NewRequest(http.MethodPost, "/p/one-en", strings.NewReader(body.Encode())))(t)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return got(server.Client().Do(r))(t)
	}
	for _, c := range []struct {
		who     string
		headers []string
		status  int
		source  string
	}{
		{"program", nil, 303, ""},
		{"named", []string{"Origin", "https://shop.example"}, 303, "shop.example"},
		{"named-page", []string{"Referer", "https://shop.example/offers"}, 303, "shop.example"},
		{"ours", []string{"Origin", server.URL}, 303, ""},
		{"other", []string{"Origin", "https://evil.example"}, 422, ""},
		{"other-page", []string{"Referer", "https://evil.example/x"}, 422, ""},
		{"sandbox", []string{"Origin", "null"}, 422, ""},
		{"other-port", []string{"Origin", "https://shop.example:8443"}, 422, ""},
	} {
		a := send(c.who, c.headers...)
		if a.StatusCode != c.status {
			t.Errorf("%s answered %d", c.who, a.StatusCode)
		}
		if inputs := elements(t, a.Text, "input"); c.status == 422 {
			token := attrOf(inputs, "name", "_token", "value")
			if len(token) < 40 || attrOf(inputs, "name", "email", "value") != c.who+"@firm.example" || !strings.Contains(a.Text, "once more") {
				t.Errorf("%s: token %q", c.who, token)
			}
			again := url.Values{"_token": {token}, "name": {"Nora Hale"}, "email": {c.who + "@firm.example"}, "use": {"study"}}
			if a := got(server.Client().Post("/p/one-en", again))(t); a.StatusCode != http.StatusSeeOther {
				t.Errorf("%s, pressed once more, answered %d", c.who, a.StatusCode)
			}
		}
	}
	for _, lead := range got(server.Export("leads"))(t) {
		who, _, _ := strings.Cut(lead.Text("email"), "@")
		if source := lead.Text("source"); (strings.HasPrefix(who, "named") || who == "other-port") != (source == "shop.example") {
			t.Errorf("%s came from %q", who, source)
		}
	}
}

// A booth thanks, shows the code and goes back to the start; a form left half-way is emptied; without a connection it says
// so, keeps what is on the screen, and works again once there is one (C5).
func TestKiosk(t *testing.T) {
	t.Parallel()
	server := serveForms(t)
	tab := sit(t, browser.Person{Site: server.URL, Language: "fa"})
	tab.Open("/p/one-fa/kiosk?utm_source=fair")
	fill := func(email string) {
		tab.Fill("#f-name", "نرگس مهرآیین")
		tab.Fill("#f-email", email)
		tab.Click("label.seg:has([value=study])")
	}
	awaits := func(what, script string) {
		t.Helper()
		for range 120 {
			if browser.Eval[bool](tab, script) {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Errorf("%s: %.300s", what, tab.Text("main .lp-form, main .card, main .note"))
	}
	empty := `document.querySelector("#f-name")?.value === ""`
	browser.Eval[browser.Nothing](tab, `window.told = []; navigator.sendBeacon = (to, what) => window.told.push(to + "?" + what)`)

	tab.Offline(true)
	fill("narges@firm.example")
	tab.Click(scenes.Button)
	awaits("a lost connection is not told", `!!document.querySelector("[data-lost]")`)
	if browser.Eval[bool](tab, empty) {
		t.Error("without a connection what was typed is lost")
	}
	tab.Offline(false)
	tab.Click("[data-lost] button")
	awaits("no thanks", `!!document.querySelector("[data-back]")`)
	if text := tab.Text("main"); !strings.Contains(text, scenes.BoothCode) || strings.Contains(text, "narges@") {
		t.Errorf("thanks are %.300q", text)
	}
	tab.Click("[data-again]")
	awaits("it does not start again", empty)

	tab.Set("main", "data-idle", "2")
	tab.Fill("#f-name", "نیمه‌کاره")
	awaits("a form left half-way is not told of", `!!document.querySelector(".kiosk__idle")`)
	awaits("a form left half-way stays", empty)

	tab.Offline(true)
	tab.Set("main", "data-idle", "1")
	tab.Fill("#f-name", "نیمه‌کاره")
	awaits("without a connection a form left half-way stays", `!document.querySelector("#f-name")`)
	tab.Offline(false)
	awaits("it does not come back by itself", empty)
	const began = "/t?p=%2Fp%2Fone-fa%2Fkiosk&u=utm_source%3Dfair&v=1&f=1"
	if told := browser.Eval[[]string](tab, `window.told`); !slices.Equal(told, []string{began, began, began}) {
		t.Errorf("of three visitors is told %q", told)
	}
	if kept := tab.Kept(); len(kept) > 0 {
		t.Errorf("the browser keeps %v", kept)
	}
	must(t, tab.Err())
	leads := got(server.Export("leads"))(t)
	if len(leads) != 1 || leads[0].Text("source") != "fair" {
		t.Errorf("leads: %v", leads)
	}
	// Without a script the browser goes back by the header alone.
	client := server.Client()
	form := got(client.Fill("/p/one-en/kiosk", url.Values{"name": {"Nora"}, "email": {"nora@firm.example"}, "use": {"study"}}))(t)
	sent := got(client.Post("/p/one-en/kiosk", form))(t)
	thanks := got(client.Get(sent.Header.Get("Location")))(t)
	if back := thanks.Header.Get("Refresh"); back != "20; url=/p/one-en/kiosk" || len(thanks.Cookies()) > 0 {
		t.Errorf("%s goes back by %q", sent.Header.Get("Location"), back)
	}
	if c := got(server.Export("leads"))(t); c[1].Text("source") != "kiosk" {
		t.Errorf("leads: %v", c)
	}
}

// A booth whose campaign has ended says so, and not that the connection is lost (C5).
func TestEndOfABooth(t *testing.T) {
	t.Parallel()
	server := serveForms(t)
	tab := sit(t, browser.Person{Site: server.URL, Language: "en"})
	tab.Open("/p/one-en/kiosk")
	must(t, scenes.End(server.Dir, "one-en"))
	for range 100 {
		if got(server.Client().Get("/p/one-en"))(t).StatusCode == http.StatusGone {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	tab.Click(scenes.Button)
	for range 100 {
		if browser.Eval[bool](tab, `document.readyState === "complete" && !document.querySelector("[data-kiosk]")`) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if text := tab.Text("main"); strings.Contains(text, "connection") || !strings.Contains(text, "over") {
		t.Errorf("it says %.300q", text)
	}
	must(t, tab.Err())
}

// The code leads to the page with a source of its own, crisp at any size (C5, C7).
func TestQRCode(t *testing.T) {
	t.Parallel()
	server := serveForms(t)
	client := server.Client()
	for _, size := range []int{0, 100, 333, 2048} {
		path := "/p/one-en/qr.png?src=stand-3"
		if size > 0 {
			path += fmt.Sprint("&size=", size)
		}
		a := got(client.Get(path))(t)
		picture := got(png.Decode(strings.NewReader(a.Text)))(t)
		if side := picture.Bounds().Dx(); size > 0 && (side > size || side < size/2) || side != picture.Bounds().Dy() {
			t.Errorf("%s is %v", path, picture.Bounds())
		}
		if !strings.Contains(a.Header.Get("Cache-Control"), "public") {
			t.Errorf("%s: %s", path, a.Header.Get("Cache-Control"))
		}
	}
	svg := got(client.Get("/p/one-en/qr.svg"))(t)
	if svg.Header.Get("Content-Type") != "image/svg+xml" || strings.Count(svg.Text, "<path") != 1 {
		t.Errorf("%s: %.200s", svg.Header.Get("Content-Type"), svg.Text)
	}
	for path, status := range map[string]int{
		"/p/nothing/qr.svg": 404, "/p/one-en/qr.svg?src=A": 400, "/p/one-en/qr.svg?src=a%20b": 400, "/p/one-en/qr.png?size=5000": 400, "/p/one-en/qr.png?size=x": 400,
	} {
		if a := got(client.Get(path))(t); a.StatusCode != status {
			t.Errorf("%s answered %d, want %d", path, a.StatusCode, status)
		}
	}
}

func refOf(t *testing.T, lead string) links.Ref {
	return links.Ref{Lead: got(models.ParseID(lead))(t), At: time.Now()}
}
