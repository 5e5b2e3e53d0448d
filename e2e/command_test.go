package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// Two servers on one SQLite file would each believe to be the only writer: the second is refused, in words.
func TestSecondServerIsRefused(t *testing.T) {
	t.Parallel()
	first := serve(t)
	r := binary.At(first.Dir, "http.addr=127.0.0.1:0").Run("serve")
	if r.Code != 1 || !strings.Contains(r.Err, "another sarnakh already uses this database") {
		t.Errorf("a second server: %+v", r)
	}
	if r := first.Run("migrate"); r.Code != 1 || !strings.Contains(r.Err, "another sarnakh") {
		t.Errorf("migrating beside it: %+v", r)
	}
	if r := first.Run("verify"); r.Code != 0 {
		t.Errorf("verifying beside it: %+v", r)
	}
}

// The one-time link is printed once, and not logged (I11).
func TestOwnerLinkIsNotLogged(t *testing.T) {
	t.Parallel()
	server := serve(t)
	link := got(server.OwnerLink())(t)
	if n := strings.Count(server.Printed(), "/admin/setup/"); n != 1 {
		t.Errorf("printed %d times", n)
	}
	if strings.Contains(server.Log(), "/admin/setup") || strings.Contains(server.Log(), link[len("/admin/setup/"):]) {
		t.Errorf("the link is in the log: %s", server.Log())
	}
}

// A wrong setting stops the start with its key, value and what was expected (interface.md "Settings").
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	here := binary.At(filepath.Join(t.TempDir(), "data"))
	for _, c := range []struct {
		environ, args []string
		code          int
		says          []string
	}{
		{nil, []string{"config", "check", "--set", "locale=de"}, 1, []string{"locale", "de", "fa or en"}},
		{nil, []string{"serve", "--set", "http.max_queue=many"}, 1, []string{"http.max_queue", "many", "a whole number"}},
		{nil, []string{"serve", "--set", "forms.per_address=3/week"}, 1, []string{"forms.per_address", "3/week", "10/m,60/h"}},
		{nil, []string{"serve", "--set", "no.such=1"}, 1, []string{"no.such"}},
		{[]string{"SARNAKH_SMPT_URL=x"}, []string{"serve"}, 1, []string{"SARNAKH_SMPT_URL"}},
		{[]string{"SARNAKH_TIME_ZONE=Mars/Base"}, []string{"serve"}, 1, []string{"time_zone", "Mars/Base", "Asia/Tehran"}},
		{[]string{"SARNAKH_SMTP_URL=secret-of-mine"}, []string{"serve"}, 1, []string{"smtp.url", "smtp://"}},
		{[]string{"SARNAKH_LOCALE=en"}, []string{"config", "check"}, 0, []string{"SARNAKH_LOCALE", "en"}},
		{nil, []string{"serve", "--no-such-flag"}, 2, []string{"--no-such-flag"}},
		{nil, []string{"fly"}, 2, []string{"fly"}},
		{nil, []string{"export", "everything"}, 2, []string{"everything"}},
		{nil, []string{"user", "add", "not an address"}, 1, []string{"migrate"}}, // there is no database yet
		{nil, []string{"version"}, 0, []string{"sarnakh"}},
	} {
		r := here.RunWith(c.environ, c.args...)
		if r.Code != c.code {
			t.Errorf("%v %v ended with %d, want %d: %s%s", c.environ, c.args, r.Code, c.code, r.Out, r.Err)
		}
		for _, part := range c.says {
			if !strings.Contains(r.Out+r.Err, part) {
				t.Errorf("%v %v does not say %q: %s%s", c.environ, c.args, part, r.Out, r.Err)
			}
		}
		if strings.Contains(r.Out+r.Err, "secret-of-mine") {
			t.Errorf("%v tells a secret: %s%s", c.args, r.Out, r.Err)
		}
	}
}

// Exports, explanations and checks of what a form has made (A5, S9).
func TestCommandsOnALead(t *testing.T) {
	t.Parallel()
	server := serve(t)
	w := walks[1]
	got(server.Client().Submit(form, w.answers()))(t)
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{[]string{"export", "leads"}, 0, []string{"id,email,name,phone,company,stage,kinds,status,temperature,score,grade,probability,locale,campaign,source,medium,created_at,scored_at\n", w.email}},
		{[]string{"export", "consents"}, 0, []string{"newsletter,given", "text_sha256"}},
		{[]string{"scoring", "explain", strings.ToUpper(w.email)}, 0, []string{"+"}},
		{[]string{"scoring", "explain", w.email, "--format", "json"}, 0, []string{`"shown":`, `"lines":[{`, `"basis":"assumed"`}},
		{[]string{"scoring", "explain", "nobody@firm.example"}, 1, []string{"no lead has this address"}},
		{[]string{"scoring", "explain", "nobody"}, 2, []string{"not an e-mail address"}},
		{[]string{"seed", "--leads", "1"}, 1, []string{"real leads"}},
		{[]string{"verify"}, 0, []string{"I1   ok", "I8   ok", "I10  ok"}},
	} {
		r := server.Run(c.args...)
		if r.Code != c.code {
			t.Errorf("%v ended with %d, want %d: %s", c.args, r.Code, c.code, r.Err)
		}
		for _, part := range c.says {
			if !strings.Contains(r.Out+r.Err, part) {
				t.Errorf("%v does not say %q: %s%s", c.args, part, r.Out, r.Err)
			}
		}
	}
}
