package e2e

import (
	"encoding/base32"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/models"
	"sarnakh/team"
)

// A joining is somebody's way into the team, in one language.
type joining struct {
	locale           string
	noScript         bool
	name, own        string // as the owner writes it, and as they do
	marketer, copied string

	owner, guest *browser.Tab
	secret       team.Secret
	codes        []string
}

const (
	guestEmail    = "ava@firm.example"
	guestPassword = "three blue kettles"
)

var joinings = []joining{
	{locale: "fa", name: "آوا", own: "آوا نوری", marketer: "بازاریاب", copied: "کپی شد"},
	{locale: "en", name: "Ava", own: "Ava Noor", marketer: "Marketer", copied: "Copied"},
}

// Somebody is invited by mail, comes in, turns the second factor on, and from then on gives a code, or one from paper; ends
// a session elsewhere; and loses nothing that was typed when a session ends. In both languages, with script and without
// (promises "The back office").
func TestJoining(t *testing.T) {
	for _, one := range joinings {
		for _, noScript := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/script=%t", one.locale, !noScript), func(t *testing.T) {
				t.Parallel()
				j := one
				j.noScript = noScript
				server := serve(t, "locale="+j.locale)
				j.owner = sit(t, browser.Person{Site: server.URL, Language: j.locale, NoScript: noScript})
				j.guest = sit(t, browser.Person{Site: server.URL, Language: j.locale, NoScript: noScript})
				(&nurturing{locale: j.locale, tab: j.owner}).enter(t, got(server.OwnerLink())(t))
				j.invite(t)
				j.comeIn(t, j.readInvitation(t))
				j.secure(t)
				elsewhere := server.Client()
				j.signIn(t, elsewhere.Post)
				j.goAndComeBack(t)
				j.endElsewhere(t, elsewhere.Get)
				j.loseNothing(t)
				if r := server.Run("verify"); r.Code != 0 {
					t.Errorf("verify: %s%s", r.Out, r.Err)
				}
				for _, secret := range append(j.codes, j.secret.Text(), guestEmail) {
					if strings.Contains(server.Log(), secret) {
						t.Errorf("the log holds %q", secret)
					}
				}
			})
		}
	}
}

func (j *joining) invite(t *testing.T) {
	tab := j.owner
	tab.Press(`.side a[href="/admin/team"]`)
	tab.Press(".head__acts .btn--primary")
	tab.Fill("#f-name", j.name)
	tab.Fill("#f-email", guestEmail)
	tab.Click(`label:has([name=role][value=marketer])`)
	if status := tab.Press("form .btn--primary"); status != http.StatusOK || !strings.Contains(tab.Text("[role=status]"), guestEmail) {
		t.Errorf("inviting answered %d, %s", status, tab.Text("[role=status]"))
	}
	if rows := tab.All("tbody tr"); len(rows) != 2 || !strings.Contains(rows[1], j.marketer) || !tab.Has("tr .badge--info") {
		t.Errorf("the team is %q", rows)
	}
	told(t, tab)
}

var setupPath = regexp.MustCompile(`/admin/setup/[\w-]+`)

// readInvitation finds the mail in the mailbox and the link in it.
func (j *joining) readInvitation(t *testing.T) string {
	tab := j.owner
	for range 50 { // it is sent at once, but not before the page is answered
		if tab.Open("/admin/mailbox"); tab.Has("tbody .badge--ok") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	tab.Press("tbody a")
	if text := tab.FrameText(); !strings.Contains(text, j.name) || !strings.Contains(text, j.marketer) {
		t.Errorf("the invitation says %s", text)
	}
	tab.Press(".tabs a:nth-child(2)")
	link := setupPath.FindString(tab.Text("pre"))
	if link == "" {
		t.Fatalf("no link in %s", tab.Text("pre"))
	}
	told(t, tab)
	return link
}

func (j *joining) comeIn(t *testing.T, link string) {
	tab := j.guest
	tab.Open(link)
	tab.Fill("#f-name", j.own)
	tab.Fill("#f-password", guestPassword)
	if status := tab.Press(".gate .btn--primary"); status != http.StatusOK || tab.Path() != "/admin/account/factor?welcome=1" {
		t.Fatalf("coming in answered %d and leads to %s: %v", status, tab.Path(), tab.Err())
	}
	if who := tab.Text(".side .side__who"); !strings.Contains(who, j.own) || !strings.Contains(who, j.marketer) {
		t.Errorf("they are %s", who)
	}
	if tab.Has(`.side a[href="/admin/team"]`) {
		t.Error("a marketer is shown the way to the team")
	}
	told(t, tab)
}

// secure turns the second factor on, and keeps the recovery codes.
func (j *joining) secure(t *testing.T) {
	tab := j.guest
	raw := got(base32.StdEncoding.DecodeString(strings.ReplaceAll(tab.Text("#secret"), " ", "")))(t)
	j.secret = team.Secret(raw)
	if box := browser.Eval[[]float64](tab, `(r => [r.width, r.height])(document.querySelector(".qr").getBoundingClientRect())`); box[0] < 180 || box[0] != box[1] {
		t.Errorf("the picture measures %v", box)
	}
	tab.Fill("#f-code", j.secret.Code(time.Now()))
	tab.Fill("#f-present", guestPassword)
	if status := tab.Press("main form .btn--primary"); status != http.StatusOK {
		t.Fatalf("turning it on answered %d: %s", status, tab.Text(".errors"))
	}
	if j.codes = tab.All("#codes li"); len(j.codes) != 10 {
		t.Fatalf("%d codes", len(j.codes))
	}
	tab.Rest() // the script comes after the page
	if shown := tab.Has("[data-copy]:not([hidden])") && tab.Has("[data-print]:not([hidden])"); shown == j.noScript {
		t.Errorf("buttons that need a script are shown: %t", shown)
	}
	if !j.noScript {
		tab.Click("[data-copy]")
		browser.Eval[browser.Nothing](tab, "new Promise(done => setTimeout(done, 200))")
		if text := tab.Text("[data-copy]"); text != j.copied {
			t.Errorf("after copying the button says %q", text)
		}
	}
	tab.Press("main a.btn--primary")
	if !strings.HasPrefix(tab.Path(), "/admin") || strings.Contains(tab.Path(), "account") {
		t.Errorf("the way leads to %s", tab.Path())
	}
	told(t, tab)
}

// signIn is somebody's second browser: with the next code of the program.
func (j *joining) signIn(t *testing.T, post func(string, url.Values) (program.Answer, error)) {
	t.Helper()
	got(post("/admin/login", url.Values{"email": {guestEmail}, "password": {guestPassword}}))(t)
	a := got(post("/admin/login/code", url.Values{"code": {j.codes[9]}}))(t)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("a recovery code is answered %d", a.StatusCode)
	}
}

// goAndComeBack signs out, and in with a code of the program; and once more with one from paper.
func (j *joining) goAndComeBack(t *testing.T) {
	tab := j.guest
	for _, code := range []string{j.secret.Code(time.Now().Add(30 * time.Second)), j.codes[0]} {
		tab.Press(`.side form[action="/admin/logout"] button`)
		tab.Fill("#f-email", guestEmail)
		tab.Fill("#f-password", guestPassword)
		tab.Press(".gate .btn--primary")
		tab.Fill("#f-code", "12345")
		if status := tab.Press(".gate .btn--primary"); status != http.StatusUnprocessableEntity || tab.Attr("#f-code", "aria-invalid") != "true" {
			t.Errorf("a wrong code answered %d", status)
		}
		tab.Fill("#f-code", code)
		if status := tab.Press(".gate .btn--primary"); status != http.StatusOK || !tab.Has(".side__me") {
			t.Fatalf("a code answered %d: %s", status, tab.Text("main"))
		}
		told(t, tab)
	}
}

// endElsewhere sees the other browser in the list, and ends it.
func (j *joining) endElsewhere(t *testing.T, get func(string) (program.Answer, error)) {
	tab := j.guest
	if a := got(get("/admin/account"))(t); a.StatusCode != http.StatusOK {
		t.Fatalf("elsewhere they are answered %d", a.StatusCode)
	}
	tab.Press(".side .side__who a")
	if rows := tab.All("form[action$='/sessions'] li"); len(rows) != 2 || !strings.Contains(strings.Join(rows, " "), "Chrome") {
		t.Errorf("sessions: %q", rows)
	}
	tab.Fill("#f-end-present", guestPassword)
	tab.Press("form[action$='/sessions'] li button")
	if rows := tab.All("form[action$='/sessions'] li"); len(rows) != 1 {
		t.Errorf("sessions left: %q", rows)
	}
	if a := got(get("/admin/account"))(t); a.StatusCode != http.StatusSeeOther {
		t.Errorf("elsewhere they are answered %d", a.StatusCode)
	}
	told(t, tab)
}

// loseNothing: while something is written, an owner signs the writer out.
func (j *joining) loseNothing(t *testing.T) {
	tab, name := j.guest, j.own+" "+j.own
	tab.Open("/admin/account")
	tab.Fill("#f-name", name)
	j.owner.Open("/admin/team")
	j.owner.Press("tbody tr:last-child a")
	j.owner.Press("form[action$='/sign-out'] button")
	told(t, j.owner)
	if status := tab.Press("form[action='/admin/account'] .btn--primary"); status != http.StatusUnauthorized {
		t.Fatalf("a form of somebody signed out answered %d", status)
	}
	tab.Fill("#f-email", guestEmail)
	tab.Fill("#f-password", guestPassword)
	tab.Press(".gate .btn--primary")
	tab.Fill("#f-code", j.codes[1])
	tab.Press(".gate .btn--primary")
	if status := tab.Press(".gate .btn--primary"); status != http.StatusOK || tab.Path() != "/admin/account" || tab.Text(".side .side__who bdi") != name {
		t.Errorf("sending it answered %d at %s; the name is %q", status, tab.Path(), tab.Text(".side .side__who bdi"))
	}
	told(t, tab)
}

// The commands and the pages tell the same of the team, and a reset turns the second factor off, and says so.
func TestUserCommands(t *testing.T) {
	t.Parallel()
	server := serve(t)
	client := signedIn(t, server, models.Owner)
	page := got(client.Get("/admin/account/factor"))(t)
	sealed := regexp.MustCompile(`name="sealed" value="([^"]*)"`).FindStringSubmatch(page.Text)[1]
	raw := got(base32.StdEncoding.DecodeString(strings.Join(strings.Fields(regexp.MustCompile(`id="secret"><bdi class="ltr">([^<]*)`).FindStringSubmatch(page.Text)[1]), "")))(t)
	on := got(client.Post("/admin/account/factor", url.Values{"sealed": {sealed}, "code": {team.Secret(raw).Code(time.Now())}, "present": {ownerPassword}}))(t)
	if on.StatusCode != http.StatusOK {
		t.Fatalf("turning it on answered %d", on.StatusCode)
	}
	got(server.AddUser("new@firm.example", "analyst", "New"))(t)
	list := server.Run("user", "list").Out
	for _, line := range []string{"owner@firm.example\towner\tactive\tMina\ttwo factors\n", "new@firm.example\tanalyst\tinvited\tNew\tone factor\n"} {
		if !strings.Contains(list, line) {
			t.Errorf("user list prints %q, without %q", list, line)
		}
	}
	reset := server.Run("user", "reset", "Owner@firm.example")
	link := setupPath.FindString(reset.Out)
	if reset.Code != 0 || link == "" || !strings.Contains(reset.Out, "turns off their second factor") {
		t.Fatalf("user reset: %+v", reset)
	}
	if page := got(server.Client().Get(link))(t); !strings.Contains(page.Text, "ورود دومرحله‌ای هم خاموش می‌شود") {
		t.Errorf("the link's page does not say what goes with it: %d", page.StatusCode)
	}
	must(t, server.Client().SetPassword(link, url.Values{"password": {"another good sentence"}}))
	if a := got(client.Get("/admin/account"))(t); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the session before is answered %d", a.StatusCode)
	}
	a := got(server.Client().Post("/admin/login", url.Values{"email": {"owner@firm.example"}, "password": {"another good sentence"}}))(t)
	if a.StatusCode != http.StatusSeeOther {
		t.Errorf("signing in with the new password alone answered %d", a.StatusCode)
	}
}
