package main

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"

	"sarnakh/leads"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/queue"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"
)

// work starts sending mail and doing jobs.
func (a *app) work(ctx context.Context, run *errgroup.Group) error {
	s := a.settings
	dkim, err := s.signer()
	if err != nil {
		return err
	}
	worker, err := mailer.New(mailer.Config{
		Store: a.store, Log: a.log, SMTPURL: s.SMTP.URL, SalesURL: s.SMTP.SalesURL, Connections: s.SMTP.Connections, PerMinute: s.SMTP.PerMinute, PerDomain: s.SMTP.PerDomain, DKIM: dkim,
		From: s.Mail.From, ReplyTo: s.Mail.ReplyTo, BaseURL: s.BaseURL, Hash: a.leads.HashIdentity,
	})
	if err != nil {
		return err
	}
	worker.Compose(models.MailDelivery, a.leads.ComposeDelivery)
	worker.Compose(models.MailHot, a.leads.ComposeHot)
	worker.Compose(models.MailConfirm, a.leads.ComposeConfirm)
	worker.Compose(models.MailTrial, a.leads.ComposeTrial)
	worker.Compose(models.MailMyData, a.leads.ComposeMyData)
	worker.Compose(models.MailStep, a.nurture.ComposeStep)
	worker.Compose(models.MailTest, a.nurture.ComposeTest)
	worker.Compose(models.MailInvite, a.team.ComposeInvite)
	a.wake, a.mailStats = worker.Wake, worker.Stats
	run.Go(func() error { return worker.Run(ctx) })
	run.Go(func() error { return a.nurture.Run(ctx) })
	if err := a.leads.TellWaiting(ctx); err != nil {
		return err
	}

	jobs := queue.New(queue.Config{Store: a.store, Log: a.log})
	a.schedule(jobs)
	jobs.HandleTimes(leads.JobTrial, leads.TrialAttempts, a.leads.MakeTrial)
	run.Go(func() error { return jobs.Run(ctx) })
	return nil
}

// nightly is when the quiet work is done, on the owner's clock.
const nightly = 3

// schedule registers the periodic work; one of all processes does it.
func (a *app) schedule(q *queue.Queue) {
	zone := a.settings.zone()
	q.Periodic("rescore", queue.Daily(zone, nightly, 0), func(ctx context.Context, _ models.Job) error {
		return a.leads.Rescore(ctx, func(int) {})
	})
	q.Periodic("unconfirmed", queue.Daily(zone, nightly, 15), func(ctx context.Context, _ models.Job) error {
		_, err := a.leads.ExpireConsents(ctx)
		return err
	})
	q.Periodic("retention", queue.Daily(zone, nightly, 30), func(ctx context.Context, _ models.Job) error {
		return a.keepLess(ctx)
	})
	q.Periodic("sessions", queue.Daily(zone, nightly, 45), func(ctx context.Context, _ models.Job) error {
		return a.store.PurgeSessions(ctx)
	})
}

// metrics serves Prometheus, and Go's profiles for whoever looks for a bottleneck, on an address of its own.
func (a *app) metrics(ctx context.Context, run *errgroup.Group) error {
	listener, err := net.Listen("tcp", a.settings.HTTP.MetricsAddr)
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, m := range a.gauges() {
		registry.MustRegister(m)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	server := newServer(mux, a.log)
	run.Go(func() error { _ = server.Serve(listener); return nil })
	run.Go(func() error { return stopServing(ctx, server) })
	return nil
}

// gauges are the mailer's counters under the names of Prometheus.
func (a *app) gauges() (out []prometheus.Collector) {
	add := func(name, help string, value func(mailer.Stats) int64) {
		out = append(out, prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "sarnakh_" + name, Help: help}, func() float64 {
			if a.mailStats == nil {
				return 0
			}
			return float64(value(a.mailStats()))
		}))
	}
	add("mails_sent_total", "Mails that the mail server took.", func(s mailer.Stats) int64 { return s.Sent })
	add("mails_failed_total", "Mails that were given up.", func(s mailer.Stats) int64 { return s.Failed })
	add("mails_retried_total", "Attempts that failed for a while.", func(s mailer.Stats) int64 { return s.Retried })
	add("mails_unknown_total", "Mails whose fate became unknown.", func(s mailer.Stats) int64 { return s.Unknown })
	add("mails_suppressed_total", "Mails not sent because their address is suppressed.", func(s mailer.Stats) int64 { return s.Suppressed })
	add("mails_expired_total", "Mails not sent because their time had passed.", func(s mailer.Stats) int64 { return s.Expired })
	return out
}

// remoteAddr finds a visitor's address: from X-Forwarded-For where one of these proxies says it, else the
// address of the connection.
func remoteAddr(proxies []string) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		prefix, err := parseProxy(p)
		if err != nil {
			continue // refused with the settings
		}
		ones := prefix.Bits()
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(ones, prefix.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
