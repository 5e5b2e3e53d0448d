package admin

import (
	"net/http"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/reports"
	"sarnakh/scoring"
	"sarnakh/store"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

const (
	submissionsPerPage = 50
	// shownAnswers is how many of a form's answers stand in a row of the list; the lead's page has them all.
	shownAnswers = 4
)

// SubmissionList is who filled in a campaign's form, newest first (C4).
func (h *Handlers) SubmissionList(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	before, _ := models.ParseID(c.QueryParam("before")) // anything else is the first page
	rows, more, err := h.Store.Entrants(c.Request().Context(), campaign.ID, before, submissionsPerPage)
	if err != nil {
		return err
	}
	shell, head, err := h.campaignShell(c, campaign, partLeads)
	if err != nil {
		return err
	}
	here := campaignURL(campaign.ID) + partLeads
	props := admin.SubmissionsProps{Shell: shell, Head: head, ShareURL: campaignURL(campaign.ID) + "/share"}
	if len(rows) > 0 || before != 0 {
		props.ExportURL = here + "/export.csv"
	}
	if before != 0 {
		props.Previous = here
	}
	if more {
		props.Next = here + "?before=" + rows[len(rows)-1].ID.String()
	}
	for i := range rows {
		props.Rows = append(props.Rows, h.submissionRow(shell.Loc, &draft.Doc.Form, &rows[i]))
	}
	return web.HTML(c, http.StatusOK, admin.Submissions(props))
}

func (h *Handlers) submissionRow(loc *i18n.Loc, form *models.Form, e *store.Entrant) admin.SubmissionRow {
	row := admin.SubmissionRow{Name: e.Name, Email: e.Email, Phone: e.Answers[models.FieldPhone], At: h.in(e.CreatedAt), Source: e.Attribution.Source,
		Temperature: string(e.Temperature)}
	if e.LeadID != 0 {
		row.URL, row.Score, row.Known = "/admin/leads/"+e.LeadID.String(), scoring.Sum{S: e.Score}.Shown(), true
	}
	for i := range form.Fields {
		f := &form.Fields[i]
		value := e.Answers[f.Name]
		switch f.Type {
		case models.TypeName, models.TypeFirstName, models.TypeLastName, models.TypeEmail, models.TypePhone, models.TypeHidden:
			continue // stand in columns of their own, or are no answer
		}
		if value == "" || len(row.Answers) == shownAnswers {
			continue
		}
		row.Answers = append(row.Answers, admin.Fact{Label: f.Label, Text: leads.AnswerWords(loc, f, value)})
	}
	return row
}

// SubmissionExport is the same as a table for spreadsheets, a column for each question.
func (h *Handlers) SubmissionExport(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	if err := h.audit(c, "export", "campaign:"+campaign.ID.String(), "submissions csv"); err != nil {
		return err
	}
	ctx := c.Request().Context()
	exporter, err := h.Exporter(ctx)
	if err != nil {
		return err
	}
	var fields []string
	for i := range draft.Doc.Form.Fields {
		fields = append(fields, draft.Doc.Form.Fields[i].Name)
	}
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(exportTime))
	header := c.Response().Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="`+campaign.Slug+`.csv"`)
	header.Set("Cache-Control", "no-store")
	w, err := reports.NewWriter("csv", c.Response(), false)
	if err != nil {
		return err
	}
	return exporter.Answers(ctx, campaign.ID, fields, w)
}
