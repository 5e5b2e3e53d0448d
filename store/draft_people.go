package store

import (
	"context"

	"sarnakh/models"
)

// A DraftPerson is somebody who changed a draft, and when last.
type DraftPerson struct {
	UserID models.ID
	Name   string
	At     models.Instant
}

// DraftPeople are those who changed a draft since a moment, the latest first, but for one: whoever asks.
func (s *Store) DraftPeople(ctx context.Context, campaign models.ID, since models.Instant, but models.ID) ([]DraftPerson, error) {
	var rows []DraftPerson
	err := s.q(ctx).Raw(`SELECT d.user_id AS user_id, max(u.name) AS name, max(d.at) AS at FROM campaign_drafts d JOIN users u ON u.id = d.user_id
		WHERE d.campaign_id = ? AND d.at >= ? AND d.user_id <> ? GROUP BY d.user_id ORDER BY max(d.at) DESC LIMIT 5`, campaign, since, but).Scan(&rows).Error
	return rows, translate(err)
}
