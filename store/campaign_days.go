package store

import (
	"context"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// A Tally is what was counted of a campaign, as of one moment.
type Tally struct {
	// Days are the sums of each day that has any, over all sources, oldest first.
	Days []models.CampaignDay
	// Sources are the sums of each source over the days asked for, those with most leads first.
	Sources []models.CampaignDay
	// Ever is the sum of everything since the campaign began.
	Ever models.CampaignDay
}

// maxSources is how many sources of a campaign are told apart.
const maxSources = 200

// sums of the counters, under their own names.
const sums = `sum(views) AS views, sum(seconds) AS seconds, sum(starts) AS starts, sum(submissions) AS submissions,
	sum(leads) AS leads, sum(confirmed) AS confirmed, sum(hot) AS hot, sum(downloads) AS downloads`

// CampaignTally reads a campaign's counters: the days from before to last, and the sources of those from first to last.
// It reads stretches of the primary key and no event.
func (s *Store) CampaignTally(ctx context.Context, campaign models.ID, before, first, last int) (t Tally, err error) {
	err = s.snapshot(ctx, func(tx *gorm.DB) error {
		days := tx.Model(&models.CampaignDay{}).Where("campaign_id = ?", campaign).Session(&gorm.Session{})
		err := days.Select("day, "+sums).Where("day BETWEEN ? AND ?", before, last).Group("day").Order("day").Find(&t.Days).Error
		if err != nil {
			return err
		}
		err = days.Select("source, "+sums).Where("day BETWEEN ? AND ?", first, last).Group("source").
			Order("sum(leads) DESC, sum(submissions) DESC, sum(views) DESC, source").Limit(maxSources).Find(&t.Sources).Error
		if err != nil {
			return err
		}
		return days.Select(`coalesce(sum(views), 0) AS views, coalesce(sum(submissions), 0) AS submissions, coalesce(sum(leads), 0) AS leads`).
			Find(&t.Ever).Error
	})
	return t, translate(err)
}

// LatestScores are the scores, as they are now, of those who sent a campaign's last forms, so many forms at most, and
// whether there are older ones. An index of leads by campaign and score would count all of them, and cost every
// submission a twentieth of its time.
func (s *Store) LatestScores(ctx context.Context, campaign models.ID, forms int) (scores []float64, more bool, err error) {
	var senders []models.ID
	err = s.lastForms(ctx, campaign).Model(&models.Submission{}).Limit(forms+1).Pluck("lead_id", &senders).Error
	if err != nil {
		return nil, false, translate(err)
	}
	if more = len(senders) > forms; more {
		senders = senders[:forms]
	}
	slices.Sort(senders)
	senders = slices.Compact(senders)
	for part := range slices.Chunk(senders, 500) {
		var some []float64
		if err := s.q(ctx).Model(&models.Lead{}).Where("id IN ?", part).Pluck("score", &some).Error; err != nil {
			return nil, false, translate(err)
		}
		scores = append(scores, some...)
	}
	return scores, more, nil
}

// LatestLeads are those who filled in a campaign's form last, newest first, each once, with the times of these forms. It
// looks at a few forms more than leads are asked for, so that one who sends many may leave fewer.
func (s *Store) LatestLeads(ctx context.Context, campaign models.ID, limit int) (leads []models.Lead, at []models.Instant, err error) {
	var subs []models.Submission
	err = s.lastForms(ctx, campaign).Select("id", "lead_id", "created_at").Limit(10 * limit).Find(&subs).Error
	if err != nil {
		return nil, nil, translate(err)
	}
	var ids []models.ID
	last := map[models.ID]models.Instant{}
	for _, sub := range subs {
		if _, again := last[sub.LeadID]; sub.LeadID != 0 && !again && len(ids) < limit {
			ids, last[sub.LeadID] = append(ids, sub.LeadID), sub.CreatedAt
		}
	}
	found, err := unknown(s.q(ctx), ids, nil, func(l *models.Lead) models.ID { return l.ID })
	for _, id := range ids {
		if l := found[id]; l != nil {
			leads, at = append(leads, *l), append(at, last[id])
		}
	}
	return leads, at, err
}

// lastForms are the submissions of a campaign, the newest first, as a stretch of the index by campaign. Asked for the
// campaign as such, PostgreSQL would rather go back through the newer submissions of all other ones.
func (s *Store) lastForms(ctx context.Context, campaign models.ID) *gorm.DB {
	return s.q(ctx).Where("campaign_id BETWEEN ? AND ?", campaign, campaign).Order("campaign_id DESC, id DESC")
}
