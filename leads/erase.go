package leads

import (
	"context"
	"errors"
	"fmt"

	"sarnakh/models"
	"sarnakh/store"
)

// ErrLinkTooOld says that a link was mailed too long ago to do what was asked with it.
var ErrLinkTooOld = fmt.Errorf("the link is too old: %w", models.ErrForbidden)

func isNotFound(err error) bool { return errors.Is(err, models.ErrNotFound) }

// Erase forgets the person who opened a mailed link, at once and for good. When it returns nothing is kept but a keyed
// hash, under which the address stays suppressed (I4, I7). Once more is no error.
func (l *Leads) Erase(ctx context.Context, token string, _ Person) error {
	ref, err := l.links.OpenMyData(token)
	if err != nil {
		return models.ErrNotFound
	}
	lead, err := l.store.Lead(ctx, ref.Lead)
	switch {
	case isNotFound(err):
		return nil
	case err != nil:
		return err
	case !l.young(ref):
		return ErrLinkTooOld
	}
	return l.erase(ctx, lead, store.Erasing{})
}

// EraseLead forgets a lead that asked a user for it. A lead that is not there is models.ErrNotFound.
func (l *Leads) EraseLead(ctx context.Context, id, by models.ID, ip string) error {
	lead, err := l.store.Lead(ctx, id)
	if err != nil {
		return err
	}
	return l.erase(ctx, lead, store.Erasing{By: by, IP: ip})
}

// erase notes the hash outside the database first: a program that dies in between has forgotten too many in its note,
// never too few.
func (l *Leads) erase(ctx context.Context, lead *models.Lead, e store.Erasing) error {
	e.Lead, e.Hash = lead.ID, l.HashIdentity(lead.Identity)
	if err := l.forgotten(e.Hash, l.clock()); err != nil {
		return fmt.Errorf("note an erasure: %w", err)
	}
	return l.store.Erase(ctx, e)
}
