package leads

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"sarnakh/models"
)

// viewLife is how long a page that was opened can still be answered.
const viewLife = 7 * 24 * time.Hour

// maxAttribution keeps a token under its promised KiB whatever a link carries.
const maxAttribution = 640

// A View is one opening of a page. It travels sealed in the form, so that the page itself can be kept in
// memory and opening it writes nothing.
type View struct {
	Number      []byte // random, unique: the submission's token
	CampaignID  models.ID
	VersionID   models.ID
	At          time.Time
	Attribution models.Attribution
}

const viewHead = 24

// AppendView appends the sealed token of a page being shown now.
func (l *Leads) AppendView(dst []byte, p *models.Published, from models.Attribution) []byte {
	plain := make([]byte, viewHead, viewHead+128)
	binary.BigEndian.PutUint64(plain, uint64(p.ID))
	binary.BigEndian.PutUint64(plain[8:], uint64(p.VersionID))
	binary.BigEndian.PutUint64(plain[16:], uint64(l.clock().UnixMilli()))
	if from != (models.Attribution{}) {
		if raw, err := json.Marshal(from); err == nil && len(raw) <= maxAttribution {
			plain = append(plain, raw...)
		}
	}
	return l.views.AppendSeal(dst, plain)
}

// Renew is the token of a page that is shown again, with what was typed, after it was opened under another: the same one,
// unless something else was published meanwhile. Then it is one of what is shown now.
func (l *Leads) Renew(token string, p *models.Published) string {
	v, ok := l.readView(token, p.ID)
	if !ok || v.VersionID == p.VersionID {
		return token
	}
	return string(l.AppendView(nil, p, v.Attribution))
}

// readView opens a token. It is ok where the token is ours, of this campaign, and young enough.
func (l *Leads) readView(token string, campaign models.ID) (v View, ok bool) {
	number, plain, err := l.views.Open(token)
	if err != nil || len(plain) < viewHead {
		return View{}, false
	}
	v = View{
		Number:     number[:16],
		CampaignID: models.ID(binary.BigEndian.Uint64(plain)),
		VersionID:  models.ID(binary.BigEndian.Uint64(plain[8:])),
		At:         time.UnixMilli(int64(binary.BigEndian.Uint64(plain[16:]))),
	}
	if len(plain) > viewHead {
		if json.Unmarshal(plain[viewHead:], &v.Attribution) != nil {
			return View{}, false
		}
	}
	age := l.clock().Sub(v.At)
	return v, v.CampaignID == campaign && age < viewLife && age > -time.Minute
}
