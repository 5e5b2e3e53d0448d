// Package faults treats the program badly from outside, and compares what its visitors were answered and what
// its mail server took with what it has kept. It knows the program by its commands, settings and addresses,
// and asks its tables only for what no export tells.
//
//	tools/with-postgres.sh go test ./e2e/faults                                 # 20 rounds on SQLite, 10 on PostgreSQL
//	SARNAKH_FAULT_ROUNDS=200 tools/with-postgres.sh go test -timeout 60m -run Killed -v ./e2e/faults
//	SARNAKH_FAULT_SEED=7 go test -run Killed ./e2e/faults                       # the choices of an earlier run again
//
// A seed repeats what visitors choose and how long each round lasts, not how their requests meet; so what a
// failed test leaves on disk is kept. A kill shows that what was answered had been handed to the system. That
// it also was on the disk is for a test that cuts the power.
package faults
