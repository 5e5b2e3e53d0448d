package store

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"sarnakh/models"

	"gorm.io/gorm"
)

// AddCampaign makes a campaign with a draft, which nobody sees yet.
func (s *Store) AddCampaign(ctx context.Context, c *models.Campaign, doc models.CampaignDoc, user models.ID) error {
	return s.BeginCampaign(ctx, c, doc, nil, user)
}

func (s *Store) addCampaign(tx *gorm.DB, c *models.Campaign, doc models.CampaignDoc, user models.ID) error {
	if taken, err := slugTaken(tx, c.Slug, 0); err != nil || taken {
		if err != nil {
			return err
		}
		bad := &models.Invalid{}
		bad.Add("slug", "campaign.slug_taken", "slug", c.Slug)
		return bad
	}
	if c.Home {
		if err := tx.Model(&models.Campaign{}).Where(s.yes("home")).Update("home", false).Error; err != nil {
			return err
		}
	}
	if c.ID == 0 {
		c.ID = s.NewID()
	}
	c.CreatedAt, c.State = s.Now(), models.CampaignDraft
	c.UpdatedAt = c.CreatedAt
	if err := tx.Create(c).Error; err != nil {
		return err
	}
	if err := s.addDraft(tx, c, &models.Draft{Doc: doc, What: "new", UserID: user}); err != nil {
		return err
	}
	return raiseRevision(tx)
}

// Draft is a campaign with what is being worked on.
func (s *Store) Draft(ctx context.Context, id models.ID) (c *models.Campaign, d *models.Draft, err error) {
	err = s.snapshot(ctx, func(tx *gorm.DB) error {
		c, d, err = draftOf(tx, id)
		return err
	})
	return c, d, translate(err)
}

func draftOf(tx *gorm.DB, id models.ID) (*models.Campaign, *models.Draft, error) {
	var c models.Campaign
	if err := tx.Take(&c, "id = ?", id).Error; err != nil {
		return nil, nil, err
	}
	var d models.Draft
	err := tx.Take(&d, "campaign_id = ? AND rev = ?", id, c.DraftRev).Error
	return &c, &d, err
}

// lockDraft is draftOf for a transaction that writes.
func lockDraft(tx *gorm.DB, id models.ID) (*models.Campaign, *models.Draft, error) {
	if err := lockRows(tx).Select("id").Take(&models.Campaign{}, "id = ?", id).Error; err != nil {
		return nil, nil, err
	}
	return draftOf(tx, id)
}

// EditDraft changes a draft as it is now. What edit refuses is not written. What one person types into one part (what)
// within a short time is one change. Edit may be called again, so it must have no other effect.
func (s *Store) EditDraft(ctx context.Context, id, user models.ID, what string, edit func(*models.CampaignDoc) error) (*models.Draft, error) {
	var d *models.Draft
	err := s.do(ctx, func(tx *gorm.DB) error {
		c, head, err := lockDraft(tx, id)
		if err != nil {
			return err
		}
		if err := edit(&head.Doc); err != nil {
			return err
		}
		d = head
		now := s.Now()
		by := DraftChange{what, user}
		if by.goesOn(DraftChange{head.What, head.UserID}, now.Sub(head.At)) && c.PublishedRev != c.DraftRev {
			if isLast, err := lastRev(tx, id); err != nil || isLast == head.Rev {
				if err != nil {
					return err
				}
				return s.overwrite(tx, c, head)
			}
		}
		head.What, head.UserID, head.At = what, user, now
		if err := s.addDraft(tx, c, head); err != nil {
			return err
		}
		return settle(tx, c)
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// overwrite puts a state in the place of the present one, under a number of its own: who looked at the one before, to
// publish it, has not seen this one.
func (s *Store) overwrite(tx *gorm.DB, c *models.Campaign, d *models.Draft) error {
	if err := tx.Exec("UPDATE campaign_drafts SET rev = rev + 1 WHERE campaign_id = ? AND rev = ?", c.ID, d.Rev).Error; err != nil {
		return err
	}
	d.Rev++
	if err := tx.Select("doc").Updates(d).Error; err != nil {
		return err
	}
	c.DraftRev, c.UpdatedAt = d.Rev, s.Now()
	if err := tx.Select("draft_rev", "updated_at").Updates(c).Error; err != nil {
		return err
	}
	return settle(tx, c)
}

// settle notes whether the draft says what was last published, whichever way it came to: then nothing of it waits to be
// published, and else it does.
func settle(tx *gorm.DB, c *models.Campaign) error {
	was, same := c.PublishedRev, false
	if last := c.LastVersion(); last != 0 {
		_, d, err := draftOf(tx, c.ID)
		if err != nil {
			return err
		}
		var v models.CampaignVersion
		if err := tx.Take(&v, "id = ?", last).Error; err != nil {
			return err
		}
		same = bytes.Equal(matter(d.Doc), matter(v.Doc))
	}
	switch {
	case same:
		c.PublishedRev = c.DraftRev
	case c.PublishedRev == c.DraftRev:
		c.PublishedRev = 0
	}
	if c.PublishedRev == was {
		return nil
	}
	return tx.Select("published_rev").Updates(c).Error
}

// matter is what a document says, without the numbers that consents get when it is published.
func matter(doc models.CampaignDoc) []byte {
	doc.Form.Purposes = slices.Clone(doc.Form.Purposes)
	for i := range doc.Form.Purposes {
		doc.Form.Purposes[i].TextID = 0
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		panic(err) // it is kept so
	}
	return raw
}

func lastRev(tx *gorm.DB, id models.ID) (rev int, err error) {
	err = tx.Model(&models.Draft{}).Where("campaign_id = ?", id).Select("coalesce(max(rev), 0)").Scan(&rev).Error
	return rev, err
}

// addDraft puts a further state after the present one; states that were taken back before are gone then. A number is
// never given twice, so that it tells states apart.
func (s *Store) addDraft(tx *gorm.DB, c *models.Campaign, d *models.Draft) error {
	last, err := lastRev(tx, c.ID)
	if err != nil {
		return err
	}
	d.CampaignID, d.Rev = c.ID, max(last, c.PublishedRev)+1
	if d.At == 0 {
		d.At = s.Now()
	}
	if err := dropStates(tx, "campaign_drafts", "campaign_id", c.ID, c.DraftRev); err != nil {
		return err
	}
	if err := tx.Create(d).Error; err != nil {
		return err
	}
	c.DraftRev, c.UpdatedAt = d.Rev, s.Now()
	return tx.Select("draft_rev", "updated_at").Updates(c).Error
}

// UndoDraft goes back from a state to the one before; models.ErrNotFound where there is none, and models.ErrConflict where that
// state is no longer the present one: a second press undoes nothing more. Rev 0 is the present one.
func (s *Store) UndoDraft(ctx context.Context, id models.ID, rev int) error {
	return s.stepDraft(ctx, id, rev, "rev < ?", "rev DESC")
}

// RedoDraft goes forward to the state that was taken back, with the errors of UndoDraft.
func (s *Store) RedoDraft(ctx context.Context, id models.ID, rev int) error {
	return s.stepDraft(ctx, id, rev, "rev > ?", "rev")
}

func (s *Store) stepDraft(ctx context.Context, id models.ID, rev int, where, order string) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		var c models.Campaign
		if err := lockRows(tx).Take(&c, "id = ?", id).Error; err != nil {
			return err
		}
		if rev != 0 && rev != c.DraftRev {
			return models.ErrConflict
		}
		var to models.Draft
		err := tx.Select("rev").Where("campaign_id = ?", id).Where(where, c.DraftRev).Order(order).Take(&to).Error
		if err != nil {
			return err
		}
		c.DraftRev, c.UpdatedAt = to.Rev, s.Now()
		if err := tx.Select("draft_rev", "updated_at").Updates(&c).Error; err != nil {
			return err
		}
		return settle(tx, &c)
	})
}

// DraftSteps are what would be taken back, and what would be done again, without their documents; nil for nothing.
func (s *Store) DraftSteps(ctx context.Context, c *models.Campaign) (undo, redo *models.Draft, err error) {
	var rows []models.Draft
	err = s.q(ctx).Omit("doc").Where("campaign_id = ?", c.ID).Order("rev").Find(&rows).Error
	for i := range rows {
		switch {
		case rows[i].Rev == c.DraftRev && i > 0:
			undo = &rows[i]
		case rows[i].Rev > c.DraftRev && redo == nil:
			redo = &rows[i]
		}
	}
	return undo, redo, translate(err)
}
