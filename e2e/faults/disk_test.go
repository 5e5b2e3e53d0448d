package faults

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// While SQLite can't write, forms are answered 503 and pages are served as ever; nothing is acknowledged falsely, and
// when it can write again it does, without a restart (I1, I10).
func TestTheDatabaseCannotWrite(t *testing.T) {
	for name, trouble := range map[string]func(s *server) (over func()){
		"disk full":                 fillDisk,
		"fsync fails":               failSyncs,
		"locked by another program": lockFile,
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, "sqlite")
			if name == "disk full" {
				s.data = smallDisk(t)
			}
			sink := newSink(t, "", atOnce)
			s.settings = append(s.settings, "smtp.url="+sink.url())
			s.start()
			crowd := newCrowd(s, rand.Uint64(), visitors)
			come := func(d time.Duration) {
				leave := crowd.come()
				time.Sleep(d)
				leave()
			}
			come(500 * time.Millisecond)
			crowd.trouble.Store(true)
			over := trouble(s)
			leave := crowd.come()
			s.eventually("a form is refused", func() bool { return crowd.refused.Load() > 0 })
			over()
			s.eventually("it takes submissions again", func() bool {
				status, _, err := crowd.visitors[0].get("/readyz")
				return err == nil && status == 200
			})
			leave()
			crowd.trouble.Store(false)
			come(500 * time.Millisecond)
			s.drained()
			s.stop()
			compare(s, crowd.posts(), sink, connections)
			s.verify()
			t.Logf("%d forms, %d times refused", len(crowd.posts()), crowd.refused.Load())
		})
	}
}

func (s *server) eventually(what string, done func() bool) {
	s.Helper()
	for began := time.Now(); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 30*time.Second {
			s.Fatalf("never: %s\n%s", what, s.log())
		}
	}
}

// smallDisk is a folder on a disk of its own.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sarnakh-disk-")
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=48m"); err != nil {
		t.Fatalf("a small disk needs root: %v", err)
	}
	t.Cleanup(func() {
		_ = syscall.Unmount(dir, syscall.MNT_DETACH)
		_ = os.Remove(dir)
	})
	return filepath.Join(dir, "data")
}

func fillDisk(s *server) (over func()) {
	s.Helper()
	path := filepath.Join(filepath.Dir(s.data), "filler")
	f, err := os.Create(path)
	if err != nil {
		s.Fatal(err)
	}
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		s.Fatal(err)
	}
	return func() {
		_ = f.Close()
		if err := os.Remove(path); err != nil {
			s.Fatal(err)
		}
	}
}

// failSyncs has the kernel refuse each sync to disk, as a broken disk does.
func failSyncs(s *server) (over func()) {
	s.Helper()
	return s.inject("fsync,fdatasync:error=EIO")
}

// inject makes the program's system calls fail until it is over.
func (s *server) inject(what string) (over func()) {
	s.Helper()
	trace := exec.Command("strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject="+what, "-p", strconv.Itoa(s.process.Process.Pid))
	if err := trace.Start(); err != nil {
		s.Fatalf("failing system calls need strace: %v", err)
	}
	return func() {
		_ = trace.Process.Signal(os.Interrupt)
		_ = trace.Wait()
	}
}

func lockFile(s *server) (over func()) {
	s.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.data, "sarnakh.db"))
	if err != nil {
		s.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err == nil {
		_, err = conn.ExecContext(context.Background(), "PRAGMA busy_timeout=10000; BEGIN IMMEDIATE")
	}
	if err != nil {
		s.Fatal(err)
	}
	return func() {
		_ = conn.Close()
		_ = db.Close()
	}
}
