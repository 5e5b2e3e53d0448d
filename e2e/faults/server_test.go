package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sarnakh/e2e/program"
	"sarnakh/store/storetest"
)

var binary program.Binary // built once for all tests

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "sarnakh-built-")
	if err == nil {
		binary, err = program.Build(dir)
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// A server is the program over one database and at one address, for as many lives as a test gives it.
type server struct {
	*testing.T
	dir, data string
	base      string
	postgres  string // empty: SQLite
	settings  []string

	process *exec.Cmd
	ended   chan struct{}
}

const salesperson = "sales@firm.example"

// each runs a test with a server on each engine.
func each(t *testing.T, test func(s *server)) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { test(newServer(t, engine)) })
	}
}

// newServer prepares a server that has never been started. What a failed test leaves on disk is kept.
func newServer(t *testing.T, engine string) *server {
	t.Helper()
	postgres := ""
	if engine == "postgres" {
		postgres = storetest.Postgres(t)
	}
	dir, err := os.MkdirTemp("", "sarnakh-faults-")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{T: t, dir: dir, data: filepath.Join(dir, "data"), postgres: postgres, settings: []string{
		"database.url=" + postgres, "forms.min_seconds=0", "forms.per_network=0", "forms.per_address=0", "sales.notify=" + salesperson, "mail.from=Sarnakh <hello@firm.example>"}}
	s.at(freeAddress(t))
	t.Cleanup(func() {
		if s.process != nil {
			s.kill()
		}
		if t.Failed() {
			t.Logf("what is left of it: %s", dir)
			return
		}
		_ = os.RemoveAll(dir)
	})
	return s
}

// at gives the server its address.
func (s *server) at(addr string) {
	s.base = "http://" + addr
	s.settings = append(s.settings, "http.addr="+addr, "base_url="+s.base)
}

// freeAddress is outside the range that outgoing connections get their ports from, so that nobody takes it
// while the server is down.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(10000))
		if l, err := net.Listen("tcp", addr); err == nil {
			_ = l.Close()
			return addr
		}
	}
	t.Fatal("no free port")
	return ""
}

func (s *server) run(args ...string) program.Result {
	return binary.At(s.data, s.settings...).Run(args...)
}

// launch starts the program and does not wait for it. All its lives write one log.
func (s *server) launch() {
	s.Helper()
	s.launchCommand("serve")
}

func (s *server) launchCommand(name string) {
	s.Helper()
	log, err := os.OpenFile(s.logFile(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		s.Fatal(err)
	}
	defer log.Close()
	args := []string{name, "--set", "data_dir=" + s.data}
	for _, setting := range s.settings {
		args = append(args, "--set", setting)
	}
	s.process, s.ended = exec.Command(string(binary), args...), make(chan struct{})
	s.process.Dir, s.process.Stderr = s.dir, log
	s.process.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "SARNAKH_") })
	if err := s.process.Start(); err != nil {
		s.Fatal(err)
	}
	go func(p *exec.Cmd, ended chan struct{}) { _ = p.Wait(); close(ended) }(s.process, s.ended)
}

// start starts the program, and says how long it was until it could take submissions.
func (s *server) start() time.Duration {
	s.Helper()
	began := time.Now()
	s.launch()
	// A connection of its own for each try: a kept one would be a dead server's.
	client := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for time.Since(began) < program.Patience {
		if r, err := client.Get(s.base + "/readyz"); err == nil {
			_ = r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return time.Since(began)
			}
		}
		select {
		case <-s.ended:
			s.Fatalf("the program ended instead of starting:\n%s", s.log())
		case <-time.After(5 * time.Millisecond):
		}
	}
	s.Fatalf("not ready after %v:\n%s", time.Since(began), s.log())
	return 0
}

// kill ends the program as a power cut would.
func (s *server) kill() {
	_ = s.process.Process.Kill()
	<-s.ended
	s.process = nil
}

// stop asks the program to end, which it has to do well, and says how long it took.
func (s *server) stop() time.Duration {
	s.Helper()
	began := time.Now()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		s.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(program.Patience):
		s.Errorf("still there %v after SIGTERM", program.Patience)
	}
	p := s.process
	s.kill()
	if code := p.ProcessState.ExitCode(); code != 0 {
		s.Errorf("exit code %d after SIGTERM:\n%s", code, s.log())
	}
	return time.Since(began)
}

func (s *server) logFile() string { return filepath.Join(s.dir, "server.log") }

func (s *server) log() string {
	raw, _ := os.ReadFile(s.logFile())
	return string(raw)
}

// checkLog reads what all lives of the program have logged: nothing but that they began, and what they found
// in flight; and nobody's address (I11).
func (s *server) checkLog() {
	s.Helper()
	for line := range strings.Lines(s.log()) {
		var entry struct{ Level, Msg string }
		err := json.Unmarshal([]byte(line), &entry)
		if err != nil || entry.Level != "INFO" && entry.Msg != "mails were in flight when their sender died" {
			s.Errorf("logged: %s", line)
		}
		if strings.Contains(line, "@") {
			s.Errorf("I11: somebody is named in the log: %s", line)
		}
	}
}

// verify is `sarnakh verify`, which has to find nothing.
func (s *server) verify() {
	s.Helper()
	if r := s.run("verify"); r.Code != 0 {
		s.Errorf("verify exits %d:\n%s%s", r.Code, r.Out, r.Err)
	}
}

// export reads a table as `sarnakh export` writes it, and leaves the file beside the database.
func export[T any](s *server, table string) (rows []T) {
	s.Helper()
	path := filepath.Join(s.dir, table+".jsonl")
	if r := s.run("export", table, "--format", "jsonl", "--raw", "--out", path); r.Code != 0 {
		s.Fatalf("export %s exits %d: %s", table, r.Code, r.Err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		s.Fatal(err)
	}
	for line := range bytes.Lines(raw) {
		var row T
		if err := json.Unmarshal(line, &row); err != nil {
			s.Fatalf("%s: %v in %s", path, err, line)
		}
		rows = append(rows, row)
	}
	return rows
}
