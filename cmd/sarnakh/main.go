// Command sarnakh captures, scores and nurtures leads: a server and the tools around it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones on machines that have none

	"github.com/alecthomas/kong"
)

// Exit codes of every command.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// cli is the command line: one field for each sub-command.
type cli struct {
	Config string   `help:"Settings file; ./config.yaml where there is one." placeholder:"FILE" type:"path"`
	Set    []string `help:"One setting, such as http.addr=:9090; may be repeated." placeholder:"KEY=VALUE" sep:"none"`

	Serve      serveCmd      `cmd:"" help:"Start the server."`
	Migrate    migrateCmd    `cmd:"" help:"Bring the database's schema up to date."`
	User       userCmd       `cmd:"" help:"Add, list and reset the users of the back office."`
	Export     exportCmd     `cmd:"" help:"Write leads, submissions, consents, events, messages, coupons or the audit log to a file."`
	Scoring    scoringCmd    `cmd:"" help:"Explain scores, and compute them anew."`
	Quarantine quarantineCmd `cmd:"" help:"List and release submissions that were judged spam."`
	Seed       seedCmd       `cmd:"" help:"Fill an empty database for trying and measuring."`
	Backup     backupCmd     `cmd:"" help:"Write the database, the files and the secret key into one file."`
	Restore    restoreCmd    `cmd:"" help:"Put a backup in place; mail is paused after it."`
	Copy       copyCmd       `cmd:"" help:"Copy everything from SQLite into an empty PostgreSQL database."`
	Retention  retentionCmd  `cmd:"" help:"Show what is kept longer than it may be, and forget it with --apply."`
	Verify     verifyCmd     `cmd:"" help:"Check the promises on the database, a line each."`
	Health     healthCmd     `cmd:"" help:"Ask the server on this machine whether it can take a submission."`
	Settings   configCmd     `cmd:"" name:"config" help:"Check the settings."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// A session is what every command runs with.
type session struct {
	ctx      context.Context
	out, err io.Writer
	config   string
	set      []string
	environ  []string
}

func (s *session) settings() (*Settings, error) { return loadSettings(s.config, s.environ, s.set) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

// run is the program with everything it touches passed in.
func run(ctx context.Context, args, environ []string, out, errOut io.Writer) int {
	var c cli
	asked := -1 // --help has been answered
	parser, err := kong.New(&c, kong.Name("sarnakh"), kong.Description("Captures, scores and nurtures leads."),
		kong.Writers(out, errOut), kong.Exit(func(code int) { asked = code }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(errOut, "sarnakh:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	cmd, err := parser.Parse(args)
	switch {
	case asked >= 0:
		return exitDone
	case err != nil:
		fmt.Fprintln(errOut, "sarnakh:", err)
		return exitUsage
	}
	err = cmd.Run(&session{ctx: ctx, out: out, err: errOut, config: c.Config, set: c.Set, environ: environ})
	switch {
	case errors.Is(err, errUsage):
		fmt.Fprintln(errOut, "sarnakh:", err)
		return exitUsage
	case err != nil:
		fmt.Fprintln(errOut, "sarnakh:", err)
		return exitFailed
	}
	return exitDone
}

// errUsage marks a command that was called in the wrong way.
var errUsage = errors.New("wrong use")
