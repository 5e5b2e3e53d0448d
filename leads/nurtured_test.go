package leads_test

import (
	"context"
	"database/sql"
	"regexp"
	"strings"
	"testing"

	"sarnakh/leads"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
)

// narges is who fills in the forms of these tests.
const narges = "narges@example.com"

var visitor = leads.Person{IP: "192.0.2.9", UserAgent: "Phone/2", Page: "/page"}

// sequence puts a sequence of two steps in force for a campaign.
func (w *world) sequence(slug string, change ...func(*models.SequenceDoc)) models.ID {
	w.t.Helper()
	doc := models.SequenceDoc{Steps: []models.Step{{Key: "one", Delay: 60, Subject: "1", Blocks: models.TextBlocks("1")}, {Key: "two", Delay: 60, Subject: "2", Blocks: models.TextBlocks("2")}}}
	for _, c := range change {
		c(&doc)
	}
	q := models.Sequence{CampaignID: w.page(slug).ID, Name: "Q", Locale: "fa", Draft: doc}
	if err := w.store.AddSequence(w.ctx, &q); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.PublishSequence(w.ctx, &q); err != nil {
		w.t.Fatal(err)
	}
	w.reload()
	return q.ID
}

func (w *world) reload() {
	w.t.Helper()
	if err := w.camps.Reload(w.ctx); err != nil {
		w.t.Fatal(err)
	}
}

// campaign publishes one like the starter, changed.
func (w *world) campaign(slug string, change func(*models.CampaignDoc)) *models.Published {
	w.t.Helper()
	doc := w.page("playbook").Version.Doc
	change(&doc)
	if err := w.camps.Publish(w.ctx, &models.Campaign{Slug: slug, Name: slug, Locale: "en"}, doc); err != nil {
		w.t.Fatal(err)
	}
	w.reload()
	return w.page(slug)
}

func (w *world) consents(p models.Purpose) (out []models.Consent) {
	for _, c := range all(w, w.store.EachConsent) {
		if c.Purpose == p {
			out = append(out, c)
		}
	}
	return out
}

// said are the decisions about the newsletter, oldest first.
func (w *world) said() (out []models.Decision) {
	for _, c := range w.consents(models.Newsletter) {
		out = append(out, c.Decision)
	}
	return out
}

func (w *world) live() bool { return models.Live(all(w, w.store.EachConsent), models.Newsletter) }

func (w *world) enrolment(sequence models.ID) models.Enrolment {
	w.t.Helper()
	rows, _, err := w.store.Enrolments(w.ctx, store.EnrolmentQuery{Sequence: sequence, Limit: 10})
	if err != nil || len(rows) != 1 {
		w.t.Fatalf("enrolments: %+v %v", rows, err)
	}
	return rows[0].Enrolment
}

// mails of a kind, oldest first.
func (w *world) mails(kind models.MessageKind) (out []models.Message) {
	for _, m := range all(w, w.store.EachMessage) {
		if m.Kind == kind {
			out = append(out, m)
		}
	}
	return out
}

func (w *world) mail(kind models.MessageKind) models.Message {
	w.t.Helper()
	mails := w.mails(kind)
	if len(mails) == 0 {
		w.t.Fatalf("no mail of kind %s", kind)
	}
	return mails[len(mails)-1]
}

// words of a mail as its composer writes it.
func (w *world) words(m models.Message) mailer.Mail {
	w.t.Helper()
	composers := map[models.MessageKind]func(context.Context, *models.Message) (mailer.Mail, error){
		models.MailDelivery: w.leads.ComposeDelivery, models.MailTrial: w.leads.ComposeTrial, models.MailConfirm: w.leads.ComposeConfirm, models.MailMyData: w.leads.ComposeMyData,
	}
	out, err := composers[m.Kind](w.ctx, &m)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

var confirmLink, myDataLink = regexp.MustCompile(`/confirm/(\S+)`), regexp.MustCompile(`/my-data\?token=(\S+)`)

// token of the link that a mail carries, empty for none.
func (w *world) token(m models.Message, link *regexp.Regexp) string {
	w.t.Helper()
	if found := link.FindStringSubmatch(w.words(m).Text); found != nil {
		return found[1]
	}
	return ""
}

// confirmToken is that of the last delivery.
func (w *world) confirmToken() string {
	w.t.Helper()
	return w.token(w.mail(models.MailDelivery), confirmLink)
}

// subscribe fills in the form with the box ticked, and presses the button of the mail.
func (w *world) subscribe(slug string) {
	w.t.Helper()
	w.open(slug).with("consent.newsletter", "1").mustSend()
	page, err := w.leads.Confirm(w.ctx, w.confirmToken(), visitor)
	if err != nil || page.Standing != leads.StandingDone {
		w.t.Fatalf("confirmation: %+v %v", page, err)
	}
}

// stepMail owes the mail of a sequence's step, as nurture would.
func (w *world) stepMail(sequence models.ID, step string) models.Message {
	w.t.Helper()
	l := w.lead(narges)
	m := models.Message{ID: w.store.NewID(), LeadID: l.ID, Class: models.ClassMarketing, Kind: models.MailStep, State: models.MessageQueued, To: l.Email,
		Purpose: models.Newsletter, SequenceID: sequence, Step: step, CreatedAt: w.store.Now(), DueAt: w.store.Now()}
	m.Ident, m.MessageID = "step:"+m.ID.String(), m.ID.String()+"@x"
	if err := w.store.OweMail(w.ctx, m); err != nil {
		w.t.Fatal(err)
	}
	return m
}

// begins tells whether the gate lets a mail begin now.
func (w *world) begins(m models.Message) bool {
	w.t.Helper()
	start, err := w.store.MailRound(w.ctx, store.MailRound{Owner: "worker", Lease: 1 << 40, Begin: []store.MailBegin{{ID: m.ID,
		Hashes: []string{w.leads.HashIdentity(narges)}}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return start.Begun[m.ID]
}

// arrives records that a mail which has begun was taken.
func (w *world) arrives(m models.Message) {
	w.t.Helper()
	_, err := w.store.MailRound(w.ctx, store.MailRound{Owner: "worker", Results: []store.MailResult{{ID: m.ID, Attempt: 1, State: models.MessageSent}}})
	if err != nil {
		w.t.Error(err)
	}
}

func (w *world) state(m models.Message) models.MessageState {
	w.t.Helper()
	row, err := w.store.Message(w.ctx, m.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return row.State
}

func (w *world) held() []models.Suppression {
	w.t.Helper()
	rows, err := w.store.Suppressions(w.ctx, w.leads.HashIdentity(narges))
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

func (w *world) audited(action string) (out []models.AuditEntry) {
	for _, e := range all(w, w.store.EachAudit) {
		if e.Action == action {
			out = append(out, e)
		}
	}
	return out
}

// db reads past the store, as somebody with the file would.
func (w *world) db() *sql.DB {
	w.t.Helper()
	if w.raw != nil {
		return w.raw
	}
	driver, address := "sqlite", w.url+"?_pragma=busy_timeout(5000)"
	if store.IsPostgres(w.url) {
		driver, address = "pgx", w.url
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		w.t.Fatal(err)
	}
	db.SetMaxOpenConns(2)
	w.t.Cleanup(func() { _ = db.Close() })
	w.raw = db
	return db
}

func (w *world) exec(statement string) {
	w.t.Helper()
	if _, err := w.db().Exec(statement); err != nil {
		w.t.Fatal(err)
	}
}

// rows are how many rows each table has, to tell that nothing was written.
func (w *world) rows(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, table := range tables(t, w) {
		b.WriteString(table + " ")
		var n int
		if err := w.db().QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.Repeat("|", n) + "\n")
	}
	return b.String()
}

// tables are all tables of the product, in order.
func tables(t *testing.T, w *world) (names []string) {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'lead_words%' ORDER BY name"
	if store.IsPostgres(w.url) {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
	}
	rows, err := w.db().Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// runs tells whether more is to come of a sequence.
func (w *world) runs(sequence models.ID) bool {
	w.t.Helper()
	e := w.enrolment(sequence)
	return e.Running()
}
