package main

import (
	"errors"
	"fmt"
	"strings"

	"sarnakh/models"
)

type quarantineCmd struct {
	List    quarantineListCmd    `cmd:"" help:"List what was judged spam, newest first, with the reasons."`
	Release quarantineReleaseCmd `cmd:"" help:"Take submissions in after all: lead, score and mail follow."`
}

type quarantineListCmd struct {
	Limit int `default:"100" help:"How many at most."`
}

// Run prints a line for each submission: id, time, address, reasons.
func (c *quarantineListCmd) Run(s *session) error {
	return withApp(s, func(a *app) error {
		subs, err := a.store.Quarantined(s.ctx, 0, c.Limit)
		if err != nil {
			return err
		}
		for _, sub := range subs {
			fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\n", sub.ID, sub.CreatedAt, sub.Email, strings.Join(sub.Reasons, ","))
		}
		return nil
	})
}

type quarantineReleaseCmd struct {
	IDs []string `arg:"" name:"id" help:"As printed by list."`
}

// Run releases each; what can't be released is said, and the rest goes on.
func (c *quarantineReleaseCmd) Run(s *session) error {
	return withApp(s, func(a *app) error {
		failed := 0
		for _, text := range c.IDs {
			if err := release(s, a, text); err != nil {
				failed++
				fmt.Fprintf(s.err, "%s: %v\n", text, err)
			}
		}
		if failed > 0 {
			return fmt.Errorf("%d of %d not released", failed, len(c.IDs))
		}
		return nil
	})
}

func release(s *session, a *app, text string) error {
	id, err := models.ParseID(text)
	if err != nil {
		return errors.New("not an id")
	}
	lead, err := a.leads.Release(s.ctx, id)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return errors.New("no such submission")
	case errors.Is(err, models.ErrConflict):
		return errors.New("not in quarantine")
	case err != nil:
		return err
	}
	fmt.Fprintf(s.out, "%s\treleased\tlead %s\n", id, lead)
	return a.store.Audit(s.ctx, models.AuditEntry{Action: "quarantine.release", Subject: "submission:" + id.String()})
}
