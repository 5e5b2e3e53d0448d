package admin_test

import (
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/team"
)

// newcomer is somebody at a browser who is not signed in.
func (w *world) newcomer() *person {
	jar, _ := cookiejar.New(nil) // never fails
	return &person{w: w, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (w *world) user(email string) *models.User {
	w.t.Helper()
	return must(w.store.UserByEmail(w.ctx, email))(w.t)
}

// invitation is the path of the link in the newest invitation that is owed.
func (w *world) invitation() string {
	w.t.Helper()
	due := must(w.store.DueMail(w.ctx, []models.Class{models.ClassTransactional}, 50))(w.t)
	for i := len(due) - 1; i >= 0; i-- {
		if m := due[i].Message; m.Kind == models.MailInvite {
			mail, err := w.team.ComposeInvite(w.ctx, &m)
			if errors.Is(err, models.ErrNotFound) {
				continue
			}
			link := regexp.MustCompile(`https://leads\.example\.org(/admin/setup/\S+)`).FindStringSubmatch(must(mail, err)(w.t).Text)
			if link == nil {
				w.t.Fatal("no link in the mail")
			}
			return link[1]
		}
	}
	w.t.Fatal("no invitation is owed")
	return ""
}

var ava = url.Values{"name": {"Ava Noor"}, "email": {" Ava@Firm.example"}, "role": {"marketer"}, "locale": {"en"}}

const avaPassword = "three blue kettles"

// An owner asks somebody in by mail; they choose name, language and password, and are offered the second factor.
func TestInvite(t *testing.T) {
	w := newWorld(t, 1)
	owner := w.person(models.Owner)
	owner.post("/admin/team/new", url.Values{"email": {"ava@"}, "role": {"king"}}).says(t, 422, `href="#f-name"`, `href="#f-email"`, `href="#f-role"`, `href="#f-locale"`)
	if a := owner.post("/admin/team/new", ava); a.status != http.StatusSeeOther || a.location != "/admin/team" {
		t.Fatalf("inviting answered %d", a.status)
	}
	owner.get("/admin/team").says(t, 200, "on its way to <bdi>ava@firm.example", "Ava Noor", "Invited", "Marketer")
	owner.post("/admin/team/new", ava).says(t, 422, "already somebody with this address", `value="Ava Noor"`)
	link := w.invitation()
	guest := w.newcomer()
	guest.get(link).says(t, 200, "Welcome to the team", "Your role: Marketer", `value="Ava Noor"`, `value="ava@firm.example"`)
	guest.post(link, url.Values{"name": {""}, "locale": {"fa"}, "password": {"short"}}).says(t, 422, `href="#f-name"`, `href="#f-password"`)
	if a := guest.post(link, url.Values{"name": {"Ava"}, "email": {"other@firm.example"}, "locale": {"fa"}, "password": {avaPassword}}); a.location != "/admin/account/factor?welcome=1" {
		t.Fatalf("coming in answered %d, %s", a.status, a.location)
	}
	guest.get("/admin/account/factor?welcome=1").says(t, 200, `lang="fa"`, `class="qr"`, `href="/admin"`)
	if u := w.user("ava@firm.example"); u.Name != "Ava" || u.Locale != "fa" || u.Role != models.Marketer || u.State() != models.UserActive {
		t.Errorf("the user is %+v", u)
	}
	w.newcomer().get(link).says(t, 404, "no longer works")
	if _, err := w.team.ComposeInvite(w.ctx, &models.Message{ID: 1}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("an invitation that nobody sent: %v", err)
	}
	w.noted(t, "user.invite", "setup")
}

// noted fails the test where something was not written down.
func (w *world) noted(t *testing.T, actions ...string) {
	t.Helper()
	got := map[string]bool{}
	for _, e := range w.audited() {
		got[e.Action] = true
	}
	for _, a := range actions {
		if !got[a] {
			t.Errorf("%s is not noted", a)
		}
	}
}

// An invitation can be sent again, which ends the link before, and taken back.
func TestInvitedAgainAndTakenBack(t *testing.T) {
	w := newWorld(t, 1)
	owner := w.person(models.Owner)
	owner.post("/admin/team/new", ava)
	first, at := w.invitation(), "/admin/team/"+w.user("ava@firm.example").ID.String()
	owner.get(at).says(t, 200, at+"/again", at+"/take-back")
	if a := owner.post(at+"/again", nil); a.location != at {
		t.Fatalf("sending again answered %d", a.status)
	}
	second := w.invitation()
	w.newcomer().get(first).says(t, 404)
	w.newcomer().get(second).says(t, 200)
	if a := owner.post(at+"/take-back", nil); a.location != "/admin/team" {
		t.Fatalf("taking back answered %d", a.status)
	}
	owner.get("/admin/team").says(t, 200, "The invitation of <bdi>Ava Noor</bdi> is taken back")
	w.newcomer().get(second).says(t, 404)
	owner.get(at).says(t, 404)
	w.noted(t, "user.invite_again", "user.take_back")
}

// Who is disabled is out at once, wherever they are signed in, and can't come back in until they are let in again.
func TestDisable(t *testing.T) {
	w := newWorld(t, 1)
	owner, sales := w.person(models.Owner), w.person(models.Sales)
	at := "/admin/team/" + w.user(sales.email).ID.String()
	sales.get("/admin/leads").says(t, 200)
	owner.get(at).says(t, 200, at+"/disable", at+"/sign-out", "Signed in on")
	if a := owner.post(at+"/disable", nil); a.location != at {
		t.Fatalf("disabling answered %d", a.status)
	}
	if a := sales.get("/admin/leads"); a.status != http.StatusSeeOther || !strings.HasPrefix(a.location, "/admin/login") {
		t.Errorf("somebody disabled is answered %d", a.status)
	}
	door := url.Values{"email": {sales.email}, "password": {password}}
	sales.post("/admin/login", door).says(t, 422, "do not go together")
	owner.get(at).says(t, 200, "Disabled", at+"/enable")
	owner.post(at+"/enable", nil)
	if a := sales.post("/admin/login", door); a.status != http.StatusSeeOther {
		t.Errorf("somebody let in again is answered %d", a.status)
	}
	owner.post(at+"/sign-out", nil)
	if a := sales.get("/admin/leads"); a.status != http.StatusSeeOther {
		t.Errorf("somebody signed out everywhere is answered %d", a.status)
	}
	w.noted(t, "user.disable", "user.enable", "user.sign_out")
}

// The last owner stays one, and is told so; with another there, the role goes, and with it what it allows.
func TestLastOwner(t *testing.T) {
	w := newWorld(t, 1)
	owner := w.person(models.Owner)
	at := "/admin/team/" + w.user(owner.email).ID.String()
	if page := owner.get(at); strings.Contains(page.text, at+"/disable") || !strings.Contains(page.text, "Somebody has to own this server") {
		t.Error("the last owner may be disabled, or is not told why not")
	}
	for path, form := range map[string]url.Values{"/disable": nil, "/role": {"role": {"sales"}}} {
		owner.post(at+path, form).says(t, http.StatusConflict, `role="alert"`, "Somebody has to own this server")
	}
	marketer := w.person(models.Marketer)
	owner.post("/admin/team/"+w.user(marketer.email).ID.String()+"/role", url.Values{"role": {"owner"}})
	marketer.get("/admin/team").says(t, 200)
	if a := owner.post(at+"/role", url.Values{"role": {"analyst"}}); a.location != "/admin" {
		t.Errorf("giving the role up answered %d, %s", a.status, a.location)
	}
	owner.get("/admin/team").says(t, http.StatusForbidden)
	owner.post(at+"/role", url.Values{"role": {"owner"}}).says(t, http.StatusForbidden)
	marketer.post(at+"/role", url.Values{"role": {"king"}}).says(t, http.StatusBadRequest)
}

// Whoever could read an invitation could come in as whom it is to: in the mailbox only owners do.
func TestInvitationsAreNotReadByOthers(t *testing.T) {
	w := newWorld(t, 1)
	owner, marketer := w.person(models.Owner), w.person(models.Marketer)
	owner.post("/admin/team/new", url.Values{"name": {"Second"}, "email": {"second@firm.example"}, "role": {"owner"}, "locale": {"en"}})
	due := must(w.store.DueMail(w.ctx, []models.Class{models.ClassTransactional}, 50))(t)
	for _, view := range []string{"", "/html", "/text", "/raw"} {
		at := "/admin/mailbox/" + due[len(due)-1].ID.String() + view
		marketer.get(at).says(t, http.StatusForbidden)
		if a := owner.get(at); a.status != 200 {
			t.Errorf("an owner is answered %d", a.status)
		}
	}
}

const password = "tea with rock sugar"

var (
	sealedField = regexp.MustCompile(`name="sealed" value="([^"]*)"`)
	codeShown   = regexp.MustCompile(`<code class="code">([a-z0-9]{5}-[a-z0-9]{5})</code>`)
)

// factored turns somebody's second factor on, and returns its secret and the recovery codes.
func (p *person) factored(t *testing.T) (team.Secret, []string) {
	t.Helper()
	sealed := sealedField.FindStringSubmatch(p.get("/admin/account/factor").text)[1]
	secret := must(p.w.team.OpenSecret(p.w.user(p.email).ID, sealed))(t)
	p.post("/admin/account/factor", url.Values{"sealed": {sealed}, "code": {"000000"}, "present": {password}}).says(t, 422, "not the code of this moment", sealed[:0]+`name="sealed"`)
	p.post("/admin/account/factor", url.Values{"sealed": {sealed}, "code": {secret.Code(time.Now())}, "present": {"wrong"}}).says(t, 422, "not your present password")
	on := p.post("/admin/account/factor", url.Values{"sealed": {sealed}, "code": {secret.Code(time.Now())}, "present": {password}})
	on.says(t, 200, "The second factor is on")
	var codes []string
	for _, m := range codeShown.FindAllStringSubmatch(on.text, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	return secret, codes
}

// With a second factor the password alone opens nothing. Each code is good once, of the program and of those on paper.
func TestSecondFactor(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Sales)
	secret, codes := p.factored(t)
	p.get("/admin/account").says(t, 200, "10 recovery codes are left")
	door := url.Values{"email": {p.email}, "password": {password}, "next": {"/admin/leads?temperature=hot"}}
	enter := func(code string) answer {
		t.Helper()
		q := w.newcomer()
		q.post("/admin/login", door).says(t, 200, `name="code"`, "/admin/leads?temperature=hot")
		if a := q.get("/admin/leads"); a.status != http.StatusSeeOther {
			t.Fatalf("with the password alone /admin/leads answers %d", a.status)
		}
		return q.post("/admin/login/code", url.Values{"code": {code}, "next": door["next"]})
	}
	step := w.user(p.email).TOTPStep // of the code that turned it on
	if a := enter(secret.Code(time.Unix(step*30, 0))); a.status != 422 {
		t.Errorf("the code that turned it on was taken once more: %d", a.status)
	}
	next := secret.Code(time.Unix((step+1)*30, 0)) // a clock that is ahead: within the window, and not used yet
	if a := enter(next); a.status != http.StatusSeeOther || a.location != "/admin/leads?temperature=hot" {
		t.Errorf("a code is answered %d, %s", a.status, a.location)
	}
	enter(next).says(t, 422, "was used already")
	if a := enter(strings.ToUpper(codes[3])); a.status != http.StatusSeeOther {
		t.Errorf("a recovery code is answered %d", a.status)
	}
	enter(codes[3]).says(t, 422)
	p.get("/admin/account").says(t, 200, "9 recovery codes are left")
	w.newcomer().post("/admin/login/code", url.Values{"code": {codes[4]}}).says(t, 422, "took too long", `name="password"`)
	w.noted(t, "account.factor_on", "login", "login.recovery", "login.code_failed")
}

// Guessing codes gets slower each time, as guessing passwords does.
func TestGuessingCodesIsSlow(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Sales)
	p.factored(t)
	q := w.newcomer()
	q.post("/admin/login", url.Values{"email": {p.email}, "password": {password}})
	for range 5 {
		q.post("/admin/login/code", url.Values{"code": {"000000"}}).says(t, 422)
	}
	slow := q.post("/admin/login/code", url.Values{"code": {"000000"}})
	slow.says(t, http.StatusTooManyRequests)
	if slow.header.Get("Retry-After") == "" {
		t.Error("it is not said when to try again")
	}
}

// A changed password or a disabled user makes void what was half a sign-in.
func TestHalfASignInEnds(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Sales)
	_, codes := p.factored(t)
	q := w.newcomer()
	q.post("/admin/login", url.Values{"email": {p.email}, "password": {password}}).says(t, 200, `name="code"`)
	p.post("/admin/account/password", url.Values{"present": {password}, "password": {"a wholly other one"}})
	q.post("/admin/login/code", url.Values{"code": {codes[0]}}).says(t, 422, "took too long")
}

// Fresh recovery codes replace the old ones; the second factor goes with password and code, and not with one alone.
func TestFactorIsLookedAfter(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Sales)
	_, old := p.factored(t)
	p.post("/admin/account/codes", url.Values{"present": {"wrong"}}).says(t, 422, "f-codes-present-error")
	fresh := p.post("/admin/account/codes", url.Values{"present": {password}})
	fresh.says(t, 200, "Fresh codes are made")
	code := codeShown.FindStringSubmatch(fresh.text)[1]
	for what, form := range map[string]url.Values{
		"no password": {"code": {code}}, "wrong password": {"present": {"wrong"}, "code": {code}},
		"no code": {"present": {password}}, "an old code": {"present": {password}, "code": {old[0]}},
	} {
		if a := p.post("/admin/account/factor/off", form); a.status != 422 {
			t.Errorf("%s: %d", what, a.status)
		}
	}
	if a := p.post("/admin/account/factor/off", url.Values{"present": {password}, "code": {code}}); a.location != "/admin/account" {
		t.Errorf("turning it off answered %d", a.status)
	}
	p.get("/admin/account").says(t, 200, "The second factor is off")
	if u := w.user(p.email); u.TOTP != "" || len(u.Recovery) != 0 {
		t.Errorf("the user is %+v", u)
	}
	w.noted(t, "account.codes", "account.factor_off", "account.refused")
}

// A person sees where they are signed in, and ends what they don't know; both want the password. A changed password ends
// the others by itself.
func TestSessions(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Marketer)
	door := url.Values{"email": {p.email}, "password": {password}}
	others := []*person{w.newcomer(), w.newcomer(), w.newcomer()}
	for _, o := range others {
		o.post("/admin/login", door)
		if a := o.get("/admin/account"); a.status != 200 {
			t.Fatalf("signing in elsewhere: %d", a.status)
		}
	}
	in := func(o *person) bool { return o.get("/admin/account").status == 200 }
	page := p.get("/admin/account")
	page.says(t, 200, "127.0.0.1", "This one", "since just now")
	ends := regexp.MustCompile(`name="end" value="([0-9a-f]{64})"`).FindAllStringSubmatch(page.text, -1)
	if len(ends) != 3 {
		t.Fatalf("%d other sessions", len(ends))
	}
	p.post("/admin/account/sessions", url.Values{"end": {ends[0][1]}}).says(t, 422, "f-end-present-error")
	p.post("/admin/account/sessions", url.Values{"end": {strings.Repeat("0", 64)}, "present": {password}}).says(t, 404)
	p.post("/admin/account/sessions", url.Values{"end": {ends[0][1]}, "present": {password}})
	left := 0
	for _, o := range others {
		if in(o) {
			left++
		}
	}
	if left != 2 || !in(p) {
		t.Errorf("%d of three go on", left)
	}
	p.post("/admin/account/sessions", url.Values{"end": {"others"}, "present": {password}})
	for _, o := range others {
		if in(o) {
			t.Error("another session goes on")
		}
	}
	others[0].post("/admin/login", door)
	p.post("/admin/account/password", url.Values{"present": {password}, "password": {"tea"}}).says(t, 422, "f-password-error")
	p.post("/admin/account/password", url.Values{"present": {password}, "password": {"a wholly other one"}})
	if in(others[0]) || !in(p) {
		t.Error("after a new password the wrong ones are signed in")
	}
	if a := w.newcomer().post("/admin/login", door); a.status != 422 {
		t.Errorf("the old password is answered %d", a.status)
	}
	w.noted(t, "account.session_end", "account.sessions_end", "account.password")
}

// Everybody changes their own name, language and colours.
func TestAccount(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Analyst)
	p.post("/admin/account", url.Values{"name": {" "}, "locale": {"en"}, "theme": {"dark"}}).says(t, 422, `href="#f-name"`, `value="dark" checked`)
	if a := p.post("/admin/account", url.Values{"name": {"Mina  Yavari"}, "locale": {"fa"}, "theme": {"dark"}, "role": {"owner"}}); a.location != "/admin/account" {
		t.Errorf("saving answered %d", a.status)
	}
	p.get("/admin/account").says(t, 200, `lang="fa"`, `data-theme="dark"`, "Mina Yavari")
	if u := w.user(p.email); u.Role != models.Analyst {
		t.Errorf("the role is %s", u.Role)
	}
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)

// fields are the hidden ones of a page.
func (a answer) fields() url.Values {
	out := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(a.text, -1) {
		out.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return out
}

// What was typed is not lost when the session has ended meanwhile: it waits on the sign-in page, past mistakes and the
// second factor, and is sent by a button to where it was going.
func TestNothingTypedIsLost(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Owner)
	secret, _ := p.factored(t)
	at := w.stepAt(0, w.firstBlock(0))
	form := words(w.part(p, 0, ""))
	form.Set("heading", `Written "while" <away>`)
	form.Set("body", strings.Repeat("سلام {{first_name|دوست}}\r\n", 60))
	form["days"] = []string{"6", "0"}
	form.Set("some_password", "never kept")
	p.post("/admin/logout", nil)
	kept := p.post(at, form)
	kept.says(t, http.StatusUnauthorized, "What you wrote is kept", `name="parked"`)
	if strings.Contains(kept.text, "Written") {
		t.Error("it stands in the page in the open")
	}
	parked := kept.fields().Get("parked")
	wrong := p.post("/admin/login", url.Values{"email": {p.email}, "password": {"wrong"}, "parked": {parked}})
	wrong.says(t, 422)
	second := p.post("/admin/login", url.Values{"email": {p.email}, "password": {password}, "parked": {wrong.fields().Get("parked")}})
	second.says(t, 200, `name="code"`)
	in := p.post("/admin/login/code", url.Values{"code": {secret.Code(time.Now().Add(30 * time.Second))}, "parked": {second.fields().Get("parked")}})
	in.says(t, 200, "Send it now?", `action="`+at+`"`, `method="post"`, "Nurture emails", w.sequence.Name)
	got := in.fields()
	if got.Has("some_password") || got.Get("body") != form.Get("body") || strings.Join(got["days"], ",") != "6,0" {
		t.Errorf("it came back as %.200v", got)
	}
	if was := w.draft().Draft.Steps[0].Blocks[0].Text.Heading; was != "" {
		t.Errorf("it was sent by itself: %s", was)
	}
	if a := p.post(at, got); a.status != http.StatusSeeOther || w.draft().Draft.Steps[0].Blocks[0].Text.Heading != form.Get("heading") {
		t.Errorf("sending it answered %d", a.status)
	}
}

// What was typed comes back with the name of what it is for, and to its writer alone: whoever else signs in on the same browser
// is told that there was something, and goes on as themselves.
func TestWhatOthersTypedIsNotGiven(t *testing.T) {
	w := newWorld(t, 1)
	p, other := w.person(models.Marketer), w.person(models.Owner)
	at := w.campaignAt("/form/words")
	p.post("/admin/logout", nil)
	parked := p.post(at, url.Values{"title": {"Written while away"}}).fields().Get("parked")
	enter := func(email string) answer {
		return p.post("/admin/login", url.Values{"email": {email}, "password": {password}, "parked": {parked}, "next": {at}})
	}
	theirs := enter(other.email)
	theirs.says(t, 200, "Somebody else was writing here")
	for _, kept := range []string{"Written while away", at, "The First Fourteen Days"} {
		if strings.Contains(theirs.text, kept) {
			t.Errorf("it says %q to somebody else", kept)
		}
	}
	p.get("/admin/account").says(t, 200, other.email)
	p.post("/admin/logout", nil)
	enter(p.email).says(t, 200, "Send it now?", "Written while away", "Campaigns", "The First Fourteen Days", "Form")
}

// A script is told by a code, a page is asked for again, files have to be chosen again, and passwords are never kept.
func TestSignedOutMeanwhile(t *testing.T) {
	w := newWorld(t, 1)
	p := w.newcomer()
	at := w.stepAt(0, "/head")
	send := func(method, path, kind, body string, header ...string) answer {
		t.Helper()
		r, err := http.NewRequest(method, w.site+path, strings.NewReader(body))
		if err == nil {
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Referer", w.site+"/admin/sequences?x=1")
			for i := 0; i+1 < len(header); i += 2 {
				r.Header.Set(header[i], header[i+1])
			}
		}
		return p.do(r, err)
	}
	const form = "application/x-www-form-urlencoded"
	for _, header := range [][]string{{"HX-Request", "true"}, {"Accept", "application/json"}} {
		a := send(http.MethodPost, at, form, "subject=x", header...)
		if a.status != http.StatusUnauthorized || strings.TrimSpace(a.text) != `{"error":"signed_out"}` {
			t.Errorf("%v: %d %s", header, a.status, a.text)
		}
	}
	const parts = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMine\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-\r\n--x--\r\n"
	files := send(http.MethodPost, at, "multipart/form-data; boundary=x", parts)
	files.says(t, 401, "choose the file again", `name="parked"`, `name="next" value="/admin/sequences?x=1"`)
	secrets := send(http.MethodPost, "/admin/account/password", form, "present=tea+with+rock+sugar")
	secrets.says(t, 401, "never kept")
	if strings.Contains(secrets.text, `name="parked"`) || strings.Contains(secrets.text, "rock sugar") {
		t.Error("it is kept")
	}
	send(http.MethodPost, at, form, "subject=x", "Origin", "https://elsewhere.example").says(t, http.StatusForbidden)
	send(http.MethodPost, "/admin/theme", form, strings.Repeat("x", 5<<10)).says(t, http.StatusRequestEntityTooLarge)
	if at = w.stepAt(0, ""); send(http.MethodGet, at, form, "").location != "/admin/login?next="+url.QueryEscape(at) {
		t.Error("a page does not lead to signing in and back")
	}
	if a := p.post("/admin/login", url.Values{"parked": {"made up"}, "email": {"x"}, "password": {"y"}}); a.status != 422 {
		t.Errorf("a made-up form is answered %d", a.status)
	}
}

// Whoever is not signed in has no more read of what they send than a form may be, whatever its address takes from others.
func TestALargeFormOfAnybody(t *testing.T) {
	w := newWorld(t, 1)
	p := w.newcomer()
	body := &counted{left: 40 << 20}
	r, err := http.NewRequest(http.MethodPost, w.site+w.campaignAt("/offer/files"), body)
	if err == nil {
		r.ContentLength = body.left
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	p.do(r, err).says(t, http.StatusUnauthorized, "too large to be kept")
	if body.read > 20<<20 { // the network's buffers hold some
		t.Errorf("%d bytes were taken", body.read)
	}
}

// A counted body is all the same letter.
type counted struct{ left, read int64 }

func (c *counted) Read(p []byte) (int, error) {
	n := min(int64(len(p)), c.left)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range p[:n] {
		p[i] = 'x'
	}
	c.left, c.read = c.left-n, c.read+n
	return int(n), nil
}

// A name is bounded wherever it is typed, and a password that everybody guesses is none.
func TestWhoComesInIsChecked(t *testing.T) {
	w := newWorld(t, 1)
	owner := w.person(models.Owner)
	owner.post("/admin/team/new", ava)
	form := url.Values{"name": {strings.Repeat("A", 101)}, "locale": {"en"}, "password": {"ava-firm-2026"}}
	w.newcomer().post(w.invitation(), form).says(t, 422, `href="#f-name"`, `href="#f-password"`, "easily guessed")
	owner.post("/admin/account/password", url.Values{"present": {password}, "password": {"Password1234!"}}).says(t, 422, "easily guessed")
}

// Where everybody needs a second factor, who has none is led to it from every page, and comes to the others once it is on.
func TestEverybodyNeedsASecondFactor(t *testing.T) {
	w := newWorld(t, 1)
	p := w.person(models.Sales)
	w.office.NeedFactor = true
	const to = "/admin/account/factor?welcome=1"
	for _, at := range []string{"/admin", "/admin/leads", "/admin/account"} {
		if a := p.get(at); a.location != to {
			t.Errorf("%s answers %d, %s", at, a.status, a.location)
		}
	}
	page := p.get(to)
	page.says(t, 200, "needs a second factor")
	if strings.Contains(page.text, ">Later<") {
		t.Error("it can wait")
	}
	w.newcomer().get("/admin/login").says(t, 200)
	_, codes := p.factored(t)
	p.get("/admin/leads").says(t, 200)
	p.post("/admin/account/factor/off", url.Values{"present": {password}, "code": {codes[0]}})
	if a := p.get("/admin/leads"); a.location != to {
		t.Errorf("once it is off, %d, %s", a.status, a.location)
	}
}
