package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sarnakh/leads"
)

type seedCmd struct {
	Leads     *int     `placeholder:"N" help:"Made-up leads; 1000 where nothing else is asked for."`
	Events    int      `default:"0" placeholder:"N" help:"Events over all of them; ten each where 0."`
	DueMails  int      `placeholder:"N" help:"Leads who confirmed the newsletter, each with a mail of a sequence due now."`
	Campaigns int      `default:"0" placeholder:"N" help:"Published campaigns at /p/campaign-1 and so on, each like the first that is published."`
	Coupons   []string `placeholder:"SLUG=STOCK" sep:"none" help:"A published campaign at /p/SLUG with a pool of so many codes; may be repeated."`
}

// A pool is a campaign to be made with its stock.
type pool struct {
	slug  string
	stock int
}

const maxStock = 10_000_000

var slugPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)

func (c *seedCmd) pools() (out []pool, err error) {
	for _, asked := range c.Coupons {
		slug, text, _ := strings.Cut(asked, "=")
		stock, err := strconv.Atoi(text)
		if err != nil || stock < 1 || stock > maxStock || !slugPattern.MatchString(slug) {
			return nil, fmt.Errorf("%w: --coupons wants SLUG=STOCK, such as spring=100", errUsage)
		}
		out = append(out, pool{slug, stock})
	}
	return out, nil
}

// Run fills the database. It needs the campaigns that a first start publishes, and publishes them where
// there are none.
func (c *seedCmd) Run(s *session) error {
	pools, err := c.pools()
	if err != nil {
		return err
	}
	if c.Leads != nil && *c.Leads < 1 || c.Events < 0 || c.DueMails < 0 || c.Campaigns < 0 {
		return fmt.Errorf("%w: --leads, --events, --due-mails and --campaigns are counts", errUsage)
	}
	if c.Leads == nil && c.DueMails == 0 && c.Campaigns == 0 && len(pools) == 0 {
		c.Leads = new(1000)
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
	if err := a.leads.Seedable(s.ctx); errors.Is(err, leads.ErrRealLeads) {
		return errors.New("there are real leads in this database; seed an empty one (--set data_dir=…)")
	} else if err != nil {
		return err
	}
	if err := a.firstCampaigns(s.ctx, false); err != nil {
		return err
	}
	return c.fill(s, a, pools)
}

func (c *seedCmd) fill(s *session, a *app, pools []pool) error {
	for _, p := range pools {
		if err := a.seedPool(s.ctx, p); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%d codes at /p/%s\n", p.stock, p.slug)
	}
	if c.Campaigns > 0 {
		p := newProgress(s.err, "campaigns", c.Campaigns)
		err := a.seedCampaigns(s.ctx, c.Campaigns, p.set)
		p.done()
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%d campaigns\n", c.Campaigns)
	}
	if c.DueMails > 0 {
		p := newProgress(s.err, "mails", c.DueMails)
		err := a.seedDueMails(s.ctx, c.DueMails, p.set)
		p.done()
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%d mails due\n", c.DueMails)
	}
	if c.Leads == nil {
		return nil
	}
	count, events := *c.Leads, c.Events
	if events == 0 {
		events = 10 * count
	}
	events = max(events, count)
	listed := a.campaigns.Snapshot().Listed
	if len(listed) == 0 {
		return errNothingPublished
	}
	p := newProgress(s.err, "leads", count)
	err := a.leads.Seed(s.ctx, listed, count, events, p.set)
	p.done()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d leads, %d events\n", count, events)
	return nil
}
