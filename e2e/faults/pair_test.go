package faults

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sarnakh/links"
)

// newPair is two programs on one PostgreSQL, the second not started yet: which of them does what can only be told where
// one was alone.
func newPair(t *testing.T, settings ...string) (first, second *server) {
	t.Helper()
	first, second = newServer(t, "postgres"), newServer(t, "postgres")
	second.postgres, second.data = first.postgres, first.data
	for _, s := range []*server{first, second} {
		s.settings = append(s.settings, append(settings, "database.url="+first.postgres, "secret_key="+secretKey)...)
	}
	first.start()
	return first, second
}

// join fills in the form of the guide for some people, who tick the box of the newsletter.
func (s *server) join(people int) {
	s.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	v := visitor{server: s, client: client}
	for i := range people {
		_, body, err := v.get("/p/rahnama")
		token := tokenInPage.FindStringSubmatch(body)
		if err != nil || token == nil {
			s.Fatal("no form on the page", err)
		}
		r, err := client.PostForm(s.base+"/p/rahnama", url.Values{"name": {"Sara"}, "email": {fmt.Sprintf("sara%d@home%d.example", i, i)},
			"consent.newsletter": {"1"}, "_token": {token[1]}})
		if err != nil || r.StatusCode != http.StatusSeeOther {
			s.Fatalf("a form is answered %v, %v", r, err)
		}
		_ = r.Body.Close()
	}
}

// leasesEnd lets the seconds pass for which mails in flight stay the dead program's. The living one's are its own however
// long; it is waited for by nobody, and waits for nobody.
const leasesEnd = "UPDATE messages SET leased_until = 1 WHERE id IN (SELECT id FROM messages WHERE state = 'sending' FOR UPDATE SKIP LOCKED)"

// Two programs on one PostgreSQL decide on the same people of a sequence, and one of them is killed in the middle of it:
// each step is written to each of them once, and the other goes on to the last.
func TestTwoProgramsWriteEachStepOnce(t *testing.T) {
	const people, steps = 60, 4
	sink := newSink(t, "", slowly)
	a, b := newPair(t, "smtp.url="+sink.url(), "nurture.speed=500000") // two weeks are 2.4 s
	b.start()
	a.join(people)
	a.sql(func(db *sql.DB) {
		count := func(query string) (n int) {
			if err := db.QueryRow(query).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		confirmAll(b, db)
		const owed = "SELECT count(*) FROM messages WHERE sequence_id <> 0"
		a.eventually("the second step has begun", func() bool { return count(owed) > people+people/3 })
		a.kill()
		at := count(owed)
		b.eventually("the last step is written to everybody", func() bool {
			if _, err := db.Exec(leasesEnd); err != nil {
				t.Fatal(err)
			}
			return count(owed) == steps*people && count("SELECT count(*) FROM messages WHERE state IN ('queued', 'sending')") == 0
		})
		if n := count("SELECT count(DISTINCT (lead_id, step)) FROM messages WHERE sequence_id <> 0"); n != steps*people {
			t.Errorf("%d steps of %d were written to %d people", n, steps, people)
		}
		t.Logf("killed after %d of %d mails were owed, %d of unknown fate", at, steps*people, count("SELECT count(*) FROM messages WHERE unknowns > 0"))
	})
	b.stop()
	b.nobodyForgotten(sink, steps*people, connections)
	b.verify()
}

// confirmAll presses the button in everybody's mail.
func confirmAll(s *server, db *sql.DB) {
	s.Helper()
	addresses, err := links.New([]byte(secretKey), s.base)
	if err != nil {
		s.Fatal(err)
	}
	rows, err := db.Query("SELECT id, lead_id FROM messages WHERE kind = 'delivery'")
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		ref := links.Ref{At: time.Now()}
		if err := rows.Scan(&ref.Message, &ref.Lead); err != nil {
			s.Fatal(err)
		}
		r, err := http.PostForm(addresses.Confirm(ref), url.Values{})
		if err != nil || r.StatusCode != http.StatusOK {
			s.Fatalf("a button is answered %v, %v", r, err)
		}
		_ = r.Body.Close()
	}
}

var shownDraft = regexp.MustCompile(`name="looked" value="([^"]+)"`)

// C2: what a marketer publishes, pauses and resumes at one program, visitors see at the other within 2 s.
func TestPublishedPageIsLiveEverywhere(t *testing.T) {
	a, b := newPair(t)
	b.start()
	p := binary.At(a.data, a.settings...)
	p.URL = a.base
	link, err := p.AddUser("parisa@firm.example", "marketer", "Parisa")
	if err != nil {
		t.Fatal(err)
	}
	office := p.Client()
	if err := office.SetPassword(link, url.Values{"password": {"tea with rock sugar"}}); err != nil {
		t.Fatal(err)
	}
	press := func(path string, form url.Values) string {
		t.Helper()
		answer, err := office.Post(path, form)
		if err != nil || answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s answered %d, %v", path, answer.StatusCode, err)
		}
		return answer.Header.Get("Location")
	}
	list, err := office.Get("/admin/campaigns?q=playbook")
	original := regexp.MustCompile(`/admin/campaigns/[^/"?]+/duplicate`).FindString(list.Text)
	if err != nil || original == "" {
		t.Fatal("no campaign to copy", err)
	}
	campaign := strings.TrimSuffix(press(original, nil), "/settings")
	page, err := office.Get(campaign + "/publish")
	looked := shownDraft.FindStringSubmatch(page.Text)
	if err != nil || looked == nil {
		t.Fatal("it can't be published", err)
	}
	for _, act := range []struct {
		path   string
		form   url.Values
		status int
	}{{"/publish", url.Values{"looked": {looked[1]}}, http.StatusOK}, {"/pause", nil, http.StatusGone}, {"/resume", nil, http.StatusOK}} {
		press(campaign+act.path, act.form)
		began := time.Now()
		v := visitor{server: b, client: http.DefaultClient}
		b.eventually("the other program answers "+http.StatusText(act.status), func() bool {
			status, _, err := v.get("/p/playbook-copy")
			return err == nil && status == act.status
		})
		took := time.Since(began)
		t.Logf("%s is seen at the other program after %v", act.path, took.Round(time.Millisecond))
		if took > 10*time.Second { // a second as a rule; a busy machine may take longer
			t.Errorf("%s took %v", act.path, took)
		}
	}
}
