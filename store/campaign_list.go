package store

import (
	"context"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// CampaignSort is an order of the list of campaigns; each has its index. By name they are sorted by whoever knows the
// language's alphabet, and read with CampaignIDs and CampaignsByID.
type CampaignSort string

// The orders of the list of campaigns.
const (
	CampaignsChanged CampaignSort = "changed"
	CampaignsNewest  CampaignSort = "newest"
)

// A CampaignQuery asks for a page of the list of campaigns. Empty fields filter nothing, but what is archived is found by
// that status alone.
type CampaignQuery struct {
	IDs    []models.ID // only these; nil: all
	Status models.CampaignStatus
	Owner  models.ID
	Locale string
	Sort   CampaignSort
	After  *CampaignCursor // the page that follows it
	Before *CampaignCursor // or the page that leads up to it
	Limit  int
}

// A CampaignCursor is a place in the sorted list.
type CampaignCursor struct {
	Changed models.Instant
	ID      models.ID
}

// statusOf is models.Campaign.Status in SQL; its one argument is now.
const statusOf = `CASE WHEN archived_at <> 0 THEN 'archived' WHEN state <> 'draft' AND until <> 0 AND until <= ? THEN 'ended'
	WHEN state = 'over' THEN 'paused' WHEN state = 'published' THEN 'live' WHEN next_id <> 0 THEN 'scheduled' ELSE 'draft' END`

func (s *Store) campaignsFound(ctx context.Context, cq CampaignQuery) *gorm.DB {
	q := s.q(ctx).Model(&models.Campaign{})
	if cq.Status == "" {
		q = q.Where("archived_at = 0")
	} else {
		q = q.Where("("+statusOf+") = ?", s.Now(), cq.Status)
	}
	if cq.IDs != nil {
		q = q.Where("id IN ?", cq.IDs)
	}
	if cq.Owner != 0 {
		q = q.Where("owner_id = ?", cq.Owner)
	}
	if cq.Locale != "" {
		q = q.Where("locale = ?", cq.Locale)
	}
	return q
}

// CampaignList is one page of the list of campaigns, in its order, and whether more follow in the direction asked.
func (s *Store) CampaignList(ctx context.Context, cq CampaignQuery) (page []models.Campaign, more bool, err error) {
	q, cursor, op, dir := s.campaignsFound(ctx, cq), cq.After, "<", " DESC"
	if cq.Before != nil {
		cursor, op, dir = cq.Before, ">", ""
	}
	switch {
	case cq.Sort == CampaignsNewest && cursor != nil:
		q = q.Where("id "+op+" ?", cursor.ID)
	case cursor != nil:
		q = q.Where("(updated_at, id) "+op+" (?, ?)", cursor.Changed, cursor.ID)
	}
	order := "updated_at" + dir + ", id" + dir
	if cq.Sort == CampaignsNewest {
		order = "id" + dir
	}
	if err := q.Order(order).Limit(cq.Limit + 1).Find(&page).Error; err != nil {
		return nil, false, translate(err)
	}
	if more = len(page) > cq.Limit; more {
		page = page[:cq.Limit]
	}
	if cq.Before != nil { // it was read backwards
		slices.Reverse(page)
	}
	return page, more, nil
}

// CampaignIDs are all that a query finds, whatever its order and its page.
func (s *Store) CampaignIDs(ctx context.Context, cq CampaignQuery) ([]models.ID, error) {
	var ids []models.ID
	err := s.campaignsFound(ctx, cq).Pluck("id", &ids).Error
	return ids, translate(err)
}

// CampaignsByID are these campaigns, in this order; what is not there is left out.
func (s *Store) CampaignsByID(ctx context.Context, ids []models.ID) ([]models.Campaign, error) {
	var rows []models.Campaign
	err := s.q(ctx).Where("id IN ?", ids).Find(&rows).Error
	slices.SortFunc(rows, func(a, b models.Campaign) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return rows, translate(err)
}

// CampaignCounts is how many campaigns there are of each status.
func (s *Store) CampaignCounts(ctx context.Context) (map[string]int64, error) {
	var rows []struct {
		Status string
		N      int64
	}
	err := s.q(ctx).Raw("SELECT "+statusOf+" AS status, count(*) AS n FROM campaigns GROUP BY 1", s.Now()).Scan(&rows).Error
	out := make(map[string]int64, len(rows))
	for _, r := range rows {
		out[r.Status] = r.N
	}
	return out, translate(err)
}

// counters are the columns that the list of campaigns adds up. PostgreSQL's sums are no integers by themselves.
const counters = `CAST(sum(views) AS BIGINT) AS views, CAST(sum(submissions) AS BIGINT) AS submissions,
	CAST(sum(leads) AS BIGINT) AS leads, CAST(sum(hot) AS BIGINT) AS hot`

// CampaignFigures add up what happened on campaigns since a day, over all sources: by day from recent on, and what was
// before that together, as day 0.
func (s *Store) CampaignFigures(ctx context.Context, campaigns []models.ID, since, recent int) ([]models.CampaignDay, error) {
	var rows []models.CampaignDay
	err := s.q(ctx).Raw(`SELECT campaign_id, CASE WHEN day >= ? THEN day ELSE 0 END AS day, `+counters+`
		FROM campaign_days WHERE campaign_id IN ? AND day >= ? GROUP BY 1, 2 ORDER BY 1, 2`, recent, campaigns, since).Scan(&rows).Error
	return rows, translate(err)
}

// DayTotals add up what happened on all campaigns from one day up to another, by day. It goes from campaign to campaign, so
// that a few days cost a few days.
func (s *Store) DayTotals(ctx context.Context, from, to int) ([]models.CampaignDay, error) {
	var rows []models.CampaignDay
	err := s.q(ctx).Raw(`SELECT d.day, `+counters+` FROM campaigns c JOIN campaign_days d ON d.campaign_id = c.id
		WHERE d.day >= ? AND d.day < ? GROUP BY d.day ORDER BY d.day`, from, to).Scan(&rows).Error
	return rows, translate(err)
}

// CampaignSigns is what else tells how a campaign stands.
type CampaignSigns struct {
	ID    models.ID
	Seen  bool // somebody ever saw its page, or answered its form
	Codes int  // free ones of its pool, counted up to a limit
}

// CampaignSigns tells how campaigns stand.
func (s *Store) CampaignSigns(ctx context.Context, campaigns []models.ID, maxCodes int) (map[models.ID]CampaignSigns, error) {
	var rows []CampaignSigns
	err := s.q(ctx).Raw(`SELECT c.id, EXISTS (SELECT 1 FROM campaign_days d WHERE d.campaign_id = c.id AND d.views + d.submissions > 0) AS seen,
		(SELECT count(*) FROM (SELECT 1 FROM coupon_codes k WHERE k.campaign_id = c.id AND k.coupon_id = 0 LIMIT ?) free) AS codes
		FROM campaigns c WHERE c.id IN ?`, maxCodes, campaigns).Scan(&rows).Error
	out := make(map[models.ID]CampaignSigns, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, translate(err)
}

// Drafts are what is being worked on in these campaigns.
func (s *Store) Drafts(ctx context.Context, campaigns []models.ID) (map[models.ID]*models.CampaignDoc, error) {
	var rows []models.Draft
	err := s.q(ctx).Select("campaign_drafts.*").Joins("JOIN campaigns c ON c.id = campaign_drafts.campaign_id AND c.draft_rev = campaign_drafts.rev").
		Where("campaign_drafts.campaign_id IN ?", campaigns).Find(&rows).Error
	out := make(map[models.ID]*models.CampaignDoc, len(rows))
	for i := range rows {
		out[rows[i].CampaignID] = &rows[i].Doc
	}
	return out, translate(err)
}
