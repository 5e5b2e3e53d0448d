package main

import (
	"errors"
	"fmt"

	"sarnakh/i18n"
	"sarnakh/store"
)

type copyCmd struct {
	To string `required:"" placeholder:"URL" help:"postgres://user:pass@host/db, an empty database."`
}

// Run copies everything from SQLite into an empty PostgreSQL database, as of one moment.
func (c *copyCmd) Run(s *session) error {
	if !store.IsPostgres(c.To) {
		return fmt.Errorf("%w: --to is an address such as postgres://user:pass@host/db", errUsage)
	}
	settings, err := s.settings()
	if err != nil {
		return err
	}
	if !settings.isSQLite() {
		return errors.New("this database is PostgreSQL already; copy from SQLite")
	}
	release, err := store.LockSQLite(settings.databaseURL())
	serving := errors.Is(err, store.ErrLocked)
	if err != nil && !serving {
		return err
	}
	if !serving {
		defer release()
	}
	a, err := openApp(s.ctx, settings, quiet(s.err), false, false)
	if err != nil {
		return err
	}
	defer a.release()
	rows, err := c.copy(s, a, serving)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d rows copied; set database.url to go on there, with the same secret key and files\n", rows)
	if serving {
		fmt.Fprintln(s.out, "a server is running here: what it does from now on is not in the copy, and mail in the copy is paused and "+
			"treated as after a restore. To move, stop it and copy again into an empty database")
	}
	return nil
}

func (c *copyCmd) copy(s *session, a *app, serving bool) (rows int, err error) {
	to, err := store.Open(s.ctx, store.Config{URL: c.To, Zone: a.settings.zone(), Log: a.log})
	if err != nil {
		return 0, err
	}
	defer to.Close()
	if err := to.Migrate(s.ctx); err != nil {
		return 0, err
	}
	if used, err := to.Used(s.ctx); err != nil || used {
		if err == nil {
			err = errors.New("the database to copy into is not empty")
		}
		return 0, err
	}
	p := newProgress(s.err, "rows", 0)
	defer p.done()
	if rows, err = a.store.Copy(s.ctx, to, a.leads.Words, p.set); err != nil || !serving {
		return rows, err
	}
	// The server goes on sending what it owes: two must not.
	if _, err := to.Revive(s.ctx, store.Revival{Speed: a.settings.Nurture.Speed}); err != nil {
		return rows, err
	}
	return rows, to.PauseMail(s.ctx, i18n.For(a.settings.locale()).T("keeping.paused.copied"))
}
