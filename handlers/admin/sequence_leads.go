package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const enrolledPerPage = 50

// SequenceLeads lists who is where in a sequence.
func (h *Handlers) SequenceLeads(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	r := running{Sequence: q}
	if r.force, err = h.inForce(ctx, q); err != nil {
		return err
	}
	w := h.sequenceWords(shell.Loc, q, r.doc())
	query := enrolmentQuery(c, q.ID)
	rows, more, err := h.Store.Enrolments(ctx, query)
	if err != nil {
		return err
	}
	keys := []string{query.Step}
	for i := range rows {
		keys = append(keys, rows[i].Step)
	}
	if err := h.recall(ctx, &w, q.ID, keys); err != nil {
		return err
	}
	shell.Crumbs = h.sequenceCrumbs(shell.Loc, q)
	at := sequenceURL(q.ID) + "/leads"
	props := admin.SequenceLeadsProps{Shell: shell, AllURL: enrolledURL(at, string(query.State), "", 0)}
	if query.Step != "" {
		props.Step = w.step(query.Step)
	}
	for _, state := range append([]models.EnrolmentState{""}, enrolmentStates[:]...) {
		text := shell.Loc.T("common.all")
		if state != "" {
			text = shell.Loc.T("enrolment." + string(state))
		}
		props.Tabs = append(props.Tabs, ui.Tab{Text: text, URL: enrolledURL(at, string(state), "", 0), Current: state == query.State})
	}
	for i := range rows {
		props.Rows = append(props.Rows, h.enrolledRow(w, &rows[i]))
	}
	if query.After != 0 {
		props.Previous = enrolledURL(at, string(query.State), query.Step, 0)
	}
	if more {
		props.Next = enrolledURL(at, string(query.State), query.Step, rows[len(rows)-1].ID)
	}
	return web.HTML(c, http.StatusOK, admin.SequenceLeads(props))
}

// enrolmentQuery reads the list's address; what is not understood is not asked for.
func enrolmentQuery(c echo.Context, sequence models.ID) store.EnrolmentQuery {
	after, _ := models.ParseID(c.QueryParam("after"))
	q := store.EnrolmentQuery{Sequence: sequence, State: models.EnrolmentState(c.QueryParam("state")), Step: c.QueryParam("step"), After: after, Limit: enrolledPerPage}
	if !slices.Contains(enrolmentStates[:], q.State) {
		q.State = ""
	}
	return q
}

func enrolledURL(at, state, step string, after models.ID) string {
	q := url.Values{}
	for name, value := range map[string]string{"state": state, "step": step} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if after != 0 {
		q.Set("after", after.String())
	}
	if len(q) == 0 {
		return at
	}
	return at + "?" + q.Encode()
}

func (h *Handlers) enrolledRow(w sequenceWords, e *store.EnrolledLead) admin.EnrolledRow {
	return admin.EnrolledRow{
		Name: e.Name, Email: e.Email, URL: "/admin/leads/" + e.LeadID.String(), State: string(e.State), Reason: string(e.Reason),
		Step: w.step(cmp.Or(e.Step, firstKey(w.doc))), Since: h.in(e.CreatedAt), NextAt: h.in(e.NextAt), EndedAt: h.in(e.EndedAt),
	}
}
