// Package mailer takes a mail from its row to the mail server's reply: it composes, claims, sends,
// classifies what the server said, tries again, and settles what a crash left in flight. Every mail ends
// as sent, failed, suppressed, expired or unknown (I2), and none is sent twice but one whose fate was
// unknown (I3).
package mailer

import (
	"context"

	"sarnakh/models"
)

// A Composer makes the words of one kind of mail from its row, the same words each time. Where the mail is
// no longer owed, because whom it was about is gone, it answers models.ErrNotFound. Its errors are kept
// and logged, so they name no person.
type Composer func(ctx context.Context, m *models.Message) (Mail, error)

// A Mail is what a composer says; everything else in the mail comes from its row and the settings.
type Mail struct {
	Subject string
	Text    string // never empty: HTML has always a real text beside it
	HTML    string // may be empty
	// FromName stands before the sender's address instead of the owner's name.
	FromName string
	// ReplyTo is an address instead of the owner's.
	ReplyTo string
	// Unsubscribe is where a mail program's button posts to, without a page (RFC 8058); empty: no button.
	Unsubscribe string
	Headers     []Header
	Attachments []Attachment
}

// An Attachment is a file that a mail brings.
type Attachment struct {
	Name string
	Type string // of its content, with parameters: "text/calendar; charset=utf-8"
	Data []byte
}

// A Header is one more line of a mail's head.
type Header struct{ Name, Value string }
