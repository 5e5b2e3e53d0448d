package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

type retentionCmd struct {
	Apply   bool `help:"Forget what is listed. Without it nothing changes."`
	Months  int  `placeholder:"N" help:"Months after which inactive leads are erased, this once; else as set, else 24."`
	Nightly *int `placeholder:"N" help:"From now on erase leads inactive for so many months each night; 0: never."`
}

// leadsSetting holds the months after which inactive leads are erased by night; empty or 0: never.
const leadsSetting = "retention.leads"

// How long things are kept (the privacy page says so to visitors).
const (
	keepUnconfirmed = 30 * 24 * time.Hour
	keepIPs         = 30 * 24 * time.Hour
	keepMailFor     = 30 * 24 * time.Hour
	keepVisits      = 13 // months
	keepLeads       = 24 // months
)

// Run prints what is kept too long, by rule, and with --apply forgets it.
func (c *retentionCmd) Run(s *session) error {
	if c.Months < 0 || c.Nightly != nil && *c.Nightly < 0 {
		return fmt.Errorf("%w: months are counted from 0", errUsage)
	}
	return withApp(s, func(a *app) error {
		if c.Nightly != nil {
			if err := a.setNightly(s.ctx, *c.Nightly); err != nil {
				return err
			}
		}
		months, err := a.leadMonths(s.ctx)
		if err != nil {
			return err
		}
		if c.Months > 0 {
			months = c.Months
		} else if months == 0 {
			months = keepLeads
		}
		limits := a.limits(months)
		if !c.Apply {
			return a.printOverdue(s, limits, months)
		}
		return a.forget(s, limits, months)
	})
}

func (a *app) setNightly(ctx context.Context, months int) error {
	if err := a.store.SetSetting(ctx, leadsSetting, strconv.Itoa(months), false); err != nil {
		return err
	}
	return a.store.Audit(ctx, models.AuditEntry{Action: "retention.nightly", Subject: "leads", Detail: strconv.Itoa(months)})
}

// leadMonths is what the owner has set for the nights; 0 where nothing.
func (a *app) leadMonths(ctx context.Context) (int, error) {
	text, err := a.store.Setting(ctx, leadsSetting)
	if err != nil || text == "" {
		return 0, err
	}
	months, err := strconv.Atoi(text)
	if err != nil || months < 0 {
		return 0, fmt.Errorf("%s is %q, expected a number of months", leadsSetting, text)
	}
	return months, nil
}

func (a *app) limits(months int) store.Limits {
	now := a.store.Now()
	monthsAgo := func(n int) models.Instant { return models.At(now.Time().AddDate(0, -n, 0)) }
	return store.Limits{Unconfirmed: now.Add(-keepUnconfirmed), IPs: now.Add(-keepIPs), MailBytes: now.Add(-keepMailFor),
		Visits: monthsAgo(keepVisits), Leads: monthsAgo(months)}
}

// A retentionRule is a line of the table.
type retentionRule struct {
	name, kept, fate string
	due              int64
}

func (a *app) printOverdue(s *session, limits store.Limits, months int) error {
	o, err := a.store.Overdue(s.ctx, limits)
	if err != nil {
		return err
	}
	for _, r := range []retentionRule{
		{"unconfirmed consents", "30 days", "the server records them as expired, each day", o.Unconfirmed},
		{"IP addresses", "30 days", "cut to the network; also each night", o.IPs},
		{"mail as sent", "30 days", "forgotten; also each night", o.MailBytes},
		{"visits", "13 months", "forgotten; their leads are scored anew", o.Visits},
		{"inactive leads", fmt.Sprint(months, " months"), "erased; customers and open hand-offs stay", o.Leads},
	} {
		fmt.Fprintf(s.out, "%-22s %-10s %10d  %s\n", r.name, r.kept, r.due, r.fate)
	}
	_, err = fmt.Fprintln(s.out, "Nothing was changed; --apply does it.")
	return err
}

// forget applies every rule, in small transactions, and says what it did.
func (a *app) forget(s *session, limits store.Limits, months int) error {
	p := newProgress(s.err, "leads", 0)
	defer p.done()
	for _, rule := range []struct {
		name string
		run  func() (int, error)
	}{
		{"ips", func() (int, error) { return a.store.CutIPs(s.ctx, limits.IPs) }},
		{"mail_bytes", func() (int, error) { return a.store.DropMailBytes(s.ctx, limits.MailBytes) }},
		{"visits", func() (int, error) { return a.leads.ForgetVisits(s.ctx, limits.Visits) }},
		{"leads", func() (int, error) { return a.leads.ForgetInactive(s.ctx, limits.Leads, p.set) }},
	} {
		n, err := rule.run()
		if n > 0 {
			fmt.Fprintf(s.out, "%-12s %d\n", rule.name, n)
			if err := a.auditForgotten(s.ctx, rule.name, n, months); err != nil {
				return err
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", rule.name, err)
		}
	}
	_, err := fmt.Fprintln(s.out, "done")
	return err
}

func (a *app) auditForgotten(ctx context.Context, rule string, n, months int) error {
	detail := strconv.Itoa(n)
	if rule == "leads" {
		detail += fmt.Sprintf(" after %d months", months)
	}
	return a.store.Audit(ctx, models.AuditEntry{Action: "retention", Subject: rule, Detail: detail})
}

// keepLess is what each night forgets: addresses and mail always, leads where the owner has said after how long.
func (a *app) keepLess(ctx context.Context) error {
	limits := a.limits(0)
	if _, err := a.store.DropMailBytes(ctx, limits.MailBytes); err != nil {
		return err
	}
	if n, err := a.store.CutIPs(ctx, limits.IPs); err != nil {
		return err
	} else if n > 0 {
		if err := a.auditForgotten(ctx, "ips", n, 0); err != nil {
			return err
		}
	}
	months, err := a.leadMonths(ctx)
	if err != nil || months == 0 {
		return err
	}
	n, err := a.leads.ForgetInactive(ctx, a.limits(months).Leads, func(int) {})
	if n > 0 {
		if err := a.auditForgotten(ctx, "leads", n, months); err != nil {
			return err
		}
	}
	return err
}
