package leads

import (
	"context"
	"slices"
	"strings"
	"time"

	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/store"
)

// What tells a machine's click from a person's. Scanners of mail open a link the moment the mail arrives, and all of a
// mail's links one after the other; a person reads first, and chooses.
const (
	tooSoon     = 2 * time.Second  // after the mail was taken by the server
	together    = 10 * time.Second // two links of one mail opened within
	visitWithin = 30 * time.Minute // a click's visit is reported
	sameClick   = time.Minute      // a link opened again within is one click
	visitFrom   = 2.0              // visible seconds from which a visit is one
)

// A Click is a tracked link that was opened, as far as a server sees it.
type Click struct {
	Message   *models.Message
	Campaign  models.ID
	Link      int
	UserAgent string
	// Away: it leads to another site, which never tells that a person came. Such a click counts in the figures of its step as long
	// as nothing shows that it was a machine's; it scores nothing.
	Away bool
}

// Click records that a link was opened, where the lead still agrees to that. It scores nothing: only the visit that
// follows shows that it was a person (N3).
func (l *Leads) Click(ctx context.Context, c Click) error {
	m := c.Message
	alone := l.openings.note(m.ID, "c", c.Link, l.clock())
	return l.store.Apply(ctx, store.Change{
		Want: store.Want{LeadID: m.LeadID},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil || !models.Live(f.Consents, models.Tracking) {
				return store.Rows{}, nil
			}
			verdict, verdicts := models.Unsure, map[models.ID]models.Verdict{}
			if !alone || robot(c.UserAgent) || m.SentAt == 0 || f.Now.Sub(m.SentAt) < tooSoon {
				verdict = models.Machine
			}
			counted, count := 0, models.StepCount{SequenceID: m.SequenceID, Step: m.Step, What: models.CountClicked}
			for i := range f.Events {
				e := &f.Events[i]
				if e.Clicked() && e.Data.Sequence == m.SequenceID && e.Data.Step == m.Step {
					counted++
				}
				if e.Kind != models.MailClicked || e.Data.Message != m.ID {
					continue
				}
				age := f.Now.Sub(e.At)
				switch {
				case e.Data.Link == c.Link && (e.Verdict == models.Human || age < sameClick):
					return store.Rows{}, nil
				case e.Data.Link != c.Link && age < together:
					verdict = models.Machine
					if e.Verdict == models.Unsure { // the first of a row of links
						verdicts[e.ID] = models.Machine
						if e.Clicked() {
							counted, count.N = counted-1, -1
						}
					}
				}
			}
			rows := store.Rows{Verdicts: verdicts, Events: []models.Event{{
				ID: f.NewID(), LeadID: m.LeadID, CampaignID: c.Campaign, Kind: models.MailClicked, Verdict: verdict, At: f.Now,
				Data: models.EventData{Message: m.ID, Link: c.Link, Sequence: m.SequenceID, Step: m.Step, Away: c.Away},
			}}}
			if counted > 0 { // the lead is counted once
				count.N = 0
			} else if rows.Events[0].Clicked() {
				count.N++
			}
			if count.N != 0 && m.SequenceID != 0 {
				rows.Steps = append(rows.Steps, count)
			}
			return rows, nil
		},
	})
}

// Visited takes a page's report that it was visible after a click: then the click was a person's, and scores. The token
// is that of the click's address.
func (l *Leads) Visited(ctx context.Context, token string, seconds float64) error {
	ref, err := l.links.OpenClick(token)
	if err != nil || seconds < visitFrom || !l.openings.alone(ref.Message, "c", ref.Link) {
		return nil // nobody is told, so that there is nothing to try
	}
	notify := l.salespeople()
	err = l.store.Apply(ctx, store.Change{
		Want:   store.Want{LeadID: ref.Lead},
		Decide: func(f *store.Facts) (store.Rows, error) { return l.visited(f, ref, notify), nil },
	})
	l.wake()
	return err
}

// Pressed takes a button on the page that a click led to for a visit of it: only a person presses one.
func (l *Leads) Pressed(ctx context.Context, token string) error {
	return l.Visited(ctx, token, visitFrom)
}

func (l *Leads) visited(f *store.Facts, ref links.Ref, notify []salesperson) store.Rows {
	at := slices.IndexFunc(f.Events, func(e models.Event) bool {
		return e.Kind == models.MailClicked && e.Data.Message == ref.Message && e.Data.Link == ref.Link &&
			e.Verdict == models.Unsure && f.Now.Sub(e.At) < visitWithin
	})
	if f.Lead == nil || at < 0 || !models.Live(f.Consents, models.Tracking) {
		return store.Rows{}
	}
	click := f.Events[at]
	click.Verdict = models.Human
	before := slices.ContainsFunc(f.Events, func(e models.Event) bool {
		return e.Kind == models.MailClicked && e.Verdict == models.Human && e.Data.Sequence == click.Data.Sequence && e.Data.Step == click.Data.Step
	})
	f.Events = slices.Delete(slices.Clone(f.Events), at, at+1)
	f.Lead.LastActAt, f.Lead.UpdatedAt = f.Now, f.Now
	h, hot := l.score(f, f.Lead, []models.Event{click}, notify)
	rows := store.Rows{Lead: f.Lead, Verdicts: map[models.ID]models.Verdict{click.ID: models.Human}, Handoff: h}
	if h != nil && h.MailedAt == f.Now {
		rows.Messages = l.hotMails(f, f.Lead.ID, h, notify)
	}
	l.leave(f, &rows, leaving{f.Lead, slices.Concat(f.Events, []models.Event{click}), hot})
	if hot {
		rows.Count = &models.CampaignDay{CampaignID: click.CampaignID, Day: Day(f.Now.Time(), l.cfg.Zone), Source: string(models.ChannelEmail), Hot: 1}
	}
	if !before && click.Data.Sequence != 0 {
		rows.Steps = append(rows.Steps, models.StepCount{SequenceID: click.Data.Sequence, Step: click.Data.Step, What: models.CountClicked, N: 1})
	}
	return rows
}

// robots are words in the names of programs that open links for others.
var robots = []string{"bot", "crawl", "spider", "scan", "preview", "proofpoint", "barracuda", "mimecast", "safelinks", "python", "curl", "wget", "go-http", "headless", "java/", "okhttp"}

func robot(agent string) bool {
	agent = strings.ToLower(agent)
	return agent == "" || slices.ContainsFunc(robots, func(word string) bool { return strings.Contains(agent, word) })
}
