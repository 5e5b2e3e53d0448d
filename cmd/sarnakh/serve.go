package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"sarnakh/handlers"
	"sarnakh/handlers/admin"
	"sarnakh/handlers/public"
	"sarnakh/handlers/web"
	"sarnakh/leads"
	"sarnakh/reach"
	"sarnakh/reports"

	"golang.org/x/sync/errgroup"
)

type serveCmd struct {
	Role  string `enum:"all,web,worker" default:"all" help:"What this process does: all, web (pages and forms) or worker (mail and jobs)."`
	Empty bool   `help:"Leave the starter campaigns out of an empty database."`
}

// gcPercent is how much the heap grows between two collections. What lives in it is some 10 MiB, which Go's own
// 100 % would collect a hundred times a second under load: a tenth of the program's CPU.
const gcPercent = 150

// Run serves until it is told to stop, then finishes what it has begun.
func (c *serveCmd) Run(s *session) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(s.environ, func(e string) bool { return strings.HasPrefix(e, "GOGC=") }) {
		debug.SetGCPercent(gcPercent)
	}
	log := newLog(s.err)
	a, err := openApp(s.ctx, settings, log, true, true)
	if err != nil {
		return err
	}
	defer a.release()
	if err := a.firstCampaigns(s.ctx, c.Empty); err != nil {
		return err
	}
	a.warn()
	run, ctx := errgroup.WithContext(s.ctx)
	run.Go(func() error { a.campaigns.Watch(ctx); return nil })
	if c.Role != "web" {
		if err := a.work(ctx, run); err != nil {
			return err
		}
	}
	if a.settings.HTTP.MetricsAddr != "" {
		if err := a.metrics(ctx, run); err != nil {
			return err
		}
	}
	if c.Role != "worker" {
		if err := c.web(ctx, run, s, a); err != nil {
			return err
		}
	}
	return run.Wait()
}

// warn says what will surprise people later.
func (a *app) warn() {
	if a.settings.SMTP.URL != "" && a.settings.Mail.From == "" {
		a.log.Warn("mail.from is not set: mails come from a no-reply address, though people are told that they may reply")
	}
}

// web starts answering, and says what to open.
func (c *serveCmd) web(ctx context.Context, run *errgroup.Group, s *session, a *app) error {
	listener, err := net.Listen("tcp", a.settings.HTTP.Addr)
	if err != nil {
		return fmt.Errorf("http.addr: %w; choose another, for example with --set http.addr=:8081", err)
	}
	visits := leads.NewVisits(a.store, time.Now, a.settings.zone(), a.log)
	run.Go(func() error { visits.Run(ctx); return nil })
	totals := &reports.Totals{}
	run.Go(func() error { a.addUp(ctx, totals); return nil })
	server := newServer(a.handler(visits, totals), a.log)
	run.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	run.Go(func() error { return stopServing(ctx, server) })
	return c.welcome(s, a, listener.Addr().String())
}

// addUp counts the days of before together, so that nobody waits for it who opens the list of campaigns first.
func (a *app) addUp(ctx context.Context, totals *reports.Totals) {
	if _, err := totals.Days(ctx, a.store, 0, leads.Day(time.Now(), a.settings.zone())); err != nil && ctx.Err() == nil {
		a.log.Warn("totals of campaigns can't be read yet", "error", err)
	}
}

// welcome says where things are. The first owner's link goes to standard output once and nowhere else.
func (c *serveCmd) welcome(s *session, a *app, addr string) error {
	base := strings.TrimRight(a.settings.BaseURL, "/")
	a.log.Info("serving", "address", addr, "public", base, "database", a.store.Engine(), "role", c.Role)
	fmt.Fprintf(s.out, "\nSarnakh is running at %s\n", base)
	for _, p := range a.campaigns.Snapshot().Listed {
		fmt.Fprintf(s.out, "  %s/p/%s\n", base, p.Slug)
	}
	if a.settings.SMTP.URL == "" {
		fmt.Fprintf(s.out, "No smtp.url is set: mail is not sent, it is kept at %s/admin/mailbox\n", base)
	}
	owned, err := a.store.HasOwner(s.ctx)
	if err != nil || owned {
		return err
	}
	link, err := admin.NewSetupLink(s.ctx, a.store, base, 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "\nNobody owns this server yet. Open this link within an hour to become its owner; it works once:\n  %s\n\n", link)
	return nil
}

// Timeouts of the public server: patient with a bad phone network, not with a hand that holds connections.
const (
	headerTime = 10 * time.Second
	readTime   = 60 * time.Second
	writeTime  = 120 * time.Second
	idleTime   = 120 * time.Second
	maxHeader  = 32 << 10
	stopTime   = 20 * time.Second
)

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader}
}

// stopServing lets answers that have begun be finished.
func stopServing(ctx context.Context, server *http.Server) error {
	<-ctx.Done()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return server.Close()
	}
	return nil
}

// handler builds the program's HTTP side.
func (a *app) handler(visits *leads.Visits, totals *reports.Totals) http.Handler {
	base := strings.TrimRight(a.settings.BaseURL, "/")
	w := &web.Web{
		Site: web.Site{BaseURL: base, Host: strings.TrimPrefix(strings.TrimPrefix(base, "https://"), "http://"),
			HTTPS: strings.HasPrefix(base, "https://"), Locale: a.settings.locale(), Zone: a.settings.zone()},
		Clock: time.Now, Log: a.log,
	}
	sessions := web.NewSessions(a.store, w.Site.HTTPS, a.log)
	pages := &public.Handlers{Web: w, Campaigns: a.campaigns, Leads: a.leads, Visits: visits, Files: a.files, Store: a.store, Links: a.links, Nurture: a.nurture, Sessions: sessions}
	return handlers.New(handlers.Config{
		Web: w, Store: a.store, Sessions: sessions, RemoteAddr: remoteAddr(a.settings.HTTP.TrustedProxies), Public: pages,
		Admin: &admin.Handlers{Web: w, Pages: pages, Files: a.files, Store: a.store, Campaigns: a.campaigns, Leads: a.leads, Nurture: a.nurture, Team: a.team, Reach: reach.New(base), Totals: totals, Sessions: sessions, Version: version,
			Exporter: func(ctx context.Context) (*reports.Exporter, error) { return a.exporter(ctx) },
			Mailbox:  a.settings.SMTP.URL == "", Speed: a.settings.Nurture.Speed, NeedFactor: a.settings.Team.SecondFactor},
	})
}
