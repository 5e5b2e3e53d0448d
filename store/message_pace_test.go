package store

import (
	"testing"
	"time"

	"sarnakh/models"

	"pgregory.net/rapid"
)

// I9: no minute has more mails than the limit, however the worker asks, and the clock being set back does
// not stop it.
func TestTheLimitPerMinuteHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 5000).Draw(t, "limit")
		r := rateOf(limit, rapid.SampledFrom([]time.Duration{paceSlack, domainSlack}).Draw(t, "slack"))
		now, p := models.Instant(1e15), pace{}
		var begun []models.Instant
		for range rapid.IntRange(1, 400).Draw(t, "rounds") {
			for range rapid.IntRange(1, 50).Draw(t, "want") {
				if p.take(r, now) {
					begun = append(begun, now)
				}
			}
			wait := p.wait(r, now)
			now = now.Add(rapid.SampledFrom([]time.Duration{time.Microsecond, time.Millisecond, 50 * time.Millisecond, wait, wait, 7 * time.Second}).Draw(t, "later"))
		}
		for i := range begun {
			if j := i + limit; j < len(begun) && begun[j].Sub(begun[i]) < time.Minute {
				t.Fatalf("%d mails within %v, limit %d", limit+1, begun[j].Sub(begun[i]), limit)
			}
		}
		if !p.take(r, now.Add(-24*time.Hour)) {
			t.Fatal("waits for the clock to come back")
		}
	})
}

func TestTheLimitPerMinuteIsUsedUp(t *testing.T) {
	for _, limit := range []int{1, 7, 60, 1000, 60_000} {
		r, p := rateOf(limit, paceSlack), pace{}
		now, begun := models.Instant(1e15), 0
		for end := now.Add(10 * time.Minute); now < end; {
			for range 10 {
				if p.take(r, now) {
					begun++
				}
			}
			now = now.Add(max(p.wait(r, now), time.Microsecond))
		}
		if begun < 10*limit*99/100-1 || begun > 10*limit+1 {
			t.Errorf("%d mails in ten minutes, limit %d", begun, limit)
		}
	}
}

// Mail to one domain that is read once a second is put off about once each, however much of it there is, uses the
// limit up, and never goes beyond it.
func TestMailThatIsPutOffComesBackAtItsOwnTime(t *testing.T) {
	for _, limit := range []int{5, 60, 600, 6000} {
		r, p := rateOf(limit, domainSlack), pace{}
		const hours = 3
		mails := limit * 60 * hours
		start := models.Instant(1e15)
		due := map[models.Instant]int{start: mails} // by the second in which it is read
		asked, sent, last := 0, 0, start
		for now := start; sent < mails && now.Sub(start) < 2*hours*time.Hour; now = now.Add(time.Second) {
			n := due[now]
			delete(due, now)
			for range n {
				asked++
				if p.take(r, now) {
					sent, last = sent+1, now
					continue
				}
				later := p.putOff(r, now)
				if later <= now || later.Sub(now) > paceHorizon+r.step {
					t.Fatalf("put off by %v", later.Sub(now))
				}
				due[start.Add((later.Sub(start)+time.Second-1).Truncate(time.Second))]++
			}
		}
		if sent != mails || last.Sub(start) > hours*time.Hour*108/100 {
			t.Errorf("limit %d: %d of %d sent within %v", limit, sent, mails, last.Sub(start))
		}
		if asked > (hours+2)*mails {
			t.Errorf("limit %d: %d mails were asked about %d times", limit, mails, asked)
		}
	}
}

// What was promised to mails that never came is free again, and a clock set back holds nothing up.
func TestPromisesAreForgotten(t *testing.T) {
	now, r, p := models.Instant(1e15), rateOf(60, domainSlack), pace{}
	for p.take(r, now) {
	}
	for range 100_000 {
		p.putOff(r, now)
	}
	if late := p.tail.Sub(now); late > paceHorizon+r.step {
		t.Errorf("the promises reach %v ahead", late)
	}
	back := now.Add(-24 * time.Hour)
	if !p.take(r, back) || p.putOff(r, back).Sub(back) > time.Minute {
		t.Error("waits for the clock to come back")
	}
}
