package mailer

import "sarnakh/models"

// Stats are what a worker has done since it started, and how it stands.
type Stats struct {
	Sent, Failed, Bounced           int64
	Retried                         int64 // attempts that failed for a while, Refused among them
	Refused                         int64 // for a reason that lies with the sender (5.7.x)
	Suppressed, Expired             int64
	PutOff                          int64 // how often a mail was told to wait: for its hours, its domain's limit, its sequence
	Unknown                         int64 // fates that became unknown, here or by a crash found here
	Repeated                        int64 // of these, mails sent again
	Uncomposed                      int64
	Unreachable                     int64 // connections that came to nothing
	Rounds, FailedRounds            int64 // transactions
	Connections, Sending, Composing int
	Accounts                        []AccountStats
}

// AccountStats tell how an account stands.
type AccountStats struct {
	Name        string // the setting it comes from
	Connections int
	// Paused says since when its server could not be reached or let us in; 0: it is well.
	Paused models.Instant
	Reason string // the last failure to connect, of the server alone
}

// Stats returns the worker's counters.
func (w *Worker) Stats() Stats {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.stats
	s.Accounts = append([]AccountStats(nil), s.Accounts...)
	return s
}

// count changes the counters.
func (w *Worker) count(change func(s *Stats)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.stats)
}

// accounts are the worker's accounts, each once.
func (w *Worker) accounts() []*account {
	if w.sales == w.main {
		return []*account{w.main}
	}
	return []*account{w.main, w.sales}
}
