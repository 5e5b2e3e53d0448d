package admin

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/mailer"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

const mailsPerPage = 50

// MailList is the built-in mailbox: every mail that was owed, newest first.
func (h *Handlers) MailList(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomMailbox)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	before, _ := models.ParseID(c.QueryParam("before")) // anything else is the first page
	rows, err := h.Store.Mailbox(ctx, before, mailsPerPage+1)
	if err != nil {
		return err
	}
	props := admin.MailboxProps{Shell: shell}
	if before != 0 {
		props.Previous = "/admin/mailbox"
	}
	if len(rows) > mailsPerPage {
		rows = rows[:mailsPerPage]
		props.Next = "/admin/mailbox?before=" + rows[mailsPerPage-1].ID.String()
	}
	kept, err := h.Store.MailBytesOf(ctx, mailIDs(rows))
	if err != nil {
		return err
	}
	for i := range rows {
		row := h.mailRow(&rows[i].Message)
		mail, _ := mailer.Open(kept[rows[i].ID]) // its words may be gone
		row.Subject = called(shell.Loc, &rows[i].Message, mail.Subject)
		props.Rows = append(props.Rows, row)
	}
	return web.HTML(c, http.StatusOK, admin.Mailbox(props))
}

func mailIDs(rows []store.MailboxRow) []models.ID {
	ids := make([]models.ID, 0, len(rows))
	for _, r := range rows {
		if r.HasBytes {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (h *Handlers) mailRow(m *models.Message) admin.MailRow {
	return admin.MailRow{URL: "/admin/mailbox/" + m.ID.String(), To: m.To, Class: m.Class.String(), State: string(m.State), At: h.in(mailTime(m))}
}

// called is a mail's subject, or what kind of mail it was where its words are gone.
func called(loc *i18n.Loc, m *models.Message, subject string) string {
	if key := "admin.mail.kind." + string(m.Kind); subject == "" && loc.Has(key) {
		return loc.T(key)
	}
	return subject
}

// mailTime is when a mail was sent, or else owed.
func mailTime(m *models.Message) models.Instant {
	if m.SentAt != 0 {
		return m.SentAt
	}
	return m.CreatedAt
}
