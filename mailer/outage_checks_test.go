package mailer_test

import (
	"maps"
	"slices"
	"strings"
	"time"

	"sarnakh/models"
)

// ended holds every mail against what had to become of it, and what is said of them all against the rows.
func (o *outage) ended(back time.Time, late models.ID) {
	o.Helper()
	want, sequence := map[models.MessageState]int{}, map[models.MessageState]int64{}
	for _, m := range o.owed {
		state, attempts := models.MessageSent, 1
		if m.NotAfter != 0 && m.NotAfter < models.At(back) || m.ID == late {
			state, attempts = models.MessageExpired, 0
		}
		want[state]++
		if m.SequenceID != 0 {
			sequence[state]++
		}
		if row := o.message(m.ID); row.State != state || row.Attempts != attempts || row.Unknowns != 0 {
			o.Errorf("a %s mail of %v, to be sent until %v, is %s after %d attempts", m.Class, m.CreatedAt, m.NotAfter, row.State, row.Attempts)
		}
	}
	if got := o.states(); !maps.Equal(got, want) || want[models.MessageExpired] < 50 || want[models.MessageSent] < 50 {
		o.Errorf("%v, want %v", got, want)
	}
	s := o.worker.Stats()
	if int(s.Expired) != want[models.MessageExpired] || int(s.Sent) != 1+want[models.MessageSent] || s.Failed+s.Retried+s.Unknown+s.Suppressed != 0 {
		o.Errorf("what the worker says: %+v, want %v", s, want)
	}
	steps, err := o.store.StepMails(o.Context(), o.sequence)
	if err != nil {
		o.Fatal(err)
	}
	for _, n := range steps {
		if n.N != sequence[n.State] {
			o.Errorf("its sequence says %d %s, want %v", n.N, n.State, sequence)
		}
	}
	if a := s.Accounts[0]; a.Paused != 0 || strings.Count(o.log.String(), "mail waits") != 1 || strings.Count(o.log.String(), "mail server reached again") != 1 {
		o.Errorf("what is said of the server: %+v\n%s", a, o.log.String())
	}
}

// beside is how many mails may change places, since they are composed beside each other.
const beside = 8

// inOrder tells that each mail arrived once, at its place: by class, then by age. The mails to the large provider, which its
// limit put off, are in order among themselves.
func (o *outage) inOrder() {
	o.Helper()
	var want, got [2][]string
	line := func(to string) int {
		if strings.HasSuffix(to, largeProvider) {
			return 1
		}
		return 0
	}
	due := slices.SortedStableFunc(slices.Values(o.owed), func(a, b models.Message) int { return int(a.Class) - int(b.Class) })
	for _, m := range due {
		if o.message(m.ID).State == models.MessageSent {
			want[line(m.To)] = append(want[line(m.To)], m.To)
		}
	}
	for _, a := range o.arrivals() {
		got[line(a.to)] = append(got[line(a.to)], a.to)
	}
	for l := range want {
		if len(got[l]) != len(want[l]) {
			o.Errorf("%d mails arrived of %d", len(got[l]), len(want[l]))
		}
		for place, to := range want[l] {
			if at := slices.Index(got[l], to); at < place-beside || at > place+beside {
				o.Errorf("mail %d of %d arrived as %d", place, len(want[l]), at)
			}
		}
	}
}

// withinLimits tells that no minute had more than the limits allow, and that they were made use of.
func (o *outage) withinLimits(back time.Time) {
	o.Helper()
	var all, large []time.Time
	for _, a := range o.arrivals() {
		all = append(all, a.at)
		if strings.HasSuffix(a.to, largeProvider) {
			large = append(large, a.at)
		}
	}
	// The limit of all mail is spread evenly, so a second shows as much as a minute.
	if n := most(all, time.Second); n > outagePerMinute/60 {
		o.Errorf("%d mails in a second", n)
	}
	if n := most(large, time.Minute); n > outagePerDomain || n < outagePerDomain-1 {
		o.Errorf("%d mails in a minute to one provider", n)
	}
	minutes := float64(len(all))/outagePerMinute + float64(len(large))/outagePerDomain
	if took := all[len(all)-1].Sub(back); took.Minutes() > minutes {
		o.Errorf("%d mails took %v", len(all), took)
	}
}

// most is the largest number of moments within a length of time.
func most(at []time.Time, within time.Duration) (n int) {
	for i := range at {
		for j := i; j < len(at) && at[j].Sub(at[i]) < within; j++ {
			n = max(n, j-i+1)
		}
	}
	return n
}
