package faults

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"
)

// The programs' nights: their periodic work, made due by moving its time.
type nights struct {
	*testing.T
	db    *sql.DB
	first string  // the name under which the program that came first claims work
	due   []int64 // each night's time
	fatal int     // the night in which a program was killed
}

const (
	allNights    = 6
	nightlyKinds = 4
	agedANight   = 2 // people
)

// Two programs on one PostgreSQL do the periodic work once each period, whichever of them; and where the one that does
// it is killed in the middle, the other does, and goes on alone.
func TestTwoProgramsDoThePeriodicWorkOnce(t *testing.T) {
	a, b := newPair(t)
	a.sql(func(db *sql.DB) {
		n := &nights{T: t, db: db}
		n.watch()
		a.join(allNights * agedANight)
		n.pass()
		n.first = n.only("SELECT min(owner) FROM claims_seen HAVING min(owner) = max(owner)")
		b.start()
		for range allNights - 3 {
			n.pass()
		}
		alive := n.killAtWork(a, b)
		n.pass()
		n.once()
		alive.stop()
		n.workIsSeen(alive)
		alive.verify()
	})
}

func (n *nights) exec(query string, args ...any) {
	n.Helper()
	if _, err := n.db.Exec(query, args...); err != nil {
		n.Fatal(err)
	}
}

func (n *nights) count(query string, args ...any) (count int) {
	n.Helper()
	if err := n.db.QueryRow(query, args...).Scan(&count); err != nil {
		n.Fatal(err)
	}
	return count
}

func (n *nights) only(query string) (word string) {
	n.Helper()
	if err := n.db.QueryRow(query).Scan(&word); err != nil {
		n.Fatal(err)
	}
	return word
}

// watch has the database remember who claimed which period of what.
func (n *nights) watch() {
	n.Helper()
	n.exec("CREATE TABLE claims_seen (kind text, period bigint, owner text, attempt bigint)")
	n.exec(`CREATE FUNCTION see_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		INSERT INTO claims_seen VALUES (NEW.kind, OLD.due_at, NEW.lease_owner, NEW.attempts); RETURN NEW; END $$`)
	n.exec(`CREATE TRIGGER see_claim AFTER UPDATE ON jobs FOR EACH ROW
		WHEN (NEW.ident = 'periodic' AND NEW.attempts > OLD.attempts) EXECUTE FUNCTION see_claim()`)
}

// age lets two people more have been silent for a month: their consent is to expire, and their address to be cut.
func (n *nights) age() {
	n.Helper()
	for _, table := range []string{"consents", "submissions"} {
		n.exec("UPDATE "+table+" SET created_at = created_at - $1 WHERE lead_id IN ("+theAged+")", (31 * 24 * time.Hour).Microseconds(), agedANight*len(n.due))
	}
}

const theAged = "SELECT id FROM leads ORDER BY id LIMIT 2 OFFSET $2"

// fall makes it night.
func (n *nights) fall() {
	n.Helper()
	now := time.Now().UnixMicro()
	const move = "WITH moved AS (UPDATE jobs SET due_at = $1 WHERE ident = 'periodic' AND lease_owner = '' RETURNING 1) SELECT count(*) FROM moved"
	if moved := n.count(move, now); moved != nightlyKinds {
		n.Fatalf("%d kinds of periodic work wait, want %d", moved, nightlyKinds)
	}
	n.due = append(n.due, now)
}

// over waits until some of the work of a night is left, or none.
func (n *nights) over(left int) {
	n.Helper()
	n.eventually("a night is over", func() bool {
		return n.count("SELECT count(*) FROM jobs WHERE ident = 'periodic' AND (due_at <= $1 OR lease_owner <> '')", time.Now().UnixMicro()) == left
	})
}

func (n *nights) eventually(what string, done func() bool) {
	n.Helper()
	for began := time.Now(); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 30*time.Second {
			n.Fatalf("never: %s", what)
		}
	}
}

func (n *nights) pass() {
	n.Helper()
	n.age()
	n.fall()
	n.over(0)
}

// killAtWork kills the program that has begun to cut addresses and can't go on, and returns the other, which does it.
func (n *nights) killAtWork(a, b *server) (alive *server) {
	n.Helper()
	n.age()
	hold, err := n.db.Begin()
	if err != nil {
		n.Fatal(err)
	}
	defer func() { _ = hold.Rollback() }()
	if _, err := hold.Exec("SELECT id FROM consents WHERE created_at < $1 AND lead_id IN ("+theAged+") FOR UPDATE", time.Now().UnixMicro(), agedANight*len(n.due)); err != nil {
		n.Fatal(err)
	}
	n.fall()
	const stuck = "SELECT %s FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sarnakh' AND wait_event_type = 'Lock'"
	n.eventually("its work stands still", func() bool { return n.count(fmt.Sprintf(stuck, "count(*)")) == 1 })
	n.over(1)
	name, doomed := n.only("SELECT lease_owner FROM jobs WHERE kind = 'retention'"), a
	if alive = b; name != n.first {
		doomed, alive = b, a
	}
	doomed.kill()
	n.exec(fmt.Sprintf(stuck, "pg_terminate_backend(pid)")) // as PostgreSQL does when it finds its client gone
	_ = hold.Rollback()
	n.exec("UPDATE jobs SET leased_until = 1 WHERE lease_owner = $1", name) // the minute is over for which it was the dead one's
	n.fatal = len(n.due)
	n.over(0)
	return alive
}

// once tells that each kind of work was begun once each night, but for what was begun by the dead.
func (n *nights) once() {
	n.Helper()
	rows, err := n.db.Query("SELECT kind, period, count(*), count(DISTINCT owner), max(attempt) FROM claims_seen GROUP BY kind, period ORDER BY period, kind")
	if err != nil {
		n.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for ; rows.Next(); seen++ {
		var kind string
		var period int64
		var claims, owners, attempts int
		if err := rows.Scan(&kind, &period, &claims, &owners, &attempts); err != nil {
			n.Fatal(err)
		}
		night, want := slices.Index(n.due, period)+1, 1
		if night == n.fatal && kind == "retention" {
			want = 2
		}
		if night == 0 || claims != want || owners != want || attempts != want {
			n.Errorf("%s in night %d was begun %d times by %d programs, the last attempt was %d, want %d", kind, night, claims, owners, attempts, want)
		}
	}
	if want := nightlyKinds * len(n.due); seen != want {
		n.Errorf("work was begun %d times in %d nights, want %d", seen, len(n.due), want)
	}
	n.Logf("%d nights, work begun %d times, %d of them by the program that came first", len(n.due),
		n.count("SELECT count(*) FROM claims_seen"), n.count("SELECT count(*) FROM claims_seen WHERE owner = $1", n.first))
}

// workIsSeen holds what an owner sees of the work against the nights there were.
func (n *nights) workIsSeen(s *server) {
	n.Helper()
	expired := map[string]int{}
	for _, c := range export[consentRow](s, "consents") {
		if c.Decision == "expired" {
			expired[c.LeadID]++
		}
	}
	for lead, times := range expired {
		if times != 1 {
			n.Errorf("the consent of %s expired %d times", lead, times)
		}
	}
	if want := agedANight * len(n.due); len(expired) != want {
		n.Errorf("the consents of %d people expired, want %d", len(expired), want)
	}
	cuts := 0
	for _, e := range export[struct{ Action, Subject, Detail string }](s, "audit") {
		if e.Action == "retention" && e.Subject == "ips" {
			if cuts++; e.Detail != "6" { // of two people two consents and one form
				n.Errorf("one night cut %s addresses", e.Detail)
			}
		}
	}
	if cuts != len(n.due) {
		n.Errorf("addresses were cut %d times in %d nights", cuts, len(n.due))
	}
}
