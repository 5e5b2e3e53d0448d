package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sarnakh/campaigns"
	"sarnakh/files"
	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/mailer"
	"sarnakh/nurture"
	"sarnakh/store"
	"sarnakh/team"

	"github.com/lmittmann/tint"
	"github.com/mattn/go-isatty"
)

// An app is the rooms of the program, wired together over one database.
type app struct {
	settings  *Settings
	log       *slog.Logger
	store     *store.Store
	campaigns *campaigns.Campaigns
	leads     *leads.Leads
	links     *links.Links
	nurture   *nurture.Nurture
	team      *team.Team
	files     files.Folder
	// Set where mail is sent by this process.
	wake      func()
	mailStats func() mailer.Stats

	release func()
}

// errLocked is what a second server on the same file is told.
var errLocked = errors.New("another sarnakh already uses this database file; stop it first, or give this one its own data_dir")

// openStore opens the database. With exclusive it holds the lock that a serving program holds.
func openStore(ctx context.Context, s *Settings, log *slog.Logger, exclusive bool) (*store.Store, func(), error) {
	release := func() {}
	if exclusive && s.isSQLite() {
		var err error
		release, err = store.LockSQLite(s.databaseURL())
		if errors.Is(err, store.ErrLocked) {
			return nil, nil, errLocked
		}
		if err != nil {
			return nil, nil, err
		}
	}
	st, err := store.Open(ctx, store.Config{URL: s.databaseURL(), MaxQueue: s.HTTP.MaxQueue, Zone: s.zone(), Log: log})
	if err != nil {
		release()
		return nil, nil, err
	}
	return st, func() { _ = st.Close(); release() }, nil
}

// openApp opens the database of a command that works with leads. The schema has to be up to date; serve
// and migrate bring it there.
func openApp(ctx context.Context, s *Settings, log *slog.Logger, exclusive, migrate bool) (*app, error) {
	st, release, err := openStore(ctx, s, log, exclusive)
	if err != nil {
		return nil, err
	}
	a := &app{settings: s, log: log, store: st, release: release, files: files.Folder(filepath.Join(s.DataDir, "files"))}
	if err := a.wire(ctx, migrate); err != nil {
		release()
		return nil, err
	}
	return a, nil
}

func (a *app) wire(ctx context.Context, migrate bool) error {
	if migrate {
		if err := migrateWithCopy(ctx, a.settings, a.store, a.log); err != nil {
			return err
		}
	} else if pending, _, err := a.store.PendingMigrations(ctx); err != nil {
		return err
	} else if pending > 0 {
		return errors.New("the database is older than this program, or empty: run `sarnakh migrate`, or start the server once")
	}
	secret, err := secretKey(a.settings)
	if err != nil {
		return err
	}
	if a.links, err = links.New(secret, a.settings.BaseURL); err != nil {
		return err
	}
	if a.campaigns, err = campaigns.New(ctx, a.store, a.log); err != nil {
		return err
	}
	a.team, err = team.New(team.Config{Secret: secret, BaseURL: strings.TrimRight(a.settings.BaseURL, "/"), Zone: a.settings.zone(),
		MailDomain: a.settings.host(), Wake: a.mailOwed}, a.store)
	if err != nil {
		return err
	}
	a.nurture = nurture.New(nurture.Config{
		Zone: a.settings.zone(), Speed: a.settings.Nurture.Speed, MailDomain: a.settings.host(), PostalAddress: a.settings.Mail.PostalAddress,
	}, nurture.Deps{Store: a.store, Live: func() nurture.Live { return a.campaigns.Snapshot() }, Version: a.campaigns.Version,
		Links: a.links, Log: a.log, Owed: a.mailOwed})
	perNetwork, _ := leads.ParseLimits(a.settings.Forms.PerNetwork) // checked with the settings
	perAddress, _ := leads.ParseLimits(a.settings.Forms.PerAddress)
	a.leads, err = leads.New(leads.Config{
		Secret: secret, BaseURL: strings.TrimRight(a.settings.BaseURL, "/"), Zone: a.settings.zone(), Locale: a.settings.locale(),
		Notify: a.settings.Sales.Notify, MinSeconds: a.settings.Forms.MinSeconds, PerNetwork: perNetwork, PerAddress: perAddress,
		MailDomain: a.settings.host(), PostalAddress: a.settings.Mail.PostalAddress,
	}, leads.Deps{Store: a.store, Cards: a.campaigns, Clock: time.Now, Log: a.log, Wake: a.mailOwed, Forgotten: a.noteForgotten,
		Campaigns: func() leads.Campaigns { return a.campaigns.Snapshot() }})
	return err
}

// mailOwed lets mail begin at once, where this process sends it.
func (a *app) mailOwed() {
	if a.wake != nil {
		a.wake()
	}
}

// noteForgotten writes down beside the database who was erased, and returns when that is on disk.
func (a *app) noteForgotten(hash string, at time.Time) error {
	f, err := os.OpenFile(filepath.Join(a.settings.DataDir, forgottenLog), os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	line := hash + " " + at.UTC().Format(time.RFC3339Nano) + "\n"
	if end, err := f.Seek(0, io.SeekEnd); err == nil && end > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, end-1); err == nil && last[0] != '\n' { // the machine died over the line before
			line = "\n" + line
		}
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Sync(), f.Close(), syncDir(a.settings.DataDir))
}

// syncDir puts a folder's new names on disk.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// newLog writes for people on a terminal, and JSON elsewhere.
func newLog(w io.Writer) *slog.Logger {
	if f, ok := w.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return slog.New(tint.NewHandler(w, &tint.Options{TimeFormat: time.TimeOnly}))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

// quiet is for commands whose output is their result: only what went wrong is logged.
func quiet(w io.Writer) *slog.Logger {
	return slog.New(tint.NewHandler(w, &tint.Options{Level: slog.LevelWarn, NoColor: true, TimeFormat: time.TimeOnly}))
}

// copyAside copies a SQLite database to a file that is whole whenever it is there.
func copyAside(ctx context.Context, st *store.Store, path string) error {
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := st.CopyTo(ctx, part); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// migrateWithCopy migrates. A SQLite file that holds something is copied first, beside itself.
func migrateWithCopy(ctx context.Context, s *Settings, st *store.Store, log *slog.Logger) error {
	pending, fresh, err := st.PendingMigrations(ctx)
	if err != nil || pending == 0 {
		return err
	}
	if s.isSQLite() && !fresh {
		version, err := st.SchemaVersion(ctx)
		if err != nil {
			return err
		}
		// One copy for each schema, however often a migration is begun: a server that is started again and again must
		// not fill the disk with them.
		path := fmt.Sprintf("%s.before-migration-%d", s.databaseURL(), version+1)
		if err := copyAside(ctx, st, path); err != nil {
			return fmt.Errorf("copy before migrating: %w", err)
		}
		log.Info("copied the database before migrating", "to", path)
	}
	return st.Migrate(ctx)
}
