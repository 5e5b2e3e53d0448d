package program

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A Row is a line of an export.
type Row map[string]any

// Text is a value as text.
func (r Row) Text(column string) string {
	if r[column] == nil {
		return ""
	}
	return fmt.Sprint(r[column])
}

// Export reads a table as `export` writes it.
func (p *Program) Export(table string) ([]Row, error) {
	r := p.Run("export", table, "--format", "jsonl")
	if r.Code != 0 {
		return nil, fmt.Errorf("export %s ended with %d: %s", table, r.Code, r.Err)
	}
	var rows []Row
	for line := range strings.Lines(r.Out) {
		var row Row
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return nil, fmt.Errorf("export %s: %w", table, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
