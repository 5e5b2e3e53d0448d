package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const revisionKey = "revision"

// Revision counts publications: every process watches it to know when to read again what is published.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	v, err := s.Setting(ctx, revisionKey)
	if err != nil || v == "" {
		return 0, err
	}
	return strconv.ParseInt(v, 10, 64)
}

// raiseRevision belongs in the transaction of each publication.
func raiseRevision(tx *gorm.DB) error {
	return tx.Exec(`INSERT INTO settings (key, value) VALUES (?, '1')
		ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)`, revisionKey).Error
}

// Setting is a value kept in the database, empty where none is.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var row models.Setting
	err := s.q(ctx).Where("key = ?", key).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return row.Value, translate(err)
}

// SetSetting keeps a value; with publish it counts as a publication.
func (s *Store) SetSetting(ctx context.Context, key, value string, publish bool) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "key"}}, UpdateAll: true}).
			Create(&models.Setting{Key: key, Value: value}).Error
		if err != nil || !publish {
			return err
		}
		return raiseRevision(tx)
	})
}

// Campaigns are all campaigns with the versions that visitors see, oldest first.
func (s *Store) Campaigns(ctx context.Context) ([]models.Published, error) {
	var campaigns []models.Campaign
	if err := s.q(ctx).Order("id").Find(&campaigns).Error; err != nil {
		return nil, translate(err)
	}
	var versions []models.CampaignVersion
	err := s.q(ctx).Where("id IN (SELECT version_id FROM campaigns)").Find(&versions).Error
	if err != nil {
		return nil, translate(err)
	}
	byID := make(map[models.ID]models.CampaignVersion, len(versions))
	for _, v := range versions {
		byID[v.ID] = v
	}
	sequences, err := s.LiveSequences(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]models.Published, len(campaigns))
	for i, c := range campaigns {
		out[i] = models.Published{Campaign: c, Version: byID[c.VersionID]}
		for _, q := range sequences {
			if q.CampaignID == c.ID {
				out[i].Sequences = append(out[i].Sequences, q)
			}
		}
	}
	return out, nil
}

// Version is one published version with its campaign, whether or not visitors still see it.
func (s *Store) Version(ctx context.Context, id models.ID) (*models.Published, error) {
	var p models.Published
	if err := s.q(ctx).Take(&p.Version, "id = ?", id).Error; err != nil {
		return nil, translate(err)
	}
	if err := s.q(ctx).Take(&p.Campaign, "id = ?", p.Version.CampaignID).Error; err != nil {
		return nil, translate(err)
	}
	p.VersionID = p.Version.ID
	return &p, nil
}

// Publish makes doc the version of a campaign that visitors see; a campaign that is not there yet is
// made. Consent texts get their versions here, so that what a form shows is what is recorded.
func (s *Store) Publish(ctx context.Context, c *models.Campaign, doc models.CampaignDoc) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		now := s.Now()
		for i := range doc.Form.Purposes {
			if err := s.consentText(tx, &doc.Form.Purposes[i], c.Locale); err != nil {
				return err
			}
		}
		isNew := c.ID == 0
		if isNew {
			c.ID, c.CreatedAt = s.NewID(), now
		}
		version := models.CampaignVersion{ID: s.NewID(), CampaignID: c.ID, Doc: doc, CreatedAt: now}
		if err := tx.Model(&models.CampaignVersion{}).Where("campaign_id = ?", c.ID).
			Select("coalesce(max(number), 0) + 1").Scan(&version.Number).Error; err != nil {
			return err
		}
		c.State, c.VersionID, c.UpdatedAt = models.CampaignPublished, version.ID, now
		// Upserted first: the version refers to its campaign.
		if err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(c).Error; err != nil {
			return err
		}
		if err := tx.Create(&version).Error; err != nil {
			return err
		}
		return raiseRevision(tx)
	})
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

// ConsentTexts are the texts with these IDs.
func (s *Store) ConsentTexts(ctx context.Context, ids []models.ID) (map[models.ID]models.ConsentText, error) {
	var rows []models.ConsentText
	if err := s.q(ctx).Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, translate(err)
	}
	out := make(map[models.ID]models.ConsentText, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, nil
}

// LiveCards are the scoring rules in force.
func (s *Store) LiveCards(ctx context.Context) ([]models.Card, error) {
	var rows []models.Card
	err := s.q(ctx).Where("state = ?", models.CardLive).Order("name").Find(&rows).Error
	return rows, translate(err)
}

// CardVersion is one version of a card.
func (s *Store) CardVersion(ctx context.Context, name string, version int) (*models.Card, error) {
	var row models.Card
	err := s.q(ctx).Where("name = ? AND version = ?", name, version).Take(&row).Error
	return &row, translate(err)
}

// PublishCard makes doc the live version of a card and returns its number.
func (s *Store) PublishCard(ctx context.Context, name, doc string) (version int, err error) {
	err = s.do(ctx, func(tx *gorm.DB) error {
		if err := tx.Model(&models.Card{}).Where("name = ?", name).Select("coalesce(max(version), 0) + 1").Scan(&version).Error; err != nil {
			return err
		}
		if err := tx.Model(&models.Card{}).Where("name = ? AND state = ?", name, models.CardLive).
			Update("state", models.CardSuperseded).Error; err != nil {
			return err
		}
		if err := tx.Create(&models.Card{Name: name, Version: version, State: models.CardLive, Doc: doc, CreatedAt: s.Now()}).Error; err != nil {
			return err
		}
		return raiseRevision(tx)
	})
	return version, err
}

// AddFile keeps what is known of a file.
func (s *Store) AddFile(ctx context.Context, f *models.File) error {
	f.ID, f.CreatedAt = s.NewID(), s.Now()
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Create(f).Error })
}

// File is what is known of a file.
func (s *Store) File(ctx context.Context, id models.ID) (*models.File, error) {
	var f models.File
	err := s.q(ctx).Take(&f, "id = ?", id).Error
	return &f, translate(err)
}
