package main

import (
	"errors"
	"fmt"
	"strings"

	"sarnakh/handlers/admin"
	"sarnakh/leads"
	"sarnakh/models"
)

type userCmd struct {
	Add   userAddCmd   `cmd:"" help:"Add a user; prints a one-time link with which they choose a password."`
	List  userListCmd  `cmd:"" help:"List the users."`
	Reset userResetCmd `cmd:"" help:"Print a one-time link with which a user chooses a new password."`
}

type userAddCmd struct {
	Email string `arg:"" help:"Their address."`
	Name  string `help:"Their name."`
	Role  string `enum:"owner,marketer,sales,analyst" default:"marketer" help:"owner, marketer, sales or analyst."`
}

// Run adds the user.
func (c *userAddCmd) Run(s *session) error {
	return withApp(s, func(a *app) error {
		_, email, ok := leads.Mailbox(c.Email)
		if !ok {
			return fmt.Errorf("%w: %q is not an e-mail address", errUsage, c.Email)
		}
		user := &models.User{Email: email, Name: c.Name, Role: models.Role(c.Role), Locale: a.settings.Locale, Theme: "system"}
		if user.Name == "" {
			user.Name, _, _ = strings.Cut(email, "@")
		}
		err := a.store.AddUser(s.ctx, user)
		if errors.Is(err, models.ErrConflict) {
			return errors.New("there is a user with this address already")
		}
		if err != nil {
			return err
		}
		return printLink(s, a, user.ID)
	})
}

type userListCmd struct{}

// Run lists address, role, state, name and whether there is a second factor.
func (userListCmd) Run(s *session) error {
	return withApp(s, func(a *app) error {
		users, err := a.store.Users(s.ctx)
		if err != nil {
			return err
		}
		for _, u := range users {
			factor := "one factor"
			if u.TOTP != "" {
				factor = "two factors"
			}
			fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\t%s\n", u.Email, u.Role, u.State(), u.Name, factor)
		}
		return nil
	})
}

type userResetCmd struct {
	Email string `arg:"" help:"Their address."`
}

// Run prints the link; the old password and the second factor hold until it is used.
func (c *userResetCmd) Run(s *session) error {
	return withApp(s, func(a *app) error {
		user, err := a.store.UserByEmail(s.ctx, strings.ToLower(strings.TrimSpace(c.Email)))
		if errors.Is(err, models.ErrNotFound) {
			return errors.New("no user has this address")
		}
		if err != nil {
			return err
		}
		if user.State() == models.UserDisabled {
			return errors.New("this user is disabled; an owner can let them in again, on the team's page of the back office")
		}
		if err := printLink(s, a, user.ID); err != nil || user.TOTP == "" {
			return err
		}
		_, err = fmt.Fprintln(s.out, "It also turns off their second factor, and signs them out everywhere.")
		return err
	})
}

func printLink(s *session, a *app, user models.ID) error {
	link, err := admin.NewSetupLink(s.ctx, a.store, strings.TrimRight(a.settings.BaseURL, "/"), user)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "Open this link within an hour to choose a password; it works once:\n%s\n", link)
	return err
}

// withApp runs a command beside a server that may be running.
func withApp(s *session, do func(a *app) error) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	a, err := openApp(s.ctx, settings, quiet(s.err), false, false)
	if err != nil {
		return err
	}
	defer a.release()
	return do(a)
}
