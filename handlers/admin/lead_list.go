package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/reports"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// leadsPerPage is how many leads a page of the list shows.
const leadsPerPage = 50

var sorts = map[string]store.LeadSort{admin.SortNewest: store.SortNewest, admin.SortScore: store.SortScore, admin.SortActive: store.SortAct}

// leadQuery reads the list's address.
func leadQuery(c echo.Context) (store.LeadQuery, admin.LeadFilter) {
	f := admin.LeadFilter{Query: strings.TrimSpace(c.QueryParam("q")), Stage: c.QueryParam("stage"), Temperature: c.QueryParam("temperature"), Sort: c.QueryParam("sort")}
	if models.Stage(f.Stage).Rank() < 0 {
		f.Stage = ""
	}
	switch models.Temperature(f.Temperature) {
	case models.Hot, models.Warm, models.Cold:
	default:
		f.Temperature = ""
	}
	if _, ok := sorts[f.Sort]; !ok {
		f.Sort = ""
	}
	return store.LeadQuery{
		Words: leads.SearchTerms(f.Query), Stage: models.Stage(f.Stage), Temperature: models.Temperature(f.Temperature), Sort: sorts[f.Sort],
		// A salesperson sees the leads that were handed to sales.
		HandedOver: web.User(c).Role == models.Sales,
		After:      cursor(c.QueryParam("after")), Before: cursor(c.QueryParam("before")), Limit: leadsPerPage,
	}, f
}

// LeadList is the list of leads.
func (h *Handlers) LeadList(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomLeads)
	if err != nil {
		return err
	}
	query, filter := leadQuery(c)
	rows, more, err := h.Store.Leads(c.Request().Context(), query)
	if err != nil {
		return err
	}
	props := admin.LeadsProps{Shell: shell, URL: "/admin/leads", Filter: filter, PublicURL: "/"}
	for i := range rows {
		props.Rows = append(props.Rows, h.leadRow(&rows[i]))
	}
	if role := web.User(c).Role; role == models.Owner || role == models.Marketer {
		props.ExportURL = "/admin/leads/export.csv?" + without(c.QueryParams(), "after", "before")
	}
	if len(rows) > 0 {
		first, last := store.CursorOf(&rows[0]), store.CursorOf(&rows[len(rows)-1])
		if query.Before != nil && more || query.After != nil {
			props.Previous = place(c, "before", first)
		}
		if query.Before != nil || more {
			props.Next = place(c, "after", last)
		}
	}
	return web.HTML(c, http.StatusOK, admin.Leads(props))
}

func (h *Handlers) leadRow(l *models.Lead) admin.LeadRow {
	row := admin.LeadRow{
		URL: "/admin/leads/" + l.ID.String(), Name: l.Name, Email: l.Email, Company: l.Company,
		Temperature: string(l.Temperature), Stage: string(l.Stage), Disqualified: l.Status == models.Disqualified,
		Score: min(max(int(l.Score+0.5), 0), 100), Source: l.FirstTouch.Source, LastAct: h.in(l.LastActAt),
	}
	if l.Phone != "" {
		row.Phone = leads.ShownPhone(l.Phone)
	}
	if p := h.Campaigns.Snapshot().Campaign(l.CampaignID); p != nil {
		row.Campaign = p.Name
	}
	return row
}

// place is the list's address at a cursor.
func place(c echo.Context, name string, at *store.LeadCursor) string {
	q := without(c.QueryParams(), "after", "before")
	if q != "" {
		q += "&"
	}
	return "/admin/leads?" + q + name + "=" + strings.Join([]string{
		strconv.FormatFloat(at.Score, 'g', -1, 64), strconv.FormatInt(int64(at.Act), 36), at.ID.String()}, "_")
}

func cursor(text string) *store.LeadCursor {
	parts := strings.Split(text, "_")
	if len(parts) != 3 {
		return nil
	}
	score, scoreErr := strconv.ParseFloat(parts[0], 64)
	act, actErr := strconv.ParseInt(parts[1], 36, 64)
	id, idErr := models.ParseID(parts[2])
	if scoreErr != nil || actErr != nil || idErr != nil {
		return nil
	}
	return &store.LeadCursor{Score: score, Act: models.Instant(act), ID: id}
}

func without(q url.Values, names ...string) string {
	kept := url.Values{}
	for k, v := range q {
		kept[k] = v
	}
	for _, n := range names {
		kept.Del(n)
	}
	return kept.Encode()
}

// exportTime is how long an export may take to be sent.
const exportTime = time.Hour

// LeadExport writes what the list's filter finds as CSV, however long it is.
func (h *Handlers) LeadExport(c echo.Context) error {
	if err := h.audit(c, "export", "leads", "csv"); err != nil {
		return err
	}
	exporter, err := h.Exporter(c.Request().Context())
	if err != nil {
		return err
	}
	query, _ := leadQuery(c)
	query.Before, query.After = nil, nil
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(exportTime))
	header := c.Response().Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="leads.csv"`)
	header.Set("Cache-Control", "no-store")
	w, err := reports.NewWriter("csv", c.Response(), false)
	if err != nil {
		return err
	}
	return exporter.LeadsFound(c.Request().Context(), query, w)
}
