package store

import (
	"context"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// InMemory finds versions that the caller has in memory. Versions never change, so that only new ones are read.
type InMemory struct {
	Version  func(models.ID) *models.CampaignVersion
	Sequence func(models.ID) *models.SequenceVersion
}

// Campaigns are all campaigns with the versions that visitors see and their sequences, oldest first.
func (s *Store) Campaigns(ctx context.Context, known InMemory) ([]models.Published, error) {
	var campaigns []models.Campaign
	if err := s.q(ctx).Order("id").Find(&campaigns).Error; err != nil {
		return nil, translate(err)
	}
	ids := make([]models.ID, len(campaigns))
	for i := range campaigns {
		ids[i] = campaigns[i].VersionID
	}
	versions, err := unknown(s.q(ctx), ids, known.Version, func(v *models.CampaignVersion) models.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	sequences, err := s.LiveSequences(ctx, known)
	if err != nil {
		return nil, err
	}
	out := make([]models.Published, len(campaigns))
	for i, c := range campaigns {
		out[i] = models.Published{Campaign: c}
		if v := versions[c.VersionID]; v != nil {
			out[i].Version = *v
		}
	}
	for _, q := range sequences {
		if i, found := slices.BinarySearchFunc(out, q.CampaignID, func(p models.Published, id models.ID) int { return int(p.ID - id) }); found {
			out[i].Sequences = append(out[i].Sequences, q)
		}
	}
	return out, nil
}

// unknown are the rows with these IDs, of which only those are read that are not known.
func unknown[Row any](q *gorm.DB, ids []models.ID, known func(models.ID) *Row, idOf func(*Row) models.ID) (map[models.ID]*Row, error) {
	out := make(map[models.ID]*Row, len(ids))
	var missing []models.ID
	for _, id := range ids {
		if id == 0 {
			continue
		}
		if known != nil {
			if row := known(id); row != nil {
				out[id] = row
				continue
			}
		}
		missing = append(missing, id)
	}
	for part := range slices.Chunk(missing, 500) {
		var rows []Row
		if err := q.Where("id IN ?", part).Find(&rows).Error; err != nil {
			return nil, translate(err)
		}
		for i := range rows {
			out[idOf(&rows[i])] = &rows[i]
		}
	}
	return out, nil
}

// Campaign is one campaign.
func (s *Store) Campaign(ctx context.Context, id models.ID) (*models.Campaign, error) {
	var c models.Campaign
	err := s.q(ctx).Take(&c, "id = ?", id).Error
	return &c, translate(err)
}

// Addresses are all slugs that campaigns had before.
func (s *Store) Addresses(ctx context.Context) ([]models.CampaignAddress, error) {
	var rows []models.CampaignAddress
	err := s.q(ctx).Find(&rows).Error
	return rows, translate(err)
}

// SlugTaken tells whether another campaign has or had an address. An address that was left stays its campaign's.
func (s *Store) SlugTaken(ctx context.Context, slug string, by models.ID) (bool, error) {
	taken, err := slugTaken(s.q(ctx), slug, by)
	return taken, translate(err)
}

func slugTaken(tx *gorm.DB, slug string, by models.ID) (bool, error) {
	var n int64
	err := tx.Raw(`SELECT (SELECT count(*) FROM campaigns WHERE slug = ? AND id <> ?) +
		(SELECT count(*) FROM campaign_addresses WHERE slug = ? AND campaign_id <> ?)`, slug, by, slug, by).Scan(&n).Error
	return n > 0, err
}

// EditCampaign changes a campaign's settings as they are now: name, address, language, owner, end, goal and home. What
// edit refuses is not written. What had ended and has a new end, or none, goes on. An address that visitors knew is kept,
// to lead to the new one; one that another campaign has is *models.Invalid. Edit may be called again, so it must have no
// other effect.
func (s *Store) EditCampaign(ctx context.Context, id models.ID, edit func(*models.Campaign) error) (*models.Campaign, error) {
	var c models.Campaign
	err := s.do(ctx, func(tx *gorm.DB) error {
		c = models.Campaign{}
		if err := lockRows(tx).Take(&c, "id = ?", id).Error; err != nil {
			return err
		}
		was := c
		if err := edit(&c); err != nil {
			return err
		}
		if c.Slug != was.Slug {
			if err := moveCampaign(tx, &was, c.Slug); err != nil {
				return err
			}
		}
		if c.Home && !was.Home {
			if err := tx.Model(&models.Campaign{}).Where(s.yes("home")).Update("home", false).Error; err != nil {
				return err
			}
		}
		c.UpdatedAt = s.Now()
		if c.Status(c.UpdatedAt) == models.StatusPaused && was.Status(c.UpdatedAt) == models.StatusEnded { // it has a new end
			c.State = models.CampaignPublished
		}
		if err := tx.Select("slug", "name", "locale", "state", "owner_id", "until", "goal", "home", "updated_at").Updates(&c).Error; err != nil {
			return err
		}
		return raiseRevision(tx)
	})
	if err != nil {
		return nil, err
	}
	return &c, nil
}

func moveCampaign(tx *gorm.DB, was *models.Campaign, slug string) error {
	taken, err := slugTaken(tx, slug, was.ID)
	if err != nil {
		return err
	}
	if taken {
		bad := &models.Invalid{}
		bad.Add("slug", "campaign.slug_taken", "slug", slug)
		return bad
	}
	if err := tx.Delete(&models.CampaignAddress{}, "slug = ?", slug).Error; err != nil {
		return err
	}
	if was.VersionID == 0 { // nobody knew it
		return nil
	}
	return tx.Create(&models.CampaignAddress{Slug: was.Slug, CampaignID: was.ID}).Error
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
