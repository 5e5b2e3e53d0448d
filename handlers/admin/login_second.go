package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/team"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// A browser that gave the right password is remembered as such, not as the user, until the second factor is given.
const (
	sessionHalf      = "half"       // whose password it was
	sessionHalfSince = "half_since" // Unix seconds
	sessionHalfWord  = "half_word"  // which password, so that a new one makes it void
	halfLife         = 10 * time.Minute
)

// askSecond asks for a code where the password was right.
func (h *Handlers) askSecond(c echo.Context, user *models.User, p admin.SignInProps) error {
	ctx := c.Request().Context()
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	h.Sessions.Put(ctx, sessionHalf, int64(user.ID))
	h.Sessions.Put(ctx, sessionHalfSince, h.Clock().Unix())
	h.Sessions.Put(ctx, sessionHalfWord, passwordMark(user))
	return h.showSecond(c, http.StatusOK, admin.SecondProps{Next: p.Next, Parked: p.Parked})
}

func passwordMark(user *models.User) string {
	sum := sha256.Sum256([]byte(user.PasswordHash))
	return hex.EncodeToString(sum[:8])
}

func (h *Handlers) showSecond(c echo.Context, status int, p admin.SecondProps) error {
	p.Head, p.Action, p.Next = h.gateHead(c), "/admin/login/code", ownPath(p.Next)
	p.BackURL = "/admin/login"
	return web.HTML(c, status, admin.Second(p))
}

// half is whose password this browser gave a moment ago; nil for nobody.
func (h *Handlers) half(c echo.Context) (*models.User, error) {
	ctx := c.Request().Context()
	id, since := models.ID(h.Sessions.GetInt64(ctx, sessionHalf)), time.Unix(h.Sessions.GetInt64(ctx, sessionHalfSince), 0)
	if age := h.Clock().Sub(since); id == 0 || age < -time.Minute || age > halfLife {
		return nil, nil
	}
	user, err := h.Store.User(ctx, id)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	if err != nil || user.State() != models.UserActive || user.TOTP == "" || passwordMark(user) != h.Sessions.GetString(ctx, sessionHalfWord) {
		return nil, err
	}
	return user, nil
}

// SecondSubmit lets in who has the second factor too. Guessing codes is slowed down as guessing passwords is.
func (h *Handlers) SecondSubmit(c echo.Context) error {
	next, parked := c.FormValue("next"), c.FormValue("parked")
	user, err := h.half(c)
	if err != nil {
		return err
	}
	if user == nil {
		return h.showLogin(c, http.StatusUnprocessableEntity, admin.SignInProps{Next: next, Parked: parked, Late: true})
	}
	props := admin.SecondProps{Next: next, Parked: parked}
	now, keys := h.Clock(), []string{"user " + user.ID.String(), "from " + c.RealIP()}
	if props.Wait = h.codes.Try(now, keys...); props.Wait > 0 {
		web.RetryAfter(c, props.Wait)
		return h.showSecond(c, http.StatusTooManyRequests, props)
	}
	means, err := h.takeCode(c.Request().Context(), user, c.FormValue("code"))
	if err != nil {
		return err
	}
	if means == "" {
		if err := h.audit(c, "login.code_failed", "user:"+user.ID.String(), ""); err != nil {
			return err
		}
		props.Failed = true
		return h.showSecond(c, http.StatusUnprocessableEntity, props)
	}
	h.codes.Succeeded(keys[0], keys[1:]...)
	for _, key := range []string{sessionHalf, sessionHalfSince, sessionHalfWord} {
		h.Sessions.Remove(c.Request().Context(), key)
	}
	return h.enter(c, user, means, func() error { return h.resume(c, user, parked, next) })
}

// How somebody proved to have the second factor: also what the audit log calls it.
const (
	byCode     = "login"
	byRecovery = "login.recovery"
)

// takeCode tells by what means a typed code proves the second factor, empty where it does not. Each is good once, whoever
// types it at the same time elsewhere.
func (h *Handlers) takeCode(ctx context.Context, user *models.User, typed string) (means string, err error) {
	code := team.Typed(typed)
	if team.IsTOTP(code) {
		secret, err := h.Team.OpenSecret(user.ID, user.TOTP)
		if err != nil {
			return "", nil // the program's key has changed: recovery codes work, and `user reset`
		}
		step, ok := secret.Step(h.Clock(), code)
		if !ok {
			return "", nil
		}
		if first, err := h.Store.TakeStep(ctx, user.ID, step); err != nil || !first {
			return "", err
		}
		return byCode, nil
	}
	kept := web.FindCode(user.Recovery, code)
	if kept == "" {
		return "", nil
	}
	_, err = h.Store.EditUser(ctx, user.ID, store.UserEdit{Edit: func(u *models.User) error {
		i := slices.Index(u.Recovery, kept)
		if i < 0 {
			return models.ErrConflict
		}
		u.Recovery = slices.Delete(u.Recovery, i, i+1)
		return nil
	}})
	if errors.Is(err, models.ErrConflict) {
		return "", nil
	}
	return byRecovery, err
}
