package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/store"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
)

// How long a browser stays signed in (ASVS 5.0, 7.1.1 and 7.3; docs/operators.md says why).
const (
	sessionLife = 14 * 24 * time.Hour // whatever happens
	sessionIdle = 3 * 24 * time.Hour  // without a page being opened
	// seenEvery is how often it is written down at most that somebody is there: never on each page.
	seenEvery = 5 * time.Minute
)

const sessionUser = "user"

// NewSessions keeps sessions in the database, under the hash of their token: who reads the database can't
// sign in with what they find.
func NewSessions(s *store.Store, https bool, log *slog.Logger) *scs.SessionManager {
	m := scs.New()
	m.Store = sessions{s, log}
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

// A browser is whoever sends a request, as their session remembers them.
type browser struct {
	ip, agent string
	found     string // the session that it came with, by its hash
}

type browserKey struct{}

const maxAgent = 300

// Browser notes who sends the request, for their session.
func Browser(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		b := &browser{ip: c.RealIP(), agent: strings.ToValidUTF8(r.UserAgent(), "")}
		b.agent = strings.ToValidUTF8(b.agent[:min(len(b.agent), maxAgent)], "")
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), browserKey{}, b)))
		return next(c)
	}
}

func browserOf(ctx context.Context) *browser {
	if b, ok := ctx.Value(browserKey{}).(*browser); ok {
		return b
	}
	return &browser{}
}

type sessions struct {
	store *store.Store
	log   *slog.Logger
}

var _ scs.CtxStore = sessions{}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FindCtx reads a session, and now and then writes down that somebody is there.
func (s sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	row, err := s.store.Session(ctx, hashToken(token))
	if errors.Is(err, models.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	b, now := browserOf(ctx), s.store.Now()
	b.found = row.Hash
	if row.UserID != 0 && now.Sub(row.SeenAt).Abs() >= seenEvery {
		seen := models.Session{Hash: row.Hash, UserID: row.UserID, IP: b.ip, SeenAt: now, ExpiresAt: min(row.CreatedAt.Add(sessionLife), now.Add(sessionIdle))}
		if err := s.store.SeeSession(ctx, seen); err != nil { // pages can be read while the database can't be written
			s.log.Warn("it can't be written down that a session is used", "error", err)
		}
	}
	return row.Data, true, nil
}

// CommitCtx writes a session. One that was ended while its request was answered stays so.
func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	b, hash, now := browserOf(ctx), hashToken(token), s.store.Now()
	if b.found == hash {
		return s.store.SaveSession(ctx, hash, data)
	}
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return err
	}
	user, _ := values[sessionUser].(int64)
	return s.store.AddSession(ctx, models.Session{
		Hash: hash, Data: data, ExpiresAt: min(models.At(expiry), now.Add(sessionIdle)),
		UserID: models.ID(user), IP: b.ip, UserAgent: b.agent, CreatedAt: now, SeenAt: now,
	})
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
	c.SetCookie(&http.Cookie{Name: lastUser, Value: user.String(), Path: "/admin", MaxAge: int(lastUserKept / time.Second),
		Secure: m.Cookie.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return nil
}

// A browser remembers who was last signed in on it, beyond the end of their session. It allows nothing: it keeps what one
// person was typing from the next.
const (
	lastUser     = "sarnakh_last"
	lastUserKept = 90 * 24 * time.Hour
)

// LastUser is who was last signed in on this browser; 0 where that is not known.
func LastUser(c echo.Context) models.ID {
	cookie, err := c.Cookie(lastUser)
	if err != nil {
		return 0
	}
	id, _ := models.ParseID(cookie.Value)
	return id
}

// Renew gives the browser a new token for what it may do already: after every change of how it proves who it is.
func Renew(m *scs.SessionManager, c echo.Context) error { return m.RenewToken(c.Request().Context()) }

// SessionHash names the browser's session among those of its user.
func SessionHash(m *scs.SessionManager, c echo.Context) string {
	return hashToken(m.Token(c.Request().Context()))
}

// Staff tells whether a request comes from a browser in which somebody is signed in. The database is only asked about one that
// brings the cookie, and nothing is written: a look at a visitors' page keeps nobody signed in.
func Staff(m *scs.SessionManager, s *store.Store, r *http.Request) bool {
	cookie, err := r.Cookie(m.Cookie.Name)
	if err != nil {
		return false
	}
	row, err := s.Session(r.Context(), hashToken(cookie.Value))
	return err == nil && row.UserID != 0
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

// Known reads who is signed in. A user who is gone or disabled is signed out.
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
			case err == nil && user.DisabledAt == 0:
				c.Set(userKey, user)
				return next(c)
			case err == nil, errors.Is(err, models.ErrNotFound):
				return errors.Join(m.Destroy(ctx), next(c))
			}
			return err
		}
	}
}
