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

// DraftPeople are those who changed a campaign's draft since a moment, the latest first, but for one: whoever asks.
func (s *Store) DraftPeople(ctx context.Context, campaign models.ID, since models.Instant, but models.ID) ([]DraftPerson, error) {
	return s.draftPeople(ctx, "campaign_drafts d ON d.campaign_id = ?", campaign, since, but)
}

// SequencePeople are those who changed a sequence's draft, likewise.
func (s *Store) SequencePeople(ctx context.Context, sequence models.ID, since models.Instant, but models.ID) ([]DraftPerson, error) {
	return s.draftPeople(ctx, "sequence_revisions d ON d.sequence_id = ?", sequence, since, but)
}

func (s *Store) draftPeople(ctx context.Context, from string, id models.ID, since models.Instant, but models.ID) (rows []DraftPerson, err error) {
	err = s.q(ctx).Raw(`SELECT d.user_id AS user_id, max(u.name) AS name, max(d.at) AS at FROM users u JOIN `+from+`
		AND u.id = d.user_id WHERE d.at >= ? AND d.user_id <> ? GROUP BY d.user_id ORDER BY max(d.at) DESC LIMIT 5`, id, since, but).Scan(&rows).Error
	return rows, translate(err)
}
