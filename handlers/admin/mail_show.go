package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// strictMail lets a mail be as mails are (styles in line) and do nothing: no script, no form, no address
// of anyone's is loaded.
const strictMail = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

// mailPolicy is strictMail with our own pictures, and those at the addresses that more allows.
func (h *Handlers) mailPolicy(more string) string {
	return strings.Replace(strictMail, "img-src data:", "img-src "+h.Site.BaseURL+"/media/ "+more+"data:", 1)
}

// framePolicy is that of our pages, but that they may frame one of ours.
var framePolicy = []string{web.Policy + "; frame-src 'self'"}

// MailShow shows a mail as its reader sees it.
func (h *Handlers) MailShow(c echo.Context) error { return h.showMail(c, admin.ViewHTML) }

// MailText shows the text part.
func (h *Handlers) MailText(c echo.Context) error { return h.showMail(c, admin.ViewText) }

// MailRaw shows the source.
func (h *Handlers) MailRaw(c echo.Context) error { return h.showMail(c, admin.ViewRaw) }

// MailHTML is the mail itself, for the frame.
func (h *Handlers) MailHTML(c echo.Context) error {
	_, mail, _, err := h.openMail(c)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header["Content-Security-Policy"], header["X-Frame-Options"] = []string{h.mailPolicy("")}, []string{"SAMEORIGIN"}
	header.Set("Cache-Control", "no-store")
	// A link in the frame opens a page of its own: within the frame nothing of ours may be shown.
	return c.HTML(http.StatusOK, strings.Replace(mail.HTML, "<head>", `<head><base target="_blank">`, 1))
}

// openMail reads a mail's row and what is in it; the bytes may be gone.
func (h *Handlers) openMail(c echo.Context) (m models.Message, mail mailer.Opened, raw []byte, err error) {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return m, mail, nil, models.ErrNotFound
	}
	ctx := c.Request().Context()
	if m, err = h.Store.Message(ctx, id); err != nil {
		return m, mail, nil, err
	}
	// Whoever reads an invitation can come in with it, as whom it is to.
	if m.Kind == models.MailInvite && web.User(c).Role != models.Owner {
		return m, mail, nil, models.ErrForbidden
	}
	raw, err = h.Store.MailBytes(ctx, id)
	if errors.Is(err, models.ErrNotFound) {
		return m, mail, nil, nil
	}
	if err != nil {
		return m, mail, nil, err
	}
	mail, err = mailer.Open(raw)
	return m, mail, raw, err
}

// headersShown are the headers that say something to a person.
var headersShown = []string{"Date", "Message-ID", "Reply-To", "List-Unsubscribe", "Auto-Submitted"}

func (h *Handlers) showMail(c echo.Context, view admin.MailView) error {
	m, mail, raw, err := h.openMail(c)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomMailbox)
	if err != nil {
		return err
	}
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.mailbox"), URL: "/admin/mailbox"}}
	at := "/admin/mailbox/" + m.ID.String()
	props := admin.MailProps{
		Shell: shell, Subject: called(shell.Loc, &m, mail.Subject), From: mail.From, To: m.To, Class: m.Class.String(), State: string(m.State),
		At: h.in(mailTime(&m)), Attempts: m.Attempts, Reply: said(shell.Loc, m.Reply), Gone: raw == nil, View: view, FrameURL: at + "/html",
		URLs: map[admin.MailView]string{admin.ViewHTML: at, admin.ViewText: at + "/text", admin.ViewRaw: at + "/raw"},
	}
	if m.LeadID != 0 {
		props.LeadURL = "/admin/leads/" + m.LeadID.String()
	}
	switch view {
	case admin.ViewHTML:
		c.Response().Header()["Content-Security-Policy"] = framePolicy
	case admin.ViewText:
		props.Text = mail.Text
	case admin.ViewRaw:
		props.Text = string(raw)
	}
	for _, header := range mail.Headers {
		if slices.Contains(headersShown, header.Name) {
			props.Headers = append(props.Headers, admin.Fact{Label: header.Name, Text: header.Value, As: admin.LeftToRight})
		}
	}
	return web.HTML(c, http.StatusOK, admin.Mail(props))
}
