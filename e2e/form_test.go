package e2e

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"sarnakh/e2e/program"
	"sarnakh/models"
)

const form = "/p/playbook"

// answers are those of a person who leaves no field out.
func (w *walk) answers() url.Values {
	return url.Values{"name": {w.name}, "email": {w.email}, "phone": {w.typed}, "company": {w.company}, "company_size": {"51-200"},
		"consent.newsletter": {"1"}, "call_me": {"1"}}
}

// post sends a body of a type to the form.
func post(t *testing.T, server *program.Program, kind string, body []byte) program.Answer {
	t.Helper()
	r := got(http.NewRequest(http.MethodPost, form, bytes.NewReader(body)))(t)
	r.Header.Set("Content-Type", kind)
	return got(server.Client().Do(r))(t)
}

// Bodies that no person sends are refused, and write nothing (promises "Public forms").
func TestFormRefusesWhatIsNoForm(t *testing.T) {
	t.Parallel()
	server := serve(t)
	many := url.Values{}
	for i := range 61 {
		many.Set("f"+strconv.Itoa(i), "x")
	}
	file, fileType := multipartBody(t, func(m *multipart.Writer) error { _, err := m.CreateFormFile("cv", "cv.pdf"); return err })
	const encoded = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		what, kind string
		body       []byte
		status     int
	}{
		{"more than 64 KiB", encoded, []byte("name=" + strings.Repeat("x", 64<<10)), 413},
		{"more than 60 fields", encoded, []byte(many.Encode()), 413},
		{"JSON", "application/json", []byte(`{"email":"a@example.com"}`), 415},
		{"plain text", "text/plain", []byte("email=a@example.com"), 415},
		{"no type", "", []byte("email=a@example.com"), 415},
		{"a file", fileType, file, 415},
		{"nothing at all", "", nil, 422},
		{"a broken escape", encoded, []byte("email=%zz"), 400},
		{"nothing", encoded, nil, 422},
	} {
		if a := post(t, server, c.kind, c.body); a.StatusCode != c.status || !strings.Contains(a.Text, "<h1") {
			t.Errorf("%s answered %d, want %d and a page", c.what, a.StatusCode, c.status)
		}
	}
	for _, table := range []string{"submissions", "leads", "messages"} {
		if rows := got(server.Export(table))(t); len(rows) > 0 {
			t.Errorf("%s: %v", table, rows)
		}
	}
}

func multipartBody(t *testing.T, fill func(m *multipart.Writer) error) (body []byte, kind string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	must(t, fill(m))
	must(t, m.Close())
	return b.Bytes(), m.FormDataContentType()
}

// A form may come as multipart; an absent consent is a refusal that is recorded (promises "After the button").
func TestMultipartForm(t *testing.T) {
	t.Parallel()
	server := serve(t)
	filled := got(server.Client().Fill(form, url.Values{"name": {"Nora Hale"}, "email": {"nora@firm.example"}}))(t)
	body, kind := multipartBody(t, func(m *multipart.Writer) (err error) {
		for name := range filled {
			if err == nil {
				err = m.WriteField(name, filled.Get(name))
			}
		}
		return err
	})
	if a := post(t, server, kind, body); a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), form+"/thanks/") {
		t.Fatalf("answered %d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	consents := got(server.Export("consents"))(t)
	for i, purpose := range []string{"newsletter", "tracking"} {
		if len(consents) != 2 || consents[i].Text("purpose") != purpose || consents[i].Text("decision") != "refused" {
			t.Errorf("consents: %v", consents)
		}
	}
}

// The same form again is the same submission with the same answer; other answers are a correction, which names
// the one it corrects (I1).
func TestRepeatAndCorrection(t *testing.T) {
	t.Parallel()
	server := serve(t)
	client := server.Client()
	filled := got(client.Fill(form, url.Values{"name": {"Nora Hale"}, "email": {"nora@frim.example"}}))(t)
	first := got(client.Post(form, filled))(t)
	again := got(client.Post(form, filled))(t)
	if first.StatusCode != 303 || again.StatusCode != 303 || again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("a repeat answered %d to %s, the first %d to %s", again.StatusCode, again.Header.Get("Location"), first.StatusCode, first.Header.Get("Location"))
	}
	filled.Set("email", "nora@firm.example")
	corrected := got(client.Post(form, filled))(t)
	if corrected.StatusCode != 303 || corrected.Header.Get("Location") == first.Header.Get("Location") {
		t.Errorf("a correction answered %d to %s", corrected.StatusCode, corrected.Header.Get("Location"))
	}
	subs := got(server.Export("submissions"))(t)
	if len(subs) != 2 || subs[1].Text("corrects") != subs[0].Text("id") || subs[1].Text("email") != "nora@firm.example" {
		t.Errorf("submissions: %v", subs)
	}
	// Without a token, as plain HTML elsewhere sends it, the same answers within ten minutes are the same one.
	plain := url.Values{"name": {"Karl"}, "email": {"karl@firm.example"}}
	one, two := got(client.Post(form, plain))(t), got(client.Post(form, plain))(t)
	if one.StatusCode != 303 || one.Header.Get("Location") != two.Header.Get("Location") {
		t.Errorf("without a token: %d to %s, then %s", one.StatusCode, one.Header.Get("Location"), two.Header.Get("Location"))
	}
	// A token of elsewhere, or of more than seven days ago, costs nothing of what was typed.
	filled.Set("_token", "x")
	old := got(client.Post(form, filled))(t)
	if fresh := attrOf(elements(t, old.Text, "input"), "name", "_token", "value"); old.StatusCode != 422 || !strings.Contains(old.Text, `value="Nora Hale"`) || len(fresh) < 40 {
		t.Errorf("a stranger's token answered %d with %q", old.StatusCode, fresh)
	}
}

// What is judged spam gets the same answer, sends nothing and scores nothing, and can be let in (C1).
func TestSpamIsKeptAside(t *testing.T) {
	t.Parallel()
	server := serve(t)
	client := server.Client()
	trapped := got(client.Fill(form, url.Values{"name": {"Robot"}, "email": {"robot@firm.example"}, models.TrapName: {"x"}}))(t)
	answer := got(client.Post(form, trapped))(t)
	if answer.StatusCode != 303 || !strings.HasPrefix(answer.Header.Get("Location"), form+"/thanks/") {
		t.Fatalf("a robot is answered %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	if page := got(client.Get(answer.Header.Get("Location")))(t); page.StatusCode != 200 || !strings.Contains(page.Text, `action="/d/`) {
		t.Errorf("a robot's thank-you page answered %d, without the gift", page.StatusCode)
	}
	if leads, mails := got(server.Export("leads"))(t), got(server.Export("messages"))(t); len(leads)+len(mails) > 0 {
		t.Errorf("a robot became %v and was sent %v", leads, mails)
	}
	listed := server.Run("quarantine", "list")
	id, rest, _ := strings.Cut(strings.TrimSpace(listed.Out), "\t")
	if listed.Code != 0 || !strings.Contains(rest, "robot@firm.example") || !strings.Contains(rest, "trap") {
		t.Fatalf("quarantine list: %+v", listed)
	}
	if r := server.Run("quarantine", "release", id); r.Code != 0 || !strings.Contains(r.Out, id+"\treleased") {
		t.Fatalf("quarantine release: %+v", r)
	}
	if leads, mails := got(server.Export("leads"))(t), got(server.Export("messages"))(t); len(leads) != 1 || len(mails) != 1 {
		t.Errorf("released: leads %v, mails %v", leads, mails)
	}
	if again := server.Run("quarantine", "release", id); again.Code != 1 {
		t.Errorf("a second release: %+v", again)
	}
	if after := server.Run("quarantine", "list"); after.Out != "" {
		t.Errorf("still in quarantine: %s", after.Out)
	}
}

// One address, and one network, may send so often; beyond it nothing typed is lost, and it is said when to try
// again.
func TestFormLimits(t *testing.T) {
	t.Parallel()
	for setting, email := range map[string]string{
		"forms.per_address=2/h": "same@firm.example",
		"forms.per_network=2/h": "other%d@firm.example",
	} {
		server := serve(t, setting)
		client := server.Client()
		var last program.Answer
		for i := range 3 {
			address := strings.Replace(email, "%d", fmt.Sprint(i), 1)
			filled := got(client.Fill(form, url.Values{"name": {"Nora Hale"}, "email": {address}, "company": {fmt.Sprint("Firm ", i)}}))(t)
			if last = got(client.Post(form, filled))(t); i < 2 && last.StatusCode != 303 {
				t.Errorf("%s: the %dth answered %d", setting, i+1, last.StatusCode)
			}
		}
		wait, err := strconv.Atoi(last.Header.Get("Retry-After"))
		if last.StatusCode != 429 || err != nil || wait < 3000 || wait > 3600 || !strings.Contains(last.Text, `value="Firm 2"`) {
			t.Errorf("%s: the third answered %d, Retry-After %q", setting, last.StatusCode, last.Header.Get("Retry-After"))
		}
		if subs := got(server.Export("submissions"))(t); len(subs) != 2 {
			t.Errorf("%s: %d are kept", setting, len(subs))
		}
	}
}
