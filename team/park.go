package team

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"net/url"

	"sarnakh/models"
	"sarnakh/seal"
)

// A Parked form is what somebody was sending when their session had ended. Their browser keeps it, sealed, until they have
// signed in again.
type Parked struct {
	Path   string     `json:"p"` // where it was going, with its query
	Fields url.Values `json:"f"`
	From   string     `json:"b"` // the page it was written on, empty where that is not known
	User   models.ID  `json:"u"` // who wrote it; 0 where that is not known
}

// maxParked is more than any form of ours holds.
const maxParked = 4 << 20

// Park seals a form.
func (t *Team) Park(p Parked) (string, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestSpeed) // the level is a good one
	_, _ = w.Write(raw)                          // a buffer takes all
	_ = w.Close()
	return string(t.parked.AppendSeal(nil, b.Bytes())), nil
}

// Unpark reads what Park wrote; seal.ErrToken where it did not.
func (t *Team) Unpark(token string) (p Parked, err error) {
	_, packed, err := t.parked.Open(token)
	if err != nil {
		return p, err
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxParked))
	if err != nil || json.Unmarshal(raw, &p) != nil {
		return p, seal.ErrToken
	}
	return p, nil
}
