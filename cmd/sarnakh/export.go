package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sarnakh/models"
	"sarnakh/reports"
	"sarnakh/scoring"
)

type exportCmd struct {
	Table  string `arg:"" enum:"leads,submissions,consents,events,messages,coupons,audit" help:"leads, submissions, consents, events, messages, coupons or audit."`
	Format string `enum:"csv,jsonl,xlsx" default:"csv" help:"csv, jsonl or xlsx."`
	Out    string `placeholder:"FILE" help:"Write to a file instead of standard output." type:"path"`
	Raw    bool   `help:"Leave cells as they are, for machines: a spreadsheet may take one for a formula."`
}

// Run writes the export. A file appears whole or not at all.
func (c *exportCmd) Run(s *session) error {
	return withApp(s, func(a *app) error { return c.export(s, a) })
}

func (c *exportCmd) export(s *session, a *app) error {
	if c.Out == "" {
		return c.write(s, a, s.out)
	}
	tmp, err := os.CreateTemp(filepath.Dir(c.Out), ".export-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := c.write(s, a, tmp); err != nil {
		_ = tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), c.Out)
}

func (c *exportCmd) write(s *session, a *app, out io.Writer) error {
	w, err := reports.NewWriter(c.Format, out, c.Raw)
	if err != nil {
		return err
	}
	exporter, err := a.exporter(s.ctx)
	if err != nil {
		return err
	}
	p := newProgress(s.err, "rows", 0)
	defer p.done()
	exporter.Progress = p.set
	if err := exporter.Export(s.ctx, c.Table, w); err != nil {
		return err
	}
	return a.store.Audit(s.ctx, models.AuditEntry{Action: "export", Subject: c.Table, Detail: c.Format})
}

// exporter knows the names of campaigns and how likely leads are to buy.
func (a *app) exporter(ctx context.Context) (*reports.Exporter, error) {
	mean, err := a.leads.MeanScore(ctx)
	if err != nil {
		return nil, fmt.Errorf("mean score: %w", err)
	}
	return &reports.Exporter{
		Store: a.store,
		Campaign: func(id models.ID) string {
			if p := a.campaigns.Snapshot().Campaign(id); p != nil {
				return p.Slug
			}
			return ""
		},
		Probability: func(l *models.Lead) float64 {
			card, _ := a.campaigns.Card(l.Card)
			if card == nil {
				return 0
			}
			return scoring.Probability(l.Score, card.Doc().Prior, mean)
		},
	}, nil
}
