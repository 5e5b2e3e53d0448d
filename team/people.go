package team

import (
	"context"
	"errors"
	"fmt"

	"sarnakh/models"
	"sarnakh/store"
)

// SetRole gives somebody another role, which holds from their next click on. models.ErrLastOwner where nobody would be
// left who owns the server.
func (t *Team) SetRole(ctx context.Context, by By, id models.ID, role models.Role) error {
	was, err := t.store.User(ctx, id)
	if err != nil || was.Role == role {
		return err
	}
	_, err = t.store.EditUser(ctx, id, store.UserEdit{
		Edit:  func(u *models.User) error { u.Role = role; return nil },
		Audit: by.did("user.role", id, fmt.Sprintf("%s, was %s", role, was.Role)),
	})
	return err
}

// Disable keeps somebody out from now on: their sessions and links end with it. models.ErrLastOwner as with SetRole.
func (t *Team) Disable(ctx context.Context, by By, id models.ID) error {
	_, err := t.store.EditUser(ctx, id, store.UserEdit{
		Edit: func(u *models.User) error {
			if u.DisabledAt != 0 {
				return errSame
			}
			u.DisabledAt = t.store.Now()
			return nil
		},
		Audit: by.did("user.disable", id, ""), EndSessions: true, EndLinks: true,
	})
	return unlessSame(err)
}

// Enable lets somebody in again, with the password they had.
func (t *Team) Enable(ctx context.Context, by By, id models.ID) error {
	_, err := t.store.EditUser(ctx, id, store.UserEdit{
		Edit: func(u *models.User) error {
			if u.DisabledAt == 0 {
				return errSame
			}
			u.DisabledAt = 0
			return nil
		},
		Audit: by.did("user.enable", id, ""),
	})
	return unlessSame(err)
}

// SignOut ends all sessions of somebody.
func (t *Team) SignOut(ctx context.Context, by By, id models.ID) error {
	if _, err := t.store.User(ctx, id); err != nil {
		return err
	}
	return t.store.EndSessions(ctx, id, "", by.did("user.sign_out", id, ""))
}

func unlessSame(err error) error {
	if errors.Is(err, errSame) {
		return nil
	}
	return err
}
