package queue_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/queue"
	"sarnakh/store"
	"sarnakh/store/storetest"
)

// A clock that stands still until it is moved.
type clock struct{ now atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.now.Store(time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) Now() time.Time          { return time.Unix(0, c.now.Load()).UTC() }
func (c *clock) advance(d time.Duration) { c.now.Add(int64(d)) }

// run works a queue until the returned function is called.
func run(t *testing.T, s *store.Store, c *clock, register func(*queue.Queue), change ...func(*queue.Config)) (q *queue.Queue, stop func()) {
	t.Helper()
	cfg := queue.Config{Store: s, Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond, Attempts: 3}
	if c != nil {
		cfg.Clock = c.Now
	}
	for _, f := range change {
		f(&cfg)
	}
	q = queue.New(cfg)
	register(q)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- q.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return q, stop
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

func claim(s *store.Store, owner, kind string, lease time.Duration) ([]models.Job, error) {
	return s.JobRound(context.Background(), store.JobRound{Owner: owner, Kinds: []string{kind}, Limit: 1000, Lease: lease})
}

func unfinished(t *testing.T, s *store.Store, kind string) int {
	t.Helper()
	// A far lease owner of no process finds what is due to be claimed; nothing else reads the table.
	jobs, err := claim(s, "counter", kind, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return len(jobs)
}

func TestTwoProcessesNeverDoAJobTwice(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		const jobs = 300
		first := storetest.Open(t, url, time.Now)
		second := first // one program serves a SQLite file
		if store.IsPostgres(url) {
			second = storetest.Open(t, url, time.Now)
		}
		var done sync.Map
		var total atomic.Int64
		work := func(q *queue.Queue) {
			q.Handle("count", func(_ context.Context, j models.Job) error {
				if _, twice := done.LoadOrStore(j.Ident, true); twice {
					return fmt.Errorf("job %s was done twice", j.Ident)
				}
				total.Add(1)
				return nil
			})
		}
		var owed []models.Job
		for i := range jobs {
			owed = append(owed, models.Job{Kind: "count", Ident: fmt.Sprint(i)})
		}
		if err := first.EnqueueJobs(t.Context(), owed...); err != nil {
			t.Fatal(err)
		}
		_, stop1 := run(t, first, nil, work)
		_, stop2 := run(t, second, nil, work)
		eventually(t, "all jobs done", func() bool { return total.Load() == jobs })
		time.Sleep(50 * time.Millisecond)
		stop1()
		stop2()
		if failed, err := first.FailedJobs(t.Context(), 0, 10); err != nil || len(failed) > 0 || total.Load() != jobs {
			t.Errorf("%d done, failed: %v, %v", total.Load(), failed, err)
		}
	})
}

func TestFailuresAreTriedAgainThenGivenUpWithTheirError(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		var tries [2]atomic.Int64
		run(t, s, c, func(q *queue.Queue) {
			q.Handle("fails", func(context.Context, models.Job) error {
				tries[0].Add(1)
				return errors.New("the gateway is down")
			})
			q.Handle("panics", func(context.Context, models.Job) error {
				tries[1].Add(1)
				panic("out of luck")
			})
		})
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "fails", Ident: "a"}, models.Job{Kind: "panics", Ident: "a"}); err != nil {
			t.Fatal(err)
		}
		for try := int64(1); try <= 3; try++ {
			eventually(t, "another try", func() bool { return tries[0].Load() == try && tries[1].Load() == try })
			time.Sleep(30 * time.Millisecond)
			if tries[0].Load() != try {
				t.Fatal("tried again before its time")
			}
			c.advance(2 * time.Minute)
		}
		var failed []models.Job
		eventually(t, "both given up", func() bool {
			failed, _ = s.FailedJobs(t.Context(), 0, 10)
			return len(failed) == 2
		})
		for _, f := range failed {
			want := map[string]string{"fails": "the gateway is down", "panics": "panic: out of luck"}[f.Kind]
			if f.LastError != want || f.Attempts != 3 || f.FailedAt == 0 {
				t.Errorf("kept %+v, want error %q", f, want)
			}
		}
		// A given-up job does not stand in the way of a new one.
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "fails", Ident: "a"}); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the new one is tried", func() bool { return tries[0].Load() == 4 })
	})
}

func TestTheJobOfADeadProcessIsTakenOverAndItsWordNoLongerCounts(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "work", Ident: "a", Payload: []byte("x")}); err != nil {
			t.Fatal(err)
		}
		dead, err := claim(s, "dead", "work", time.Minute)
		if err != nil || len(dead) != 1 {
			t.Fatalf("claimed %v, %v", dead, err)
		}
		started, finish := make(chan models.Job), make(chan struct{})
		run(t, s, c, func(q *queue.Queue) {
			q.Handle("work", func(_ context.Context, j models.Job) error {
				started <- j
				<-finish
				return nil
			})
		})
		select {
		case <-started:
			t.Fatal("taken over while its lease ran")
		case <-time.After(50 * time.Millisecond):
		}
		c.advance(61 * time.Second)
		if j := <-started; j.Attempts != 2 || string(j.Payload) != "x" {
			t.Errorf("taken over as %+v", j)
		}
		if _, err := s.JobRound(t.Context(), store.JobRound{Owner: "dead", Ends: []store.JobEnd{{Job: dead[0]}}}); err != nil { // the dead one wakes up
			t.Fatal(err)
		}
		if lost, err := s.ExtendJobs(t.Context(), "dead", []models.ID{dead[0].ID}, s.Now()); err != nil || len(lost) != 1 {
			t.Errorf("the dead process still holds it: %v, %v", lost, err)
		}
		c.advance(time.Hour)
		if n := unfinished(t, s, "work"); n != 1 {
			t.Errorf("%d unfinished jobs, want the one being done", n)
		}
		close(finish)
	})
}

func TestAJobThatKillsItsProcessIsGivenUpToo(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "poison", Ident: "a"}); err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			if jobs, err := claim(s, fmt.Sprint("victim", i), "poison", time.Minute); err != nil || len(jobs) != 1 {
				t.Fatalf("%v, %v", jobs, err)
			}
			c.advance(2 * time.Minute)
		}
		run(t, s, c, func(q *queue.Queue) {
			q.Handle("poison", func(context.Context, models.Job) error { t.Error("tried once more"); return nil })
		})
		eventually(t, "given up", func() bool {
			failed, _ := s.FailedJobs(t.Context(), 0, 10)
			return len(failed) == 1 && strings.Contains(failed[0].LastError, "died")
		})
	})
}

func TestTheSameWorkIsQueuedOnceAndDoneAgainWhenAskedForMeanwhile(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		owe := func(payload string, due time.Duration) {
			t.Helper()
			err := s.EnqueueJobs(t.Context(), models.Job{Kind: "rescore", Ident: "lead", Payload: []byte(payload), DueAt: s.Now().Add(due)})
			if err != nil {
				t.Fatal(err)
			}
		}
		owe("old", 0)
		owe("new", time.Hour) // later words, but no later than before
		started, finish := make(chan string), make(chan struct{})
		run(t, s, c, func(q *queue.Queue) {
			q.Handle("rescore", func(_ context.Context, j models.Job) error {
				started <- string(j.Payload)
				<-finish
				return nil
			})
		})
		if p := <-started; p != "new" {
			t.Errorf("done with payload %q", p)
		}
		owe("newer", 0)
		select {
		case <-started:
			t.Fatal("done twice at a time")
		case <-time.After(50 * time.Millisecond):
		}
		finish <- struct{}{}
		if p := <-started; p != "newer" {
			t.Errorf("done again with payload %q", p)
		}
		close(finish)
		select {
		case <-started:
			t.Fatal("done a third time")
		case <-time.After(50 * time.Millisecond):
		}
		if n := unfinished(t, s, "rescore"); n != 0 {
			t.Errorf("%d left", n)
		}
	})
}

func TestALongJobKeepsItsLease(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url, time.Now)
		short := func(cfg *queue.Config) { cfg.Lease = 600 * time.Millisecond }
		var starts atomic.Int64
		work := func(q *queue.Queue) {
			q.Handle("long", func(context.Context, models.Job) error {
				starts.Add(1)
				time.Sleep(2 * time.Second)
				return nil
			})
		}
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "long", Ident: "a"}); err != nil {
			t.Fatal(err)
		}
		run(t, s, nil, work, short)
		run(t, s, nil, work, short)
		time.Sleep(2500 * time.Millisecond)
		if starts.Load() != 1 {
			t.Errorf("started %d times", starts.Load())
		}
	})
}

func TestALostLeaseStopsTheHandler(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		stopped := make(chan struct{})
		var once sync.Once
		run(t, s, c, func(q *queue.Queue) {
			q.Handle("work", func(ctx context.Context, _ models.Job) error {
				for taken := 0; taken == 0; { // as if this process had been suspended
					c.advance(time.Hour)
					jobs, err := claim(s, "other", "work", 1000*time.Hour)
					if taken = len(jobs); err != nil {
						t.Error(err)
						break
					}
				}
				<-ctx.Done()
				once.Do(func() { close(stopped) })
				return ctx.Err()
			})
		}, func(cfg *queue.Config) { cfg.Lease = 300 * time.Millisecond })
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "work", Ident: "a"}); err != nil {
			t.Fatal(err)
		}
		select {
		case <-stopped:
		case <-time.After(5 * time.Second):
			t.Fatal("goes on without a lease")
		}
	})
}

func TestStoppingGivesTheAttemptBack(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		started := make(chan struct{})
		_, stop := run(t, s, c, func(q *queue.Queue) {
			q.Handle("work", func(ctx context.Context, _ models.Job) error {
				close(started)
				<-ctx.Done()
				return ctx.Err()
			})
		}, func(cfg *queue.Config) { cfg.Grace = 20 * time.Millisecond })
		if err := s.EnqueueJobs(t.Context(), models.Job{Kind: "work", Ident: "a"}); err != nil {
			t.Fatal(err)
		}
		<-started
		stop()
		jobs, err := claim(s, "next", "work", time.Minute)
		if err != nil || len(jobs) != 1 || jobs[0].Attempts != 1 {
			t.Errorf("the next process finds %+v, %v", jobs, err)
		}
	})
}

func TestPeriodicWorkIsDoneOncePerPeriod(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock() // 12:30
		first := storetest.Open(t, url, c.Now)
		second := first
		if store.IsPostgres(url) {
			second = storetest.Open(t, url, c.Now)
		}
		var done atomic.Int64
		if err := first.EnsurePeriodic(t.Context(), "hourly", first.Now().Add(30*time.Minute)); err != nil { // as at the start before
			t.Fatal(err)
		}
		hourly := func(q *queue.Queue) {
			q.Periodic("hourly", queue.Every(time.Hour), func(context.Context, models.Job) error { done.Add(1); return nil })
		}
		_, stop1 := run(t, first, c, hourly)
		_, stop2 := run(t, second, c, hourly)
		settle := func() int64 { time.Sleep(80 * time.Millisecond); return done.Load() }
		expect := func(when string, want int64) {
			t.Helper()
			eventually(t, when, func() bool { return done.Load() >= want })
			if got := settle(); got != want {
				t.Fatalf("%s: done %d times, want %d", when, got, want)
			}
		}
		expect("before the first period", 0)
		c.advance(30 * time.Minute)
		expect("at 13:00", 1)
		c.advance(59 * time.Minute)
		expect("at 13:59", 1)
		c.advance(2 * time.Minute)
		expect("at 14:01", 2)
		c.advance(-30 * time.Minute)
		expect("with the clock set back", 2)
		c.advance(30 * time.Minute)
		stop1()
		stop2()
		c.advance(5*time.Hour + 10*time.Minute)
		_, stop3 := run(t, first, c, hourly)
		expect("after a restart that missed five", 3)
		c.advance(49 * time.Minute)
		expect("at the next full hour", 4)
		stop3()
	})
}

func TestAFailingPeriodIsTriedAgainUntilTheNext(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		c := newClock()
		s := storetest.Open(t, url, c.Now)
		var tries atomic.Int64
		if err := s.EnsurePeriodic(t.Context(), "minutely", s.Now().Add(2*time.Minute)); err != nil { // as at the start before
			t.Fatal(err)
		}
		run(t, s, c, func(q *queue.Queue) {
			q.Periodic("minutely", queue.Every(2*time.Minute), func(context.Context, models.Job) error {
				if tries.Add(1) <= 5 {
					return errors.New("not yet")
				}
				return nil
			})
		})
		for want := int64(1); want <= 8; want++ {
			c.advance(2 * time.Minute)
			eventually(t, fmt.Sprint("try ", want), func() bool { return tries.Load() >= want })
			time.Sleep(30 * time.Millisecond) // its end is recorded
		}
		if failed, err := s.FailedJobs(t.Context(), 0, 1); err != nil || len(failed) != 0 {
			t.Errorf("given up: %v, %v", failed, err)
		}
	})
}

func TestSchedules(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	at := func(zone *time.Location, text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, x := range []struct {
		name        string
		next        queue.Schedule
		after, want time.Time
	}{
		{"every quarter", queue.Every(15 * time.Minute), at(time.UTC, "2026-01-01 10:07"), at(time.UTC, "2026-01-01 10:15")},
		{"the start itself is past", queue.Every(time.Hour), at(time.UTC, "2026-01-01 10:00"), at(time.UTC, "2026-01-01 11:00")},
		{"daily, today", queue.Daily(tehran, 3, 30), at(tehran, "2026-01-01 03:29"), at(tehran, "2026-01-01 03:30")},
		{"daily, tomorrow", queue.Daily(tehran, 3, 30), at(tehran, "2026-01-01 03:30"), at(tehran, "2026-01-02 03:30")},
		{"the night without 02:30", queue.Daily(berlin, 2, 30), at(berlin, "2026-03-28 12:00"), at(berlin, "2026-03-29 03:30")},
		{"the day after it", queue.Daily(berlin, 2, 30), at(berlin, "2026-03-29 03:30"), at(berlin, "2026-03-30 02:30")},
		{"the night with 02:30 twice: done once", queue.Daily(berlin, 2, 30),
			queue.Daily(berlin, 2, 30)(at(berlin, "2026-10-24 12:00")), at(berlin, "2026-10-26 02:30")},
	} {
		if got := x.next(x.after); !got.Equal(x.want) {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
}
