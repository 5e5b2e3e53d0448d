package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"sarnakh/models"

	"gorm.io/gorm"
)

// couponStock is the one table that is no noun of its own.
type couponStock struct {
	CampaignID models.ID `gorm:"column:campaign_id;primaryKey;autoIncrement:false"`
	Issued     int       `gorm:"column:issued"`
}

// TableName keeps the table's name apart from the type's.
func (couponStock) TableName() string { return "coupon_stock" }

// portable are the tables that go from one database to another, those that others refer to first. The words of leads
// do not: each engine has its own kind of index, which is made anew. What the migrations have done is known by
// the schema itself.
var portable = []reflect.Type{
	reflect.TypeFor[models.Setting](), reflect.TypeFor[models.User](), reflect.TypeFor[models.Session](), reflect.TypeFor[models.SetupLink](),
	reflect.TypeFor[models.AuditEntry](), reflect.TypeFor[models.File](), reflect.TypeFor[models.Card](), reflect.TypeFor[models.Campaign](),
	reflect.TypeFor[models.CampaignVersion](), reflect.TypeFor[models.CampaignDay](), reflect.TypeFor[models.ConsentText](),
	reflect.TypeFor[models.Lead](), reflect.TypeFor[models.Submission](), reflect.TypeFor[models.Consent](), reflect.TypeFor[models.Event](),
	reflect.TypeFor[models.Handoff](), reflect.TypeFor[models.Coupon](), reflect.TypeFor[couponStock](), reflect.TypeFor[models.Message](),
	reflect.TypeFor[models.MailBytes](), reflect.TypeFor[models.Suppression](), reflect.TypeFor[models.Job](), reflect.TypeFor[models.Sequence](),
	reflect.TypeFor[models.SequenceVersion](), reflect.TypeFor[models.Enrolment](), reflect.TypeFor[models.StepCount](),
	reflect.TypeFor[models.CouponCode](), reflect.TypeFor[models.Erasure](), reflect.TypeFor[models.Draft](),
	reflect.TypeFor[models.CampaignAddress](), reflect.TypeFor[models.Upload](), reflect.TypeFor[models.SequenceRevision](),
}

// WordsOf makes the words by which a lead is found.
type WordsOf func(*models.Lead) []string

// portableBatch is how many rows are carried at a time: a statement of PostgreSQL, and little memory.
const portableBatch = 1000

// A carrier brings every row of one database into another, whichever engines they are.
type carrier struct {
	from, to *gorm.DB // a snapshot, and a transaction
	target   *Store
	words    WordsOf
	progress func(rows int)
	done     int
}

// carry copies all tables into empty ones, and makes the words of the leads.
func (c *carrier) carry() error {
	for _, row := range portable {
		if err := c.table(row); err != nil {
			return fmt.Errorf("copy %s: %w", reflect.New(row).Interface().(interface{ TableName() string }).TableName(), err)
		}
	}
	return c.find()
}

func (c *carrier) table(row reflect.Type) error {
	t, err := tableOf(c.to, row)
	if err != nil {
		return err
	}
	insert, err := t.insertAll(c.to)
	if err != nil {
		return err
	}
	rows, err := c.from.Raw(t.selectAll()).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for {
		columns, n, err := t.scan(rows, portableBatch)
		if err != nil || n == 0 {
			return err
		}
		if err := t.put(c.to, insert, columns, n); err != nil {
			return err
		}
		c.done += n
		c.progress(c.done)
	}
}

// find makes the words of all leads in the target.
func (c *carrier) find() error {
	for after := models.ID(0); ; {
		var leads []*models.Lead
		if err := c.to.Where("id > ?", after).Order("id").Limit(portableBatch).Find(&leads).Error; err != nil || len(leads) == 0 {
			return err
		}
		words := make(map[models.ID][]string, len(leads))
		for _, l := range leads {
			words[l.ID] = c.words(l)
		}
		if err := c.target.saveWords(c.to, words); err != nil {
			return err
		}
		after = leads[len(leads)-1].ID
	}
}

// Copy brings everything into another database, which is migrated and holds no lead, in one transaction: as of one
// moment, whatever is written meanwhile. It says how many rows it carried.
func (s *Store) Copy(ctx context.Context, to *Store, words WordsOf, progress func(rows int)) (rows int, err error) {
	err = s.snapshot(ctx, func(from *gorm.DB) error {
		return to.atOnce(ctx, func(tx *gorm.DB) error {
			if err := to.empty(tx); err != nil {
				return err
			}
			c := carrier{from: from, to: tx, target: to, words: words, progress: progress}
			err := c.carry()
			rows = c.done
			return err
		})
	})
	if err == nil && to.engine == postgresEngine {
		_, err = to.sql.ExecContext(ctx, "ANALYZE") // else it plans for the empty tables that it knows
	}
	return rows, translate(err)
}

// atOnce runs one long transaction on a database that nobody else uses yet.
func (s *Store) atOnce(ctx context.Context, write func(tx *gorm.DB) error) error {
	return s.write.WithContext(ctx).Transaction(write)
}

// empty makes room for another database's rows. The caller has asked whether what is there may go.
func (s *Store) empty(tx *gorm.DB) error {
	names := make([]string, 0, len(portable)+1)
	for _, row := range portable {
		t, err := tableOf(tx, row)
		if err != nil {
			return err
		}
		names = append(names, t.name)
	}
	names = append(names, "lead_words")
	if s.engine == postgresEngine {
		return tx.Exec("TRUNCATE " + strings.Join(names, ", ")).Error
	}
	for i := len(names) - 1; i >= 0; i-- { // those that refer to others first
		if err := tx.Exec("DELETE FROM " + names[i]).Error; err != nil {
			return err
		}
	}
	return nil
}

// Used tells whether anything stands in a database that a copy would overwrite.
func (s *Store) Used(ctx context.Context) (bool, error) {
	for _, row := range []any{models.Lead{}, models.Campaign{}, models.User{}, models.Submission{}} {
		var n int64
		if err := s.q(ctx).Model(row).Limit(1).Count(&n).Error; err != nil || n > 0 {
			return n > 0, translate(err)
		}
	}
	return false, nil
}
