package mailer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"sarnakh/models"
	"sarnakh/store"

	"github.com/klauspost/compress/gzip"
)

// An outgoing mail has been read and composed, and waits to begin.
type outgoing struct {
	models.Message
	account *account
	hashes  []string // of the identities whose suppression stops it
	to      string   // as SMTP wants it
	domain  string   // of the address as it was typed
	raw     []byte
	gzip    []byte // of raw, where that is to be kept
	err     error  // it can't be composed
}

var (
	errNotOwed = errors.New("no longer owed")
	errKind    = errors.New("no composer for this kind")
)

// compose makes a mail's bytes, or finds those it was sent with before: a repeat is the same mail.
func (w *Worker) compose(ctx context.Context, due *store.DueMail) *outgoing {
	o := &outgoing{Message: due.Message, account: w.accountOf(due.Class), domain: domainOf(due.To)}
	o.hashes = []string{w.cfg.Hash(due.To)}
	// A mail to a salesperson is about a lead, not to it.
	if due.Class != models.ClassSales && due.Identity != "" {
		if h := w.cfg.Hash(due.Identity); h != o.hashes[0] {
			o.hashes = append(o.hashes, h)
		}
	}
	if o.to, o.err = mailable(due.To); o.err != nil {
		return o
	}
	keep := due.Class <= models.ClassTransactional || o.account.keepsAll()
	if keep && due.Attempts+due.Unknowns > 0 {
		o.raw, o.err = w.cfg.Store.MailBytes(ctx, due.ID)
		if !errors.Is(o.err, models.ErrNotFound) {
			return o
		}
	}
	var words Mail
	if words, o.err = w.words(ctx, &o.Message); o.err != nil {
		return o
	}
	if o.raw, o.err = w.sender.build(&o.Message, o.to, words); o.err == nil && keep {
		o.gzip = w.pack(o.raw)
	}
	return o
}

// words asks the composer, whose panic is but a failed attempt.
func (w *Worker) words(ctx context.Context, m *models.Message) (words Mail, err error) {
	defer func() {
		if p := recover(); p != nil {
			w.cfg.Log.Error("panic in a composer", "kind", m.Kind, "panic", p, "stack", string(debug.Stack()))
			err = errors.New("the composer panicked")
		}
	}()
	c := w.composers[m.Kind]
	if c == nil {
		return Mail{}, errKind
	}
	words, err = c(ctx, m)
	if errors.Is(err, models.ErrNotFound) {
		return Mail{}, errNotOwed
	}
	return words, err
}

func (w *Worker) pack(raw []byte) []byte {
	z, _ := w.packers.Get().(*gzip.Writer)
	if z == nil {
		z, _ = gzip.NewWriterLevel(nil, gzip.BestSpeed)
	}
	defer w.packers.Put(z)
	var out bytes.Buffer
	z.Reset(&out)
	_, _ = z.Write(raw) // a buffer takes all
	_ = z.Close()
	return out.Bytes()
}

// databaseRest is how long a mail waits that could not be composed because the database was away.
const databaseRest = 2 * time.Second

// uncomposed is what is recorded of a mail that could not be composed.
func (o *outgoing) uncomposed(now models.Instant) store.MailResult {
	res := result(&o.Message, temporary, fmt.Sprintf("compose: %v", o.err), "", now)
	switch {
	case errors.Is(o.err, models.ErrUnavailable): // that says nothing of the mail
		res.State, res.Refund, res.DueAt = models.MessageQueued, true, now.Add(databaseRest)
	case errors.Is(o.err, errNotOwed):
		res.State, res.DueAt, res.Reply = models.MessageSuppressed, 0, errNotOwed.Error()
	case errors.Is(o.err, errAddress):
		res.State, res.DueAt = models.MessageFailed, 0
	}
	if o.Unknowns > 0 && res.State == models.MessageSuppressed { // it may have arrived the first time
		res.State = models.MessageUnknown
	}
	return res
}
