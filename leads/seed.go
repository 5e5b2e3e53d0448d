package leads

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// seedDomain ends the addresses of made-up leads: a name that can never be anyone's (RFC 2606).
const seedDomain = ".example"

// ErrRealLeads says that a database holds leads who are not made up.
var ErrRealLeads = fmt.Errorf("there are real leads here: %w", models.ErrConflict)

var seedNames = map[string][2][]string{
	"fa": {
		{"نرگس", "کاوه", "شیرین", "بهرام", "آرزو", "سهراب", "مینا", "فرهاد", "لیلا", "امید", "پریسا", "آرش", "نگار", "سینا", "مریم", "علی‌رضا"},
		{"مهرآیین", "رستگار", "الوندی", "کیانی", "سپهری", "دماوندی", "یاوری", "صالحی", "بهشتی", "کاویان", "زرین‌پور", "نیک‌خواه"},
	},
	"en": {
		{"Nora", "Karl", "Sherin", "Adam", "Lena", "Omar", "Ines", "Paul", "Mina", "Tom", "Aisha", "Jonas", "Vera", "Luis"},
		{"Hale", "Brandt", "Alvandi", "Novak", "Silva", "Moreau", "Yavari", "Lindqvist", "Okafor", "Rossi", "Keller", "Marsh"},
	},
}

var seedKinds = []models.EventKind{models.PageViewed, models.PageViewed, models.PageViewed, models.MailClicked, models.ContentDownloaded,
	models.PageViewed, models.SocialLiked, models.CallMissed}

var seedPages = []models.PageKind{models.PageHome, models.PageBlog, models.PageProduct, models.PageProduct, models.PagePrice, models.PageCase}

var seedTouches = []models.Attribution{
	{Channel: models.ChannelSearch, Source: "google.com", Referrer: "google.com"}, {Channel: models.ChannelSearch, Source: "google.com", Referrer: "google.com"},
	{Channel: models.ChannelSocial, Source: "instagram", Medium: "story"}, {Channel: models.ChannelSocial, Source: "t.me", Referrer: "t.me"},
	{Channel: models.ChannelDirect}, {Channel: models.ChannelReferral, Source: "magazine.example", Referrer: "magazine.example"},
}

// Seed fills a database with made-up leads, their submissions, consents, mails and events, as months of
// work would have: for trying and measuring. It refuses where real leads are.
func (l *Leads) Seed(ctx context.Context, campaigns []*models.Published, leads, events int, progress func(done int)) error {
	first, err := l.fallow(ctx)
	if err != nil {
		return err
	}
	return l.sow(ctx, leads, func(n int) store.Change {
		// The events are spread so that their sum is exact.
		s := seedling{leads: l, n: first + n, campaign: campaigns[n%len(campaigns)], events: (n+1)*events/leads - n*events/leads}
		return s.change()
	}, progress)
}

// Seedable is ErrRealLeads where nothing may be made up.
func (l *Leads) Seedable(ctx context.Context) error {
	_, err := l.fallow(ctx)
	return err
}

// fallow counts the made-up leads that are here; where there are real ones it is ErrRealLeads.
func (l *Leads) fallow(ctx context.Context) (leads int, err error) {
	if real, err := l.store.HasLeadsOutside(ctx, seedDomain); err != nil || real {
		return 0, errors.Join(err, reject(real))
	}
	n, err := l.store.CountLeads(ctx)
	return int(n), err
}

func reject(real bool) error {
	if real {
		return ErrRealLeads
	}
	return nil
}

// sow commits changes, many at a time, so that they share their transactions.
func (l *Leads) sow(ctx context.Context, count int, change func(n int) store.Change, progress func(done int)) error {
	const writers = 64
	var next, done atomic.Int64
	var wg sync.WaitGroup
	errs := make(chan error, writers)
	for range writers {
		wg.Go(func() {
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= count {
					return
				}
				if err := l.store.Apply(ctx, change(n)); err != nil {
					errs <- err
					return
				}
				done.Add(1)
			}
		})
	}
	finished := make(chan struct{})
	go func() { wg.Wait(); close(finished) }()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-errs:
			next.Store(int64(count))
			<-finished
			return err
		case <-tick.C:
			progress(int(done.Load()))
		case <-finished:
			progress(int(done.Load()))
			select {
			case err := <-errs:
				return err
			default:
				return ctx.Err()
			}
		}
	}
}

// A seedling is one made-up lead, the same for the same number.
type seedling struct {
	leads    *Leads
	n        int
	campaign *models.Published
	events   int    // its form among them
	email    string // else made of the number
	more     func(*store.Facts, *store.Rows)
}

func (s *seedling) change() store.Change {
	email := s.email
	if email == "" {
		email = fmt.Sprintf("lead%d@firm%d%s", s.n, s.n/3, seedDomain)
	}
	token := sha256.Sum256([]byte(email))
	return store.Change{
		Want: store.Want{Identity: email, Token: token[:16]},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead != nil {
				return store.Rows{}, nil
			}
			rows := s.rows(f, email, token[:16])
			if s.more != nil {
				s.more(f, &rows)
			}
			return rows, nil
		},
	}
}

func (s *seedling) rows(f *store.Facts, email string, token []byte) store.Rows {
	r := rand.New(rand.NewPCG(uint64(s.n), 1))
	came := f.Now.Add(-time.Duration(r.Int64N(int64(180 * 24 * time.Hour))))
	names := seedNames[s.campaign.Locale]
	name := names[0][r.IntN(len(names[0]))] + " " + names[1][r.IntN(len(names[1]))]
	answers := models.Answers{"email": email, "name": name, "company": fmt.Sprintf("Firm %d", s.n/3),
		"phone": fmt.Sprintf("+98912%07d", s.n%10_000_000), "company_size": []string{"1", "2-10", "11-50", "51-200", "201-500"}[r.IntN(5)]}
	sub := models.Submission{
		ID: f.NewID(), CampaignID: s.campaign.ID, VersionID: s.campaign.VersionID, Token: token, Digest: token, Verdict: models.Accepted,
		Email: email, Answers: answers, Purposes: map[string]bool{string(models.Newsletter): r.IntN(3) > 0},
		Attribution: seedTouches[s.n%len(seedTouches)], CreatedAt: came,
	}
	in := &intake{leads: s.leads, published: s.campaign, page: "/p/" + s.campaign.Slug, submission: sub,
		checked: recheck(&s.campaign.Version.Doc.Form, &sub)}
	lead := in.newLead(f, &sub)
	lead.CreatedAt = came
	in.fill(lead, &sub, came)
	sub.LeadID = lead.ID
	rows := store.Rows{Lead: lead, Words: searchWords(lead), Submission: &sub, Consents: in.consents(f, &sub), Events: s.history(f, r, &sub)}
	lead.LastActAt = rows.Events[len(rows.Events)-1].At
	s.leads.score(f, lead, rows.Events, nil)
	lead.Temperature = calm(lead.Temperature)
	rows.Messages = []models.Message{s.sent(f, &sub)}
	rows.Count = in.count(&sub, came, true, false)
	rows.Count.Starts = 1 + r.Int64N(4) // with those who went away again
	rows.Count.Views = rows.Count.Starts + 1 + r.Int64N(9)
	return rows
}

// calm: a made-up lead is never hot, since nobody is to be told of it.
func calm(t models.Temperature) models.Temperature {
	if t == models.Hot {
		return models.Warm
	}
	return t
}

func (s *seedling) history(f *store.Facts, r *rand.Rand, sub *models.Submission) []models.Event {
	offer := &s.campaign.Version.Doc.Offer
	out := []models.Event{{ID: f.NewID(), LeadID: sub.LeadID, CampaignID: s.campaign.ID, Kind: models.FormSubmitted, At: sub.CreatedAt,
		Data: models.EventData{Campaign: s.campaign.Slug, OfferKind: offer.Kind, Funnel: offer.Funnel, Submission: sub.ID}}}
	at, span := sub.CreatedAt, f.Now-sub.CreatedAt
	for i := 1; i < s.events; i++ {
		at += models.Instant(r.Int64N(int64(span)/int64(s.events) + 1))
		e := models.Event{ID: f.NewID(), LeadID: sub.LeadID, CampaignID: s.campaign.ID, Kind: seedKinds[r.IntN(len(seedKinds))], At: at}
		switch e.Kind {
		case models.PageViewed:
			e.Data = models.EventData{PageKind: seedPages[r.IntN(len(seedPages))], Seconds: float64(3 + r.IntN(90))}
		case models.MailClicked:
			e.Verdict = models.Human
		case models.ContentDownloaded:
			e.Data = models.EventData{Campaign: s.campaign.Slug, Name: "pdf", Submission: sub.ID}
		}
		out = append(out, e)
	}
	return out
}

func (s *seedling) sent(f *store.Facts, sub *models.Submission) models.Message {
	m := s.leads.message(f, models.Message{
		LeadID: sub.LeadID, Ident: models.DeliveryIdent(sub.ID), Class: models.ClassTransactional, Kind: models.MailDelivery, To: sub.Email,
		Locale: s.campaign.Locale, VersionID: s.campaign.VersionID, Merge: models.Merge{"submission": sub.ID.String()},
	}, transactionalLife)
	m.State, m.Attempts, m.CreatedAt, m.DueAt = models.MessageSent, 1, sub.CreatedAt, sub.CreatedAt
	m.SentAt, m.Reply = sub.CreatedAt.Add(2*time.Second), "250"
	return m
}
