package e2e

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sarnakh/e2e/program"
	"sarnakh/store/storetest"
)

// eachEngine runs a test over SQLite and over PostgreSQL; home makes the settings of a new server of that engine.
func eachEngine(t *testing.T, test func(t *testing.T, home func() []string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, func() []string { return nil }) })
	t.Run("postgres", func(t *testing.T) {
		test(t, func() []string { return []string{"database.url=" + storetest.Postgres(t)} })
	})
}

var unlimited = []string{"forms.per_network=0", "forms.per_address=0", "forms.min_seconds=0"}

// A backup made while people fill in forms holds everything that was answered before it began, and nothing by halves;
// what it holds is the same where it is restored.
func TestBackupUnderWriteLoad(t *testing.T) {
	eachEngine(t, func(t *testing.T, home func() []string) {
		server := serve(t, append(home(), unlimited...)...)
		var answered atomic.Int64
		stop := make(chan struct{})
		var people sync.WaitGroup
		for p := range 6 {
			people.Go(func() {
				client := server.Client()
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					who := url.Values{"name": {"Sara"}, "email": {fmt.Sprintf("p%d-%d@firm.example", p, i)}, "consent.newsletter": {"1"}}
					if _, err := client.Submit("/p/playbook", who); err != nil {
						t.Error(err)
						return
					}
					answered.Add(1)
				}
			})
		}
		for answered.Load() < 50 {
			time.Sleep(10 * time.Millisecond)
		}
		before := answered.Load()
		file := filepath.Join(t.TempDir(), "backup")
		r := server.Run("backup", file)
		close(stop)
		people.Wait()
		if r.Code != 0 {
			t.Fatalf("%+v", r)
		}
		there := binary.At(filepath.Join(t.TempDir(), "data"), home()...)
		if r := there.Run("restore", file); r.Code != 0 {
			t.Fatalf("%+v", r)
		}
		if r := there.Run("verify"); r.Code != 0 {
			t.Errorf("%+v", r)
		}
		kept := byID(got(there.Export("submissions"))(t))
		if n := int64(len(kept)); n < before || n > answered.Load() {
			t.Errorf("%d submissions kept; %d were answered before, %d in all", n, before, answered.Load())
		}
		original := byID(got(server.Export("submissions"))(t))
		for id, row := range kept {
			if fmt.Sprint(row) != fmt.Sprint(original[id]) {
				t.Errorf("%v became %v", original[id], row)
			}
		}
	})
}

func byID(rows []program.Row) map[string]program.Row {
	out := make(map[string]program.Row, len(rows))
	for _, r := range rows {
		out[r.Text("id")] = r
	}
	return out
}

// A restore that is killed leaves the old state or, at its very end, the new one; the next one goes through.
func TestRestoreKilledHalfWay(t *testing.T) {
	eachEngine(t, func(t *testing.T, home func() []string) {
		big := binary.At(filepath.Join(t.TempDir(), "big"), home()...)
		ran(t, big, "seed", "--due-mails", "6000")
		file := filepath.Join(t.TempDir(), "backup")
		ran(t, big, "backup", file)

		here := binary.At(filepath.Join(t.TempDir(), "data"), home()...)
		ran(t, here, "seed", "--due-mails", "7")
		// The backup's key, so that nothing is refused.
		must(t, os.Remove(filepath.Join(here.Dir, "secret.key")))
		copyFile(t, filepath.Join(big.Dir, "secret.key"), filepath.Join(here.Dir, "secret.key"))
		was := ran(t, here, "export", "leads")
		begun := time.Now()
		ran(t, big, "restore", file, "--replace") // how long one takes
		whole := time.Since(begun)
		const kills = 6
		for i := range kills {
			cmd := here.Command("restore", file, "--replace")
			must(t, cmd.Start())
			time.Sleep(whole * time.Duration(i+1) / (kills + 1))
			_ = cmd.Process.Signal(syscall.SIGKILL)
			if err := cmd.Wait(); err == nil {
				t.Logf("kill %d came too late", i)
				break
			}
			ran(t, here, "verify")
			if now := ran(t, here, "export", "leads"); now != was {
				if n := strings.Count(now, "\n"); n != 6001 {
					t.Fatalf("kill %d left %d lines", i, n)
				}
				t.Logf("kill %d came after the swap", i)
				break
			}
		}
		said := ran(t, here, "restore", file, "--replace")
		if !strings.Contains(said, "restored 6000 leads") {
			t.Error(said)
		}
		ran(t, here, "verify")
		if left, _ := filepath.Glob(filepath.Join(here.Dir, ".restore-*")); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// ran is a command that ends well.
func ran(t *testing.T, p *program.Program, args ...string) string {
	t.Helper()
	r := p.Run(args...)
	if r.Code != 0 {
		t.Fatalf("%v ended with %d: %s%s", args, r.Code, r.Out, r.Err)
	}
	return r.Out
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	must(t, err)
	must(t, os.WriteFile(to, raw, 0o600))
}

// The mails that `seed --due-mails` owes are composed and sent like any other.
func TestSeededMailsAreSent(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	ran(t, binary.At(dir), "seed", "--due-mails", "40")
	server := got(binary.Start(dir))(t)
	t.Cleanup(func() { must(t, server.Stop()) })
	for deadline := time.Now().Add(program.Patience); ; time.Sleep(100 * time.Millisecond) {
		out := ran(t, server, "export", "messages")
		if strings.Count(out, ",marketing,step,sent,") == 40 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not sent:\n%s\n%s", out, server.Log())
		}
	}
	ran(t, server, "verify")
}
