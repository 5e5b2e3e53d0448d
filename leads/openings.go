package leads

import (
	"slices"
	"sync"
	"time"

	"sarnakh/models"
)

// maxOpenings bounds the mails whose openings are remembered: what is forgotten only makes a click less suspicious.
const maxOpenings = 8192

// openings remember for a moment which addresses of a mail were opened, so that whoever opens them all is known for a
// machine. They are in memory alone: opening a page writes nothing.
type openings struct {
	mu   sync.Mutex
	seen map[models.ID][]opening
}

type opening struct {
	kind string // of the address: c, u, prefs
	link int
	at   time.Time
}

// note remembers an opening, and says whether no other address of the mail was opened at about the same time.
func (o *openings) note(mail models.ID, kind string, link int, at time.Time) (alone bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen == nil || len(o.seen) >= maxOpenings {
		o.seen = map[models.ID][]opening{}
	}
	recent := o.seen[mail]
	if len(recent) >= 8 {
		recent = recent[1:]
	}
	o.seen[mail] = append(recent, opening{kind, link, at})
	return only(o.seen[mail], kind, link, at)
}

// alone says whether no other address of the mail was opened at about the time when this one was last.
func (o *openings) alone(mail models.ID, kind string, link int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, x := range slices.Backward(o.seen[mail]) {
		if x.kind == kind && x.link == link {
			return only(o.seen[mail], kind, link, x.at)
		}
	}
	return true
}

func only(seen []opening, kind string, link int, at time.Time) bool {
	for _, x := range seen {
		if gap := at.Sub(x.at).Abs(); (x.kind != kind || x.link != link) && gap < together {
			return false
		}
	}
	return true
}
