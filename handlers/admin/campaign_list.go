package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const campaignsPerPage = 50

// campaignQuery reads the list's address.
func (h *Handlers) campaignQuery(c echo.Context) (store.CampaignQuery, admin.CampaignFilter) {
	f := admin.CampaignFilter{Query: strings.TrimSpace(c.QueryParam("q")), Status: c.QueryParam("status"), Owner: c.QueryParam("owner"),
		Language: c.QueryParam("language"), Sort: c.QueryParam("sort"), Period: c.QueryParam("period")}
	if !slices.Contains(models.Statuses[:], models.CampaignStatus(f.Status)) {
		f.Status = ""
	}
	if !slices.Contains(admin.CampaignSorts[:], f.Sort) {
		f.Sort = ""
	}
	if !slices.Contains(admin.CampaignPeriods[:], f.Period) {
		f.Period = ""
	}
	if f.Language != "fa" && f.Language != "en" {
		f.Language = ""
	}
	owner, err := models.ParseID(f.Owner)
	if err != nil {
		f.Owner = ""
	}
	q := store.CampaignQuery{
		Status: models.CampaignStatus(f.Status), Owner: owner, Locale: f.Language, Sort: store.CampaignsChanged,
		After: campaignCursor(c.QueryParam("after")), Before: campaignCursor(c.QueryParam("before")), Limit: campaignsPerPage,
	}
	if f.Sort == admin.CampaignsNewest {
		q.Sort = store.CampaignsNewest
	}
	if f.Query != "" {
		q.IDs = h.Campaigns.Snapshot().Find(f.Query)
	}
	return q, f
}

// CampaignList is the list of campaigns with what they achieve (A1).
func (h *Handlers) CampaignList(c echo.Context) error {
	shell, err := h.shell(c, layout.RoomCampaigns)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	query, filter := h.campaignQuery(c)
	rows, previous, next, err := h.campaignPage(ctx, query, filter.Sort == admin.CampaignsByName)
	if err != nil {
		return err
	}
	props := admin.CampaignsProps{Shell: shell, URL: campaignsURL, Filter: filter}
	if role := web.User(c).Role; role == models.Owner || role == models.Marketer {
		props.NewURL, props.MediaURL = campaignsURL+"/new", mediaURL
	}
	if previous {
		props.Previous = campaignPlace(c, "before", &rows[0])
	}
	if next {
		props.Next = campaignPlace(c, "after", &rows[len(rows)-1])
	}
	if props.Counts, err = h.Store.CampaignCounts(ctx); err != nil {
		return err
	}
	if props.Owners, err = h.ownerOptions(ctx, query.Owner); err != nil {
		return err
	}
	span := h.span(filter.Period)
	if props.KPIs, err = h.campaignKPIs(ctx, shell.Loc, span); err != nil {
		return err
	}
	if props.Rows, err = h.campaignRows(ctx, rows, span, props.NewURL != ""); err != nil {
		return err
	}
	return web.HTML(c, http.StatusOK, admin.Campaigns(props))
}

// campaignPage reads one page of the list, and whether there are pages before and after it.
func (h *Handlers) campaignPage(ctx context.Context, q store.CampaignQuery, byName bool) (rows []models.Campaign, previous, next bool, err error) {
	if byName {
		found, err := h.Store.CampaignIDs(ctx, q)
		if err != nil {
			return nil, false, false, err
		}
		wanted := make(map[models.ID]bool, len(found))
		for _, id := range found {
			wanted[id] = true
		}
		ids := slices.DeleteFunc(h.Campaigns.Snapshot().ByName(), func(id models.ID) bool { return !wanted[id] })
		from, to := window(ids, q)
		rows, err = h.Store.CampaignsByID(ctx, ids[from:to])
		return rows, from > 0 && len(rows) > 0, to < len(ids) && len(rows) > 0, err
	}
	rows, more, err := h.Store.CampaignList(ctx, q)
	if len(rows) == 0 {
		return nil, false, false, err
	}
	return rows, q.Before != nil && more || q.After != nil, q.Before != nil || more, err
}

// window is the page of a list that follows a cursor, or leads up to it; the first where the cursor is not in it.
func window(ids []models.ID, q store.CampaignQuery) (from, to int) {
	switch {
	case q.After != nil:
		from = slices.Index(ids, q.After.ID) + 1
	case q.Before != nil:
		from = max(slices.Index(ids, q.Before.ID)-q.Limit, 0)
		if before := slices.Index(ids, q.Before.ID); before > 0 {
			return from, before
		}
	}
	return from, min(from+q.Limit, len(ids))
}

// campaignPlace is the list's address at a campaign.
func campaignPlace(c echo.Context, name string, at *models.Campaign) string {
	q := without(c.QueryParams(), "after", "before")
	if q != "" {
		q += "&"
	}
	return campaignsURL + "?" + q + name + "=" + strconv.FormatInt(int64(at.UpdatedAt), 36) + "_" + at.ID.String()
}

func campaignCursor(text string) *store.CampaignCursor {
	changed, id, _ := strings.Cut(text, "_")
	at, err := strconv.ParseInt(changed, 36, 64)
	parsed, idErr := models.ParseID(id)
	if err != nil || idErr != nil {
		return nil
	}
	return &store.CampaignCursor{Changed: models.Instant(at), ID: parsed}
}

// ownerOptions are the people who can look after a campaign, and who does so now, whatever has become of them.
func (h *Handlers) ownerOptions(ctx context.Context, now models.ID) ([]ui.Option, error) {
	users, err := h.Store.Users(ctx)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, u := range users {
		if u.ID == now || slices.Contains(makers, u.Role) && u.DisabledAt == 0 {
			out = append(out, ui.Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	return out, nil
}

// campaignRows are a page's campaigns with their figures, and for who may change them what can be done.
func (h *Handlers) campaignRows(ctx context.Context, rows []models.Campaign, s span, may bool) ([]admin.CampaignRow, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids, unpublished := make([]models.ID, len(rows)), []models.ID{}
	for i := range rows {
		if ids[i] = rows[i].ID; h.seenDoc(&rows[i]) == nil {
			unpublished = append(unpublished, rows[i].ID)
		}
	}
	figures, err := h.campaignFigures(ctx, ids, s)
	if err != nil {
		return nil, err
	}
	signs, err := h.Store.CampaignSigns(ctx, ids, campaigns.FewCodes)
	if err != nil {
		return nil, err
	}
	docs, err := h.Store.Drafts(ctx, unpublished)
	if err != nil {
		return nil, err
	}
	now := h.Clock().In(h.Site.Zone)
	out := make([]admin.CampaignRow, len(rows))
	for i := range rows {
		c := &rows[i]
		doc := docs[c.ID]
		if doc == nil {
			doc = h.seenDoc(c)
		}
		row := admin.CampaignRow{
			URL: campaignURL(c.ID), Name: c.Name, Slug: c.Slug, Status: string(c.Status(models.At(now))), Published: c.VersionID != 0,
			Changed: h.in(c.UpdatedAt), Figures: figures[c.ID],
		}
		if doc != nil {
			row.Kind = string(doc.Offer.Kind)
		}
		if may {
			row.Acts = h.campaignActs(c, row.Status)
			row.Next = nextThing(c, doc, signs[c.ID], now)
		}
		out[i] = row
	}
	return out, nil
}

// nextThing is what to do first about a campaign, nil for nothing.
func nextThing(c *models.Campaign, doc *models.CampaignDoc, s store.CampaignSigns, now time.Time) *admin.NextThing {
	n := campaigns.NextThing(c, doc, campaigns.Signs{Now: now, Seen: s.Seen, Codes: s.Codes})
	if n == nil {
		return nil
	}
	return &admin.NextThing{Key: n.Key, Args: n.Args, URL: campaignURL(c.ID) + n.At}
}

// seenDoc is what visitors see where the draft is the same; nil where the draft has to be read.
func (h *Handlers) seenDoc(c *models.Campaign) *models.CampaignDoc {
	p := h.Campaigns.Snapshot().Campaign(c.ID)
	if p == nil || c.VersionID == 0 || p.VersionID != c.VersionID || c.Unpublished() || c.NextID != 0 {
		return nil
	}
	return &p.Version.Doc
}

// campaignActs are what can be done with a campaign where it stands.
func (h *Handlers) campaignActs(c *models.Campaign, status string) []admin.CampaignAct {
	url := campaignURL(c.ID)
	acts := []admin.CampaignAct{{Key: "edit", Icon: "edit", URL: url + partPage}, {Key: "settings", Icon: "gear", URL: url + partSettings},
		{Key: "duplicate", Icon: "copy", URL: url + "/duplicate", Post: true, Drawn: h.Store.NewID().String()}}
	post := func(key, icon string) {
		acts = append(acts, admin.CampaignAct{Key: key, Icon: icon, URL: url + "/" + key, Post: true})
	}
	switch models.CampaignStatus(status) {
	case models.StatusArchived:
		post("unarchive", "undo")
		return acts
	case models.StatusLive:
		post("pause", "pause")
	case models.StatusPaused, models.StatusEnded:
		post("resume", "play")
	}
	post("archive", "inbox")
	return acts
}
