package store

import (
	"context"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// ModelColumns are the table and the columns that GORM makes of a model.
func (s *Store) ModelColumns(model any) (table string, columns []string, err error) {
	parsed, err := schema.Parse(model, &sync.Map{}, s.write.NamingStrategy)
	if err != nil {
		return "", nil, err
	}
	return parsed.Table, parsed.DBNames, nil
}

// TableColumns are the columns of a table as migrated.
func (s *Store) TableColumns(ctx context.Context, table string) (columns []string, err error) {
	query := "SELECT name FROM pragma_table_info(?)"
	if s.engine == postgresEngine {
		query = "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?"
	}
	err = s.q(ctx).Raw(query, table).Scan(&columns).Error
	return columns, err
}

// Touch tries to change the rows of a table.
func (s *Store) Touch(ctx context.Context, table string) error {
	return s.do(ctx, func(tx *gorm.DB) error { return tx.Exec("UPDATE " + table + " SET created_at = created_at + 1").Error })
}
