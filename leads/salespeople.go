package leads

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"sarnakh/models"
)

// A salesperson is somebody told of hot leads.
type salesperson struct{ email, locale string }

// staffFresh is for how long the users are believed before they are read again.
const staffFresh = 10 * time.Second

// staff keeps the users for decisions, which may not ask the database themselves.
type staff struct {
	mu    sync.Mutex
	at    time.Time
	users []models.User
}

// salespeople are those told of a hot lead: the addresses set, else the owners, so that no raised hand goes
// unheard on a server that was just started. Each is written to in their own language where they are a user,
// else in the site's.
func (l *Leads) salespeople() []salesperson {
	users := l.users()
	told := make([]salesperson, 0, len(l.cfg.Notify)+1)
	for _, email := range l.cfg.Notify {
		p := salesperson{email, string(l.cfg.Locale)}
		if i := slices.IndexFunc(users, func(u models.User) bool { return strings.EqualFold(u.Email, email) }); i >= 0 {
			p.locale = users[i].Locale
		}
		told = append(told, p)
	}
	for i := range users {
		if u := &users[i]; len(l.cfg.Notify) == 0 && u.Role == models.Owner && u.DisabledAt == 0 {
			told = append(told, salesperson{u.Email, u.Locale})
		}
	}
	return told
}

// forgetUsers lets the next decision read them anew.
func (l *Leads) forgetUsers() {
	l.staff.mu.Lock()
	l.staff.at = time.Time{}
	l.staff.mu.Unlock()
}

func (l *Leads) users() []models.User {
	l.staff.mu.Lock()
	defer l.staff.mu.Unlock()
	now, fresh := l.clock(), staffFresh
	if len(l.staff.users) == 0 { // the first owner is about to come
		fresh = time.Second
	}
	if now.Sub(l.staff.at) > fresh || now.Before(l.staff.at) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		users, err := l.store.Users(ctx)
		if err != nil {
			l.log.Warn("users can't be read; telling the salespeople known", "error", err)
			return l.staff.users
		}
		l.staff.users, l.staff.at = users, now
	}
	return l.staff.users
}
