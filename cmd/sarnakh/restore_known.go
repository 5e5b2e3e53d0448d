package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// forgottenLog is where each erasure is written down beside the database, for backups older than it.
const forgottenLog = "forgotten.log"

// remember adds to what is known the erasures of the log. Whom neither database knows to be erased is suppressed too; of
// the others the databases know whether they came back.
func (r *restoring) remember(a *app) error {
	logged, err := forgotten(filepath.Join(r.settings.DataDir, forgottenLog))
	if err != nil {
		return err
	}
	backup, err := a.store.Known(r.ctx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, e := range append(backup.Erasures, r.here.Erasures...) {
		known[e.Hash] = true
	}
	for _, e := range logged {
		if !known[e.Hash] {
			r.here.Suppressions = append(r.here.Suppressions, models.Suppression{
				Hash: e.Hash, Scope: models.SuppressMarketing, Reason: "erasure", CreatedAt: e.At})
		}
	}
	r.here.Erasures = append(r.here.Erasures, logged...)
	return nil
}

// forgotten reads the log: a hash and a time in each line. A line that was cut short when the machine died is not one.
func forgotten(path string) (out []models.Erasure, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		hash, when, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if at, err := time.Parse(time.RFC3339Nano, when); err == nil && hash != "" {
			out = append(out, models.Erasure{Hash: hash, At: models.At(at)})
		}
	}
	return out, lines.Err()
}

// eraseAgain forgets the leads of the backup who were erased since. One who came back after it is another lead.
func (r *restoring) eraseAgain(a *app) (n int, err error) {
	known, err := a.store.Known(r.ctx)
	if err != nil || len(known.Erasures) == 0 {
		return 0, err
	}
	erased := make(map[string]models.Instant, len(known.Erasures))
	for _, e := range known.Erasures {
		erased[e.Hash] = max(erased[e.Hash], e.At)
	}
	var again []store.Erasing
	err = a.store.EachLead(r.ctx, func(leads []models.Lead) error {
		for i := range leads {
			hash := a.leads.HashIdentity(leads[i].Identity)
			if at, ok := erased[hash]; ok && leads[i].CreatedAt <= at {
				again = append(again, store.Erasing{Lead: leads[i].ID, Hash: hash})
			}
		}
		return nil
	})
	for _, who := range again {
		if err := a.store.Erase(r.ctx, who); err != nil {
			return n, fmt.Errorf("erase again: %w", err)
		}
		n++
	}
	return n, err
}

// report says what has become of everything.
func (r *restoring) report() error {
	say := func(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }
	say("restored %d leads as of %s", r.leads, r.manifest.MadeAt.Format(time.RFC3339))
	if kept := r.settings.databaseURL() + ".before-" + r.stamp; r.settings.isSQLite() {
		if _, err := os.Stat(kept); err == nil {
			say("the database that was here is kept as %s; delete it when all is well: it holds people who may since be erased", kept)
		}
	}
	say("suppressions known here: %d, all still in force; erased again: %d", len(r.here.Suppressions), r.erased)
	if r.Moved {
		say("mail goes on where it stood")
		return nil
	}
	say("mails owed in the backup that may have been sent since: %d; they are marked unknown and not sent again", r.revived.Unknown)
	say("mails not due before now: %d; they stay owed. Leads moved past steps that they may have got: %d", r.revived.Later, r.revived.Passed)
	say("mail is paused: look, then let it go on in the back office")
	say("everybody has to sign in again")
	return nil
}
