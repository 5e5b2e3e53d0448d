package reports

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sarnakh/models"

	"github.com/xuri/excelize/v2"
)

// Formats of exports.
var Formats = []string{"csv", "jsonl", "xlsx"}

// NewWriter makes the writer of a format. Raw leaves cells as they are, for machines; otherwise none can
// become a formula in a spreadsheet.
func NewWriter(format string, out io.Writer, raw bool) (Writer, error) {
	switch format {
	case "csv":
		return &csvWriter{w: csv.NewWriter(out), raw: raw}, nil
	case "jsonl":
		return &jsonWriter{w: bufio.NewWriter(out)}, nil
	case "xlsx":
		return newXLSX(out)
	}
	return nil, fmt.Errorf("no format %q", format)
}

// text is a value as one cell: lists joined by ";", objects as JSON, never as empty.
func text(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []string:
		return strings.Join(v, ";"), nil
	case models.ID:
		return v.String(), nil
	case models.Instant:
		return v.String(), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case int:
		return strconv.Itoa(v), nil
	case models.EventData, models.Answers:
		raw, err := json.Marshal(v)
		return string(raw), err
	}
	return fmt.Sprint(v), nil
}

// tame puts an apostrophe before what a spreadsheet would take for a formula (OWASP, CSV injection).
// Numbers are left alone, and so are phone numbers, which are numbers with a sign.
func tame(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return cell
	}
	if strings.Trim(cell[1:], "0123456789.") == "" && len(cell) > 1 && (cell[0] == '+' || cell[0] == '-') {
		return cell
	}
	return "'" + cell
}

type csvWriter struct {
	w   *csv.Writer
	raw bool
}

func (c *csvWriter) Header(columns []string) error { return c.w.Write(columns) }

func (c *csvWriter) Row(values []any) error {
	cells := make([]string, len(values))
	for i, v := range values {
		cell, err := text(v)
		if err != nil {
			return err
		}
		if !c.raw {
			cell = tame(cell)
		}
		cells[i] = cell
	}
	return c.w.Write(cells)
}

func (c *csvWriter) Close() error {
	c.w.Flush()
	return c.w.Error()
}

// jsonWriter writes an object a line, its keys in the order of the columns.
type jsonWriter struct {
	w       *bufio.Writer
	columns []string
}

func (j *jsonWriter) Header(columns []string) error {
	j.columns = columns
	return nil
}

func (j *jsonWriter) Row(values []any) error {
	for i, v := range values {
		sep := byte(',')
		if i == 0 {
			sep = '{'
		}
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if at, ok := v.(models.Instant); ok && at == 0 {
			raw = []byte("null")
		}
		j.w.WriteByte(sep)
		fmt.Fprintf(j.w, "%q:", j.columns[i])
		j.w.Write(raw)
	}
	_, err := j.w.WriteString("}\n")
	return err
}

func (j *jsonWriter) Close() error { return j.w.Flush() }

// maxXLSXRows is what a sheet holds with its header.
const maxXLSXRows = 1_048_576

type xlsxWriter struct {
	out  io.Writer
	file *excelize.File
	w    *excelize.StreamWriter
	row  int
}

func newXLSX(out io.Writer) (*xlsxWriter, error) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	return &xlsxWriter{out: out, file: f, w: w}, err
}

func (x *xlsxWriter) Header(columns []string) error {
	values := make([]any, len(columns))
	for i, c := range columns {
		values[i] = c
	}
	return x.Row(values)
}

// Row writes texts as texts: a cell of ours is never a formula, whatever it begins with.
func (x *xlsxWriter) Row(values []any) error {
	x.row++
	if x.row > maxXLSXRows {
		return fmt.Errorf("a sheet holds %d rows; export csv or jsonl instead", maxXLSXRows-1)
	}
	cells := make([]any, len(values))
	for i, v := range values {
		switch v.(type) {
		case int, float64:
			cells[i] = v
		default:
			cell, err := text(v)
			if err != nil {
				return err
			}
			cells[i] = cell
		}
	}
	return x.w.SetRow("A"+strconv.Itoa(x.row), cells)
}

func (x *xlsxWriter) Close() error {
	if err := x.w.Flush(); err != nil {
		return err
	}
	defer x.file.Close()
	_, err := x.file.WriteTo(x.out)
	return err
}
