package main

import (
	"errors"
	"fmt"

	"sarnakh/leads"
)

type seedCmd struct {
	Leads  int `default:"1000" help:"Made-up leads."`
	Events int `default:"0" help:"Events over all of them; ten each where 0."`
}

// Run fills the database. It needs the campaigns that a first start publishes, and publishes them where
// there are none.
func (c *seedCmd) Run(s *session) error {
	if c.Leads < 1 || c.Events < 0 {
		return fmt.Errorf("%w: --leads and --events are counts", errUsage)
	}
	settings, err := s.settings()
	if err != nil {
		return err
	}
	a, err := openApp(s.ctx, settings, quiet(s.err), true, true)
	if errors.Is(err, errLocked) { // beside a running server, which has migrated
		a, err = openApp(s.ctx, settings, quiet(s.err), false, false)
	}
	if err != nil {
		return err
	}
	defer a.release()
	if err := a.firstCampaigns(s.ctx, false); err != nil {
		return err
	}
	events := c.Events
	if events == 0 {
		events = 10 * c.Leads
	}
	p := newProgress(s.err, "leads", c.Leads)
	err = a.leads.Seed(s.ctx, a.campaigns.Snapshot().Listed, c.Leads, max(events, c.Leads), p.set)
	p.done()
	if errors.Is(err, leads.ErrRealLeads) {
		return errors.New("there are real leads in this database; seed an empty one (--set data_dir=…)")
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d leads, %d events\n", c.Leads, max(events, c.Leads))
	return nil
}
