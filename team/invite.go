package team

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"sarnakh/i18n"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/mail"
)

// InvitationLife is how long the link of an invitation works.
const InvitationLife = 72 * time.Hour

// Invite makes a user and mails them the link with which they choose a password. models.ErrConflict where the address has
// a user already.
func (t *Team) Invite(ctx context.Context, by By, u *models.User) error {
	return t.mail(ctx, by, u, by.did("user.invite", 0, string(u.Role)))
}

// InviteAgain mails a fresh link to somebody who has not come yet; the one before stops working. models.ErrConflict where
// they have come, or are disabled.
func (t *Team) InviteAgain(ctx context.Context, by By, id models.ID) error {
	u, err := t.store.User(ctx, id)
	if err != nil {
		return err
	}
	return t.mail(ctx, by, u, by.did("user.invite_again", id, ""))
}

// TakeBack takes an invitation back: the link stops working, and the user is forgotten. models.ErrConflict where they have
// come.
func (t *Team) TakeBack(ctx context.Context, by By, id models.ID) error {
	if _, err := t.store.User(ctx, id); err != nil {
		return err
	}
	return t.store.TakeBack(ctx, id, by.did("user.take_back", id, ""))
}

func (t *Team) mail(ctx context.Context, by By, u *models.User, entry models.AuditEntry) error {
	id, now := t.store.NewID(), t.store.Now()
	err := t.store.Invite(ctx, store.Invitation{
		User: u, Audit: entry,
		Link: models.SetupLink{Hash: LinkHash(t.token(id)), ExpiresAt: now.Add(InvitationLife)},
		Mail: models.Message{
			ID: id, Ident: "invite:" + id.String(), Class: models.ClassTransactional, Kind: models.MailInvite, State: models.MessageQueued,
			MessageID: fmt.Sprintf("%s@%s", id, t.cfg.MailDomain), To: u.Email, Locale: u.Locale,
			Merge: models.Merge{"name": u.Name, "by": by.User.Name}, CreatedAt: now, DueAt: now, NotAfter: now.Add(InvitationLife),
		},
	})
	if err == nil {
		t.cfg.Wake()
	}
	return err
}

// token ends the link of an invitation. It follows from the mail's ID and the program's key, so that the mail can be
// written again, and is kept nowhere but by its hash.
func (t *Team) token(mail models.ID) string {
	return t.invites.Sign(binary.BigEndian.AppendUint64(nil, uint64(mail)))
}

// LinkHash is under what a one-time link is kept.
func LinkHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ComposeInvite writes the mail that asks somebody in. One whose link no longer works is not owed any more.
func (t *Team) ComposeInvite(ctx context.Context, m *models.Message) (mailer.Mail, error) {
	token := t.token(m.ID)
	link, err := t.store.SetupLink(ctx, LinkHash(token))
	if err != nil {
		return mailer.Mail{}, err
	}
	user, err := t.store.User(ctx, link.UserID)
	if err != nil {
		return mailer.Mail{}, err
	}
	out, err := mail.Invitation{
		Loc: i18n.For(i18n.Locale(m.Locale)), Site: t.cfg.MailDomain, Name: m.Merge["name"], By: m.Merge["by"], Role: string(user.Role),
		URL: t.cfg.BaseURL + "/admin/setup/" + token, Until: link.ExpiresAt.In(t.cfg.Zone),
	}.Render(ctx)
	return mailer.Mail{Subject: out.Subject, HTML: out.HTML, Text: out.Text}, err
}
