// Package mail makes the mails that are written in our own words: what a visitor asked for, and word of a hot lead
// to a salesperson. Each is one typed struct whose Render gives the subject, the HTML and the plain text; the same
// values give the same bytes.
//
// Mail programs are not browsers: styles stand in line, layout is simple tables, and nothing is loaded from
// anywhere. What people typed is data: it is folded to what a line of text may hold, cut, and escaped.
package mail

import (
	"context"
	"errors"
	"strings"

	"github.com/a-h/templ"
)

// Mail is a mail's subject and its two bodies.
type Mail struct {
	Subject string
	HTML    string
	Text    string
}

// ErrAddress says that a mail lacks the web address it exists for, or that one of ours is not a web address. Such
// a mail is not sent without its button.
var ErrAddress = errors.New("mail: an address is missing or not http")

// html renders into room for so many bytes, that the buffer seldom grows.
func html(ctx context.Context, c templ.Component, size int) (string, error) {
	var b strings.Builder
	b.Grow(size)
	err := c.Render(ctx, &b)
	return b.String(), err
}
