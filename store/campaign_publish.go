package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// Publish makes doc the version of a campaign that visitors see, and its draft; a campaign that is not there yet is made.
func (s *Store) Publish(ctx context.Context, c *models.Campaign, doc models.CampaignDoc) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		if c.ID == 0 {
			if err := s.addCampaign(tx, c, doc, 0); err != nil {
				return err
			}
		} else if err := s.addDraft(tx, c, &models.Draft{Doc: doc, What: "published"}); err != nil {
			return err
		}
		v, err := s.addVersion(tx, c, doc, 0)
		if err != nil {
			return err
		}
		return s.show(tx, c, v.ID)
	})
}

// A Publication is what a person decided to publish.
type Publication struct {
	Campaign models.ID
	User     models.ID
	Rev      int            // the state of the draft that was looked at
	After    models.ID      // the version last published then; 0: none
	At       models.Instant // when visitors see it; 0: now
	// Sequences whose drafts, as they were read, are put in force with it, at once.
	Sequences []models.Sequence
}

// PublishDraft makes the draft a version, seen by visitors now or from its time on. It takes the place of one that was
// planned before. It is models.ErrConflict where a draft is no longer the one that was looked at, or where something was
// published meanwhile: who presses the button twice publishes once.
func (s *Store) PublishDraft(ctx context.Context, p Publication) (version *models.CampaignVersion, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		c, draft, err := lockDraft(tx, p.Campaign)
		if err != nil {
			return err
		}
		if c.DraftRev != p.Rev || c.LastVersion() != p.After || c.ArchivedAt != 0 {
			return models.ErrConflict
		}
		for i := range p.Sequences {
			if _, err := s.publishSequence(tx, &p.Sequences[i]); err != nil {
				return err
			}
		}
		if version, err = s.addVersion(tx, c, draft.Doc, p.User); err != nil {
			return err
		}
		if p.At == 0 {
			return s.show(tx, c, version.ID)
		}
		c.NextID, c.NextAt, c.PublishedRev, c.UpdatedAt = version.ID, p.At, c.DraftRev, s.Now()
		if err := tx.Select("next_id", "next_at", "published_rev", "updated_at").Updates(c).Error; err != nil {
			return err
		}
		return raiseRevision(tx)
	})
	return version, err
}

// show lets visitors see a version from now on.
func (s *Store) show(tx *gorm.DB, c *models.Campaign, version models.ID) error {
	c.State, c.VersionID, c.NextID, c.NextAt, c.PublishedRev, c.UpdatedAt = models.CampaignPublished, version, 0, 0, c.DraftRev, s.Now()
	if c.Until != 0 && c.Until <= c.UpdatedAt { // who publishes what has ended begins it anew
		c.Until = 0
	}
	err := tx.Select("state", "version_id", "next_id", "next_at", "published_rev", "until", "updated_at").Updates(c).Error
	if err != nil {
		return err
	}
	return raiseRevision(tx)
}

// addVersion makes a version. Consent texts get their numbers here, so that what a form shows is what is recorded.
func (s *Store) addVersion(tx *gorm.DB, c *models.Campaign, doc models.CampaignDoc, user models.ID) (*models.CampaignVersion, error) {
	doc.Form.Purposes = slices.Clone(doc.Form.Purposes) // the draft keeps none
	for i := range doc.Form.Purposes {
		if err := s.consentText(tx, &doc.Form.Purposes[i], c.Locale); err != nil {
			return nil, err
		}
	}
	v := models.CampaignVersion{ID: s.NewID(), CampaignID: c.ID, Doc: doc, UserID: user, CreatedAt: s.Now()}
	err := tx.Model(&models.CampaignVersion{}).Where("campaign_id = ?", c.ID).Select("coalesce(max(number), 0) + 1").Scan(&v.Number).Error
	if err != nil {
		return nil, err
	}
	return &v, tx.Create(&v).Error
}

// Unschedule takes back a publication that was planned.
func (s *Store) Unschedule(ctx context.Context, id models.ID) error {
	return s.turn(ctx, id, func(c *models.Campaign) error {
		c.NextID, c.NextAt = 0, 0
		return nil
	})
}

// PauseCampaign ends a campaign by hand: visitors read that it is over, until it is resumed.
func (s *Store) PauseCampaign(ctx context.Context, id models.ID) error {
	return s.turn(ctx, id, func(c *models.Campaign) error {
		if c.State != models.CampaignPublished {
			return models.ErrConflict
		}
		c.State = models.CampaignOver
		return nil
	})
}

// ResumeCampaign lets visitors see a campaign again that was paused, or that has ended, which then has no end.
func (s *Store) ResumeCampaign(ctx context.Context, id models.ID) error {
	return s.turn(ctx, id, func(c *models.Campaign) error {
		if c.VersionID == 0 || c.ArchivedAt != 0 {
			return models.ErrConflict
		}
		c.State = models.CampaignPublished
		if c.Until <= s.Now() {
			c.Until = 0
		}
		return nil
	})
}

// ArchiveCampaign puts a campaign away: it is over to visitors and left out of lists. Its leads stay, and its sequences
// go on.
func (s *Store) ArchiveCampaign(ctx context.Context, id models.ID) error {
	return s.turn(ctx, id, func(c *models.Campaign) error {
		c.ArchivedAt, c.Home, c.NextID, c.NextAt = s.Now(), false, 0, 0
		if c.State == models.CampaignPublished {
			c.State = models.CampaignOver
		}
		return nil
	})
}

// UnarchiveCampaign takes it out again, paused where it was published.
func (s *Store) UnarchiveCampaign(ctx context.Context, id models.ID) error {
	return s.turn(ctx, id, func(c *models.Campaign) error {
		c.ArchivedAt = 0
		return nil
	})
}

// turn changes whether visitors see a campaign.
func (s *Store) turn(ctx context.Context, id models.ID, change func(*models.Campaign) error) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		var c models.Campaign
		if err := lockRows(tx).Take(&c, "id = ?", id).Error; err != nil {
			return err
		}
		planned := c.NextID
		if err := change(&c); err != nil {
			return err
		}
		c.UpdatedAt = s.Now()
		err := tx.Select("state", "until", "home", "next_id", "next_at", "archived_at", "updated_at").Updates(&c).Error
		if err != nil {
			return err
		}
		if c.NextID != planned {
			if err := settle(tx, &c); err != nil {
				return err
			}
		}
		return raiseRevision(tx)
	})
}

// TurnCampaigns does what has become due: it puts versions in force whose time has come, and ends campaigns that have had theirs.
// Several programs may do it at once.
func (s *Store) TurnCampaigns(ctx context.Context) error {
	now := s.Now()
	return s.do(ctx, func(tx *gorm.DB) error {
		// What had ended by then begins anew, as in show; what somebody has paused stays so (models.Campaign.StaysPaused).
		shown := tx.Exec(`UPDATE campaigns SET state = CASE WHEN state = 'over' AND (until = 0 OR until > next_at) THEN state ELSE 'published' END, version_id = next_id, next_id = 0, next_at = 0, updated_at = ?,
			until = CASE WHEN until <= next_at THEN 0 ELSE until END WHERE next_id <> 0 AND next_at <= ? AND archived_at = 0`, now, now)
		if shown.Error != nil {
			return shown.Error
		}
		ended := tx.Exec("UPDATE campaigns SET state = 'over', updated_at = ? WHERE state = 'published' AND until <> 0 AND until <= ?", now, now)
		if ended.Error != nil || shown.RowsAffected+ended.RowsAffected == 0 {
			return ended.Error
		}
		return raiseRevision(tx)
	})
}

// Versions are what was published of a campaign, newest first, as many as a page shows.
func (s *Store) Versions(ctx context.Context, campaign models.ID, before, limit int) ([]models.CampaignVersion, error) {
	q := s.q(ctx).Where("campaign_id = ?", campaign).Order("number DESC").Limit(limit)
	if before != 0 {
		q = q.Where("number < ?", before)
	}
	var rows []models.CampaignVersion
	return rows, translate(q.Find(&rows).Error)
}

// consentText finds the version of a text, or makes the next one.
func (s *Store) consentText(tx *gorm.DB, r *models.ConsentRequest, locale string) error {
	sum := sha256.Sum256([]byte(r.Text))
	row := models.ConsentText{ID: s.NewID(), Purpose: r.Purpose, Locale: locale, Text: r.Text, SHA256: hex.EncodeToString(sum[:]), CreatedAt: s.Now()}
	var last models.ConsentText
	err := tx.Where("purpose = ? AND locale = ?", r.Purpose, locale).Order("version DESC").Limit(1).Find(&last).Error
	if err != nil {
		return err
	}
	if last.SHA256 == row.SHA256 {
		r.TextID = last.ID
		return nil
	}
	row.Version = last.Version + 1
	r.TextID = row.ID
	return tx.Create(&row).Error
}
