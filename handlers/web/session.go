package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"sarnakh/models"
	"sarnakh/store"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
)

// sessionLife is how long a browser stays signed in.
const sessionLife = 14 * 24 * time.Hour

const sessionUser = "user"

// NewSessions keeps sessions in the database, under the hash of their token: who reads the database can't
// sign in with what they find.
func NewSessions(s *store.Store, https bool, log *slog.Logger) *scs.SessionManager {
	m := scs.New()
	m.Store = sessions{s}
	m.Lifetime = sessionLife
	m.Cookie.Name = "sarnakh"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	if https {
		m.Cookie.Name = "__Host-sarnakh"
		m.Cookie.Secure = true
	}
	m.ErrorFunc = func(w http.ResponseWriter, _ *http.Request, err error) {
		log.Error("session", "error", err)
		w.Header().Set("Retry-After", "10")
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return m
}

type sessions struct{ store *store.Store }

var _ scs.CtxStore = sessions{}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FindCtx reads a session.
func (s sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	row, err := s.store.Session(ctx, hashToken(token))
	if errors.Is(err, models.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return row.Data, true, nil
}

// CommitCtx writes a session.
func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.SaveSession(ctx, models.Session{Hash: hashToken(token), Data: data, ExpiresAt: models.At(expiry)})
}

// DeleteCtx ends a session.
func (s sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.DeleteSession(ctx, hashToken(token))
}

// Find, Commit and Delete are asked for by scs.Store, which calls the ones above instead.
func (s sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit: see Find.
func (s sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete: see Find.
func (s sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// SignIn makes the browser the user's, under a new token.
func SignIn(m *scs.SessionManager, c echo.Context, user models.ID) error {
	ctx := c.Request().Context()
	if err := m.RenewToken(ctx); err != nil {
		return err
	}
	m.Put(ctx, sessionUser, int64(user))
	return nil
}

// SignOut ends the session.
func SignOut(m *scs.SessionManager, c echo.Context) error { return m.Destroy(c.Request().Context()) }

const (
	userKey = "user"
	metKey  = "met"
)

// Met tells whether the browser's session has been read: a request that was refused at the door has none.
func Met(c echo.Context) bool { return c.Get(metKey) != nil }

// User is who asks, nil where nobody is signed in.
func User(c echo.Context) *models.User {
	u, _ := c.Get(userKey).(*models.User)
	return u
}

// Known reads who is signed in. A user who is gone is signed out.
func Known(m *scs.SessionManager, s *store.Store) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Set(metKey, true)
			ctx := c.Request().Context()
			id := models.ID(m.GetInt64(ctx, sessionUser))
			if id == 0 {
				return next(c)
			}
			user, err := s.User(ctx, id)
			switch {
			case errors.Is(err, models.ErrNotFound):
				return errors.Join(m.Destroy(ctx), next(c))
			case err != nil:
				return err
			}
			c.Set(userKey, user)
			return next(c)
		}
	}
}
