package reports

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"sarnakh/models"

	"github.com/xuri/excelize/v2"
)

var columns = []string{"id", "name", "kinds", "score", "at", "never", "answers", "phone"}

func row() []any {
	return []any{models.ID(12345), `=HYPERLINK("http://x")`, []string{"mql", "sql"}, -3.5, models.Instant(1_700_000_000_000_000), models.Instant(0),
		models.Answers{"email": "a@example.org"}, "+989123456789"}
}

func written(t *testing.T, format string, raw bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(format, &b, raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []func() error{func() error { return w.Header(columns) }, func() error { return w.Row(row()) }, w.Close} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// A5: in CSV lists are joined by ";" and objects are JSON; no cell becomes a formula, and numbers stay numbers.
func TestCSV(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(written(t, "csv", false))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"9ix", `'=HYPERLINK("http://x")`, "mql;sql", "-3.5", "2023-11-14T22:13:20Z", "", `{"email":"a@example.org"}`, "+989123456789"}
	if strings.Join(rows[1], "|") != strings.Join(want, "|") {
		t.Errorf("%q, want %q", rows[1], want)
	}
	rows, err = csv.NewReader(bytes.NewReader(written(t, "csv", true))).ReadAll()
	if err != nil || rows[1][1] != `=HYPERLINK("http://x")` {
		t.Errorf("raw: %q %v", rows[1][1], err)
	}
}

func TestTame(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "x": "x", "=1": "'=1", "+1+2": "'+1+2", "-1": "-1", "-1.5": "-1.5", "-x": "'-x", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx",
		"+989123456789": "+989123456789", "+": "'+", "-": "'-", "نرگس": "نرگس",
	} {
		if got := tame(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}

func TestJSONLines(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal(written(t, "jsonl", false), &got); err != nil {
		t.Fatal(err)
	}
	if got["id"] != "9ix" || got["score"] != -3.5 || got["never"] != nil || got["answers"].(map[string]any)["email"] != "a@example.org" {
		t.Errorf("%v", got)
	}
}

func TestXLSX(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", false)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1")
	if err != nil || len(rows) != 2 || rows[1][1] != `=HYPERLINK("http://x")` || rows[1][3] != "-3.5" {
		t.Errorf("%q %v", rows, err)
	}
	if formula, err := f.GetCellFormula("Sheet1", "B2"); err != nil || formula != "" {
		t.Errorf("a cell is a formula: %q %v", formula, err)
	}
}
