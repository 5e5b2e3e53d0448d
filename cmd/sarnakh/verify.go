package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sarnakh/store"
)

type verifyCmd struct{}

// verified are the invariants that a database can be checked for, in the words of promises.md.
var verified = []struct{ id, promise string }{
	{"I1", "every submission is there once, with its lead, event and consents"},
	{"I2", "every mail owed is on its way or settled"},
	{"I3", "no mail is sent twice"},
	{"I4", "no marketing mail began after it was forbidden"},
	{"I5", "no coupon has two owners, and none too many were given"},
	{"I6", "no marketing mail without a live consent"},
	{"I7", "who was erased stays suppressed"},
	{"I8", "every score equals the score recomputed from its events"},
	{"I9", "nobody who never answered was written to more often than the caps allow"},
	{"I10", "the database passes its integrity checks"},
}

// Run prints a line for each invariant, and fails when one is broken.
func (verifyCmd) Run(s *session) error {
	return withApp(s, func(a *app) error {
		findings, err := a.store.Verify(s.ctx)
		if err != nil {
			return err
		}
		mails, err := a.store.VerifyMail(s.ctx, a.leads.HashIdentity)
		if err != nil {
			return err
		}
		p := newProgress(s.err, "leads", 0)
		scores, err := a.leads.VerifyScores(s.ctx, p.set)
		p.done()
		if err != nil {
			return err
		}
		return report(s, slices.Concat(findings, mails, scores))
	})
}

func report(s *session, findings []store.Finding) error {
	broken := map[string][]string{}
	for _, f := range findings {
		broken[f.Invariant] = append(broken[f.Invariant], fmt.Sprintf("%d %s", f.Count, f.Problem))
	}
	for _, v := range verified {
		if problems := broken[v.id]; problems != nil {
			fmt.Fprintf(s.out, "%-4s broken: %s\n", v.id, strings.Join(problems, "; "))
			continue
		}
		fmt.Fprintf(s.out, "%-4s ok      %s\n", v.id, v.promise)
	}
	if len(findings) > 0 {
		return errors.New("a promise is broken; keep a copy of the database as it is before doing anything else")
	}
	return nil
}
