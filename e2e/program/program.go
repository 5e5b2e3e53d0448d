// Package program builds the program, runs it as its users do, and reads what it prints: for tests from the
// outside, and for taking pictures of it.
package program

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Binary is the built program.
type Binary string

// Build builds the program into a folder.
func Build(dir string) (Binary, error) {
	path := filepath.Join(dir, "sarnakh")
	cmd := exec.Command("go", "build", "-o", path, "sarnakh/cmd/sarnakh")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return Binary(path), nil
}

// A Program is a server on a free port of this machine.
type Program struct {
	URL      string
	Dir      string
	binary   Binary
	settings []string
	cmd      *exec.Cmd
	out, log lines
	done     chan struct{} // closed when it has ended
}

// Patience is how long the program may take to start, and to end.
const Patience = 30 * time.Second

// Start runs a server over the data in dir, and waits until it is ready. Settings are KEY=VALUE.
func (b Binary) Start(dir string, settings ...string) (*Program, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	p := b.At(dir, settings...)
	p.URL = "http://" + port
	p.settings = append(p.settings, "http.addr="+port, "base_url="+p.URL)
	p.cmd = p.command("serve")
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.log
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.done = make(chan struct{})
	go func() { _ = p.cmd.Wait(); close(p.done) }()
	if err := p.await(p.ready); err != nil {
		_ = p.cmd.Process.Kill()
		return nil, fmt.Errorf("the server does not start: %w\n%s", err, p.log.String())
	}
	return p, nil
}

// At is the program over the data in dir, not serving: for its commands.
func (b Binary) At(dir string, settings ...string) *Program {
	return &Program{Dir: dir, binary: b, settings: append(slices.Clone(settings), "data_dir="+dir)}
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// command runs beside the data, so that no config.yaml of elsewhere is read, and without settings of the
// tester's own environment.
func (p *Program) command(args ...string) *exec.Cmd {
	for _, s := range p.settings {
		args = append(args, "--set", s)
	}
	cmd := exec.Command(string(p.binary), args...)
	cmd.Dir = filepath.Dir(p.Dir)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "SARNAKH_") })
	return cmd
}

func (p *Program) ready() bool {
	r, err := http.Get(p.URL + "/readyz")
	if err != nil {
		return false
	}
	defer r.Body.Close()
	return r.StatusCode == http.StatusOK
}

func (p *Program) await(what func() bool) error {
	for deadline := time.Now().Add(Patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.done:
			return errors.New("it ended")
		default:
		}
		if what() {
			return nil
		}
	}
	return errors.New("it takes too long")
}

// OwnerLink is the path of the one-time link that a server without an owner prints.
func (p *Program) OwnerLink() (path string, err error) {
	err = p.await(func() bool { path = linkIn(p.out.String()); return path != "" })
	return path, err
}

// linkIn finds the path of a one-time link in what was printed.
func linkIn(text string) string {
	for _, word := range strings.Fields(text) {
		if at := strings.Index(word, "/admin/setup/"); at > 0 {
			return word[at:]
		}
	}
	return ""
}

// Printed is the standard output so far.
func (p *Program) Printed() string { return p.out.String() }

// Log is what the server has logged so far.
func (p *Program) Log() string { return p.log.String() }

// Pid is the server's process.
func (p *Program) Pid() int { return p.cmd.Process.Pid }

// Stop asks the server to end, as a service manager does, and waits. It fails unless the server ends well.
func (p *Program) Stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.done:
	case <-time.After(Patience):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("the server ended with %d\n%s", code, p.log.String())
	}
	return nil
}

// A Result is what a command printed, and its exit code.
type Result struct {
	Out, Err string
	Code     int
}

// Run runs a command over the same data; a server may be running.
func (p *Program) Run(args ...string) Result { return p.RunWith(nil, args...) }

// RunWith runs a command with more in its environment.
func (p *Program) RunWith(environ []string, args ...string) Result {
	cmd := p.command(args...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	cmd.Env = append(cmd.Env, environ...)
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return Result{Err: err.Error(), Code: -1}
	}
	return Result{out.String(), errOut.String(), cmd.ProcessState.ExitCode()}
}

// Command is a command over the same data, not begun: to be stopped at a time of the caller's.
func (p *Program) Command(args ...string) *exec.Cmd { return p.command(args...) }

// AddUser adds a user and returns the path of the link with which they choose a password.
func (p *Program) AddUser(email, role, name string) (string, error) {
	r := p.Run("user", "add", email, "--role", role, "--name", name)
	if link := linkIn(r.Out); r.Code == 0 && link != "" {
		return link, nil
	}
	return "", fmt.Errorf("user add ended with %d: %s", r.Code, r.Err)
}

// lines collects output while it is being read.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
