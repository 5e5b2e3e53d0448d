package models

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// ID names a row. To the outside it is an opaque string; inside it is a number that grows with time,
// so that rows are appended to an index and never scattered over it.
type ID int64

// String is the form shown to the outside: base 36.
func (id ID) String() string { return strconv.FormatInt(int64(id), 36) }

// ErrID says that a string is not an ID.
var ErrID = errors.New("not an id")

// ParseID reads what String wrote.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseInt(s, 36, 64)
	if err != nil || n <= 0 {
		return 0, ErrID
	}
	return ID(n), nil
}

var key = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// IsKey tells whether a step of a sequence or a block can be named so. It stands in addresses and in names of fields as it is.
func IsKey(s string) bool { return key.MatchString(s) }

// Time is when the ID was made, to the millisecond.
func (id ID) Time() time.Time { return time.UnixMilli(int64(id)>>22 + idEpoch) }

// MarshalText makes IDs strings in JSON.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote, also of the ID of nothing.
func (id *ID) UnmarshalText(b []byte) error {
	if string(b) == "0" {
		*id = 0
		return nil
	}
	v, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = v
	return nil
}

// An IDSource makes IDs without asking the database: 41 bits of milliseconds since 2024, 10 bits that
// tell processes apart, 12 bits of sequence. Two processes that drew the same 10 bits can at worst make
// a row that the primary key refuses, and a refused group is decided again with new IDs.
type IDSource struct {
	mu   sync.Mutex
	node int64
	last int64
}

var idEpoch = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

// NewIDSource makes a source with a random process number.
func NewIDSource() *IDSource {
	var b [2]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return &IDSource{node: int64(binary.LittleEndian.Uint16(b[:])&0x3ff) << 12}
}

// Next makes an ID that is greater than every one made before it by this source.
func (s *IDSource) Next(now time.Time) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	tick := (now.UnixMilli() - idEpoch) << 12
	if tick <= s.last {
		tick = s.last + 1
	}
	s.last = tick
	return ID(tick>>12<<22 | s.node | tick&0xfff)
}
