package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to make and drop the database of a run
)

// build compiles the program of this checkout.
func build() (binary string, clean func(), err error) {
	dir, err := os.MkdirTemp("", "sarnakh-bench-")
	if err != nil {
		return "", nil, err
	}
	binary = filepath.Join(dir, "sarnakh")
	cmd := exec.Command("go", "build", "-o", binary, "./cmd/sarnakh")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return binary, func() { _ = os.RemoveAll(dir) }, cmd.Run()
}

// A server is the program under load, in a process of its own.
type server struct {
	cmd     *exec.Cmd
	addr    string
	dir     string
	clean   []func()
	pgBase  string
	metrics string
	args    []string // those before the command
	tokenAt sync.Map
}

// start runs the program with limits off, on an empty or seeded database.
func start(o options, settings ...string) (*server, error) {
	s := &server{}
	dir, err := os.MkdirTemp("", "sarnakh-bench-data-")
	if err != nil {
		return nil, err
	}
	s.dir = dir
	s.clean = append(s.clean, func() { _ = os.RemoveAll(dir) })
	if s.addr, err = freeAddr(); err != nil {
		return nil, err
	}
	args := []string{"--set", "data_dir=" + dir, "--set", "http.addr=" + s.addr, "--set", "base_url=http://" + s.addr,
		"--set", "forms.min_seconds=0", "--set", "forms.per_network=0", "--set", "forms.per_address=0"}
	for _, setting := range settings {
		args = append(args, "--set", setting)
	}
	if o.engine == "postgres" {
		base, err := s.database()
		if err != nil {
			s.stop()
			return nil, err
		}
		args = append(args, "--set", "database.url="+base)
	}
	if o.seedLeads > 0 || o.campaigns > 0 {
		seed := exec.Command(o.binary, append(slices.Clone(args), o.seed()...)...)
		seed.Stderr, seed.Env = os.Stderr, environ()
		if err := seed.Run(); err != nil {
			s.stop()
			return nil, fmt.Errorf("seed: %w", err)
		}
	}
	if o.profile != "" {
		if s.metrics, err = freeAddr(); err != nil {
			return nil, err
		}
		args = append(args, "--set", "http.metrics_addr="+s.metrics)
	}
	s.args = args
	s.cmd = exec.Command(o.binary, append(slices.Clone(args), "serve")...)
	s.cmd.Stderr, s.cmd.Env = os.Stderr, environ()
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.stop()
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		s.stop()
		return nil, err
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if err := s.ready(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// seed is the command that fills the database before the program is started.
func (o options) seed() []string {
	args := []string{"seed"}
	if o.campaigns > 0 {
		args = append(args, "--campaigns", strconv.Itoa(o.campaigns))
	}
	if o.seedLeads > 0 {
		args = append(args, "--leads", strconv.Itoa(o.seedLeads), "--events", strconv.Itoa(max(o.seedEvents, o.seedLeads)))
	}
	return args
}

// path is the campaign that the n-th visitor opens.
func (o options) path(n int) string {
	if o.campaigns == 0 {
		return "/p/playbook"
	}
	return fmt.Sprint("/p/campaign-", n%o.campaigns+1)
}

// environ is ours without settings of the program.
func environ() (out []string) {
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "SARNAKH_") {
			out = append(out, e)
		}
	}
	return out
}

func (s *server) database() (string, error) {
	admin := os.Getenv("SARNAKH_TEST_POSTGRES")
	if admin == "" {
		return "", errors.New("SARNAKH_TEST_POSTGRES is not set (run `make bench`)")
	}
	name := fmt.Sprintf("bench_%d_%d", os.Getpid(), time.Now().UnixNano())
	do := func(statement string) error {
		db, err := sql.Open("pgx", admin)
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.Exec(statement)
		return err
	}
	if err := do("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	s.clean = append(s.clean, func() { _ = do("DROP DATABASE " + name + " WITH (FORCE)") })
	u, err := url.Parse(admin)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	s.pgBase = name
	return u.String(), nil
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func (s *server) ready() error {
	for range 600 {
		if resp, err := http.Get("http://" + s.addr + "/readyz"); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("the program did not become ready")
}

func (s *server) stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Wait()
	}
	for i := len(s.clean) - 1; i >= 0; i-- {
		s.clean[i]()
	}
}

// cpu is the CPU time that the program and, with PostgreSQL, all of its server's processes have used.
func (s *server) cpu() time.Duration {
	total := processCPU(s.cmd.Process.Pid)
	if s.pgBase == "" {
		return total
	}
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if name, err := os.ReadFile(filepath.Join("/proc", e.Name(), "comm")); err == nil && strings.TrimSpace(string(name)) == "postgres" {
			total += processCPU(pid)
		}
	}
	return total
}

// ticksPerSecond is USER_HZ, which Linux has fixed at 100 for programs.
const ticksPerSecond = 100

// processCPU reads utime and stime, and those of children waited for (proc(5), stat).
func processCPU(pid int) time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	ticks := 0
	for _, f := range fields[11:13] {
		n, _ := strconv.Atoi(f)
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}

// memory is how much the program holds now and held at most, in MiB.
func (s *server) memory() (now, peak float64) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	read := func(name string) float64 {
		for line := range strings.Lines(string(raw)) {
			if rest, ok := strings.CutPrefix(line, name+":"); ok {
				kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
				return kb / 1024
			}
		}
		return 0
	}
	return read("VmRSS"), read("VmHWM")
}

// profile writes what Go's profiler says to files beside the load: prefix.cpu of some seconds, then prefix.heap
// and prefix.allocs.
func (s *server) profile(prefix string, seconds int) error {
	for _, p := range []struct{ name, query string }{
		{"cpu", fmt.Sprintf("profile?seconds=%d", seconds)}, {"heap", "heap?gc=1"}, {"allocs", "allocs"},
	} {
		if err := download(fmt.Sprintf("http://%s/debug/pprof/%s", s.metrics, p.query), prefix+"."+p.name); err != nil {
			return err
		}
	}
	return nil
}

func download(url, path string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, resp.Body)
	return err
}
