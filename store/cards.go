package store

import (
	"context"

	"sarnakh/models"

	"gorm.io/gorm"
)

// LiveCards are the scoring rules in force.
func (s *Store) LiveCards(ctx context.Context) ([]models.Card, error) {
	var rows []models.Card
	err := s.q(ctx).Where("state = 'live'").Order("name").Find(&rows).Error
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
		if err := tx.Model(&models.Card{}).Where("name = ? AND state = 'live'", name).
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
