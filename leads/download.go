package leads

import (
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"sarnakh/models"
	"sarnakh/store"
)

// A Download is what a download page shows.
type Download struct {
	Published  *models.Published
	Submission *models.Submission
	Until      time.Time
	Expired    bool // then a fresh link can be mailed
}

// fileLife is how long the address of the file itself works: long enough for a slow network to resume.
const fileLife = time.Hour

// Download reads the token of a download page. It is models.ErrNotFound for any other text. Whoever filled in the form
// when there was nothing to download gets what there is now.
func (l *Leads) Download(ctx context.Context, token string) (*Download, error) {
	id, issued, err := l.links.OpenDownload(token)
	if err != nil {
		return nil, models.ErrNotFound
	}
	sub, err := l.store.Submission(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := l.cards.Version(ctx, sub.VersionID)
	if err != nil {
		return nil, err
	}
	if now := l.campaigns().Campaign(p.ID); now != nil && len(p.Version.Doc.Offer.Files) == 0 {
		p = now
	}
	until := issued.Add(downloadLife)
	return &Download{Published: p, Submission: sub, Until: until, Expired: !l.clock().Before(until)}, nil
}

// TakeDownload counts a download and returns the key of the file's address. The event is recorded once per
// submission and format; it brings no points, which came with the form.
func (l *Leads) TakeDownload(ctx context.Context, d *Download, format string) (key string, err error) {
	file, ok := d.Published.Version.Doc.Offer.File(format)
	if !ok || d.Expired {
		return "", models.ErrNotFound
	}
	if d.Submission.LeadID != 0 {
		if err := l.recordDownload(ctx, d, file); err != nil {
			return "", err
		}
	}
	return l.fileKey(file.FileID, l.clock().Add(fileLife)), nil
}

func (l *Leads) recordDownload(ctx context.Context, d *Download, file models.Download) error {
	notify := l.salespeople()
	return l.store.Apply(ctx, store.Change{
		Want: store.Want{LeadID: d.Submission.LeadID},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil || downloaded(f.Events, d.Submission.ID, file.Key) {
				return store.Rows{}, nil
			}
			event := models.Event{
				ID: f.NewID(), LeadID: f.Lead.ID, CampaignID: d.Published.ID, Kind: models.ContentDownloaded, At: f.Now,
				Data: models.EventData{Campaign: d.Published.Slug, Name: file.Key, Submission: d.Submission.ID},
			}
			f.Lead.LastActAt, f.Lead.UpdatedAt = f.Now, f.Now
			h, hot := l.score(f, f.Lead, []models.Event{event}, notify)
			rows := store.Rows{Lead: f.Lead, Events: []models.Event{event}, Handoff: h}
			if h != nil && h.MailedAt == f.Now {
				rows.Messages = l.hotMails(f, f.Lead.ID, h, notify)
			}
			rows.Count = &models.CampaignDay{CampaignID: d.Published.ID, Day: Day(f.Now.Time(), l.cfg.Zone),
				Source: CountedSource(d.Submission.Attribution), Downloads: 1}
			l.leave(f, &rows, leaving{f.Lead, slices.Concat(f.Events, rows.Events), hot})
			if hot {
				rows.Count.Hot = 1
			}
			return rows, nil
		},
	})
}

func downloaded(events []models.Event, sub models.ID, format string) bool {
	for i := range events {
		e := &events[i]
		if e.Kind == models.ContentDownloaded && e.Data.Submission == sub && e.Data.Name == format {
			return true
		}
	}
	return false
}

// fileKey signs a file's address for an hour; the key is opaque to the outside.
func (l *Leads) fileKey(file models.ID, until time.Time) string {
	payload := binary.BigEndian.AppendUint64(nil, uint64(file))
	return l.files.Sign(binary.BigEndian.AppendUint32(payload, uint32(until.Unix())))
}

// FileOf reads the key of a file's address: models.ErrNotFound where it is none or too old.
func (l *Leads) FileOf(key string) (models.ID, error) {
	payload, err := l.files.Verify(key)
	if err != nil || len(payload) != 12 {
		return 0, models.ErrNotFound
	}
	if l.clock().Unix() > int64(binary.BigEndian.Uint32(payload[8:])) {
		return 0, models.ErrNotFound
	}
	return models.ID(binary.BigEndian.Uint64(payload)), nil
}

// MailFreshLink owes the lead a fresh delivery mail for an expired page: one an hour at most, however often
// it is asked for, since its ident carries the hour.
func (l *Leads) MailFreshLink(ctx context.Context, d *Download) error {
	if d.Submission.LeadID == 0 || d.Submission.Email == "" {
		return nil // what was judged spam is told the same and gets nothing
	}
	hour := strconv.FormatInt(l.clock().Unix()/3600, 36)
	ident := models.DeliveryIdent(d.Submission.ID) + ":" + hour
	if known, err := l.store.MessageOwed(ctx, ident); known || err != nil {
		return err
	}
	err := l.store.Apply(ctx, store.Change{
		Want: store.Want{LeadID: d.Submission.LeadID},
		Decide: func(f *store.Facts) (store.Rows, error) {
			if f.Lead == nil {
				return store.Rows{}, nil
			}
			merge := models.Merge{"submission": d.Submission.ID.String(), "issued": strconv.FormatInt(f.Now.Time().Unix(), 10)}
			if name := SafeName(f.Lead.Name); name != "" {
				merge["name"] = name
			}
			if models.Live(f.Consents, models.Newsletter) {
				merge["subscribed"] = "1"
			}
			return store.Rows{Messages: []models.Message{l.message(f, models.Message{
				LeadID: f.Lead.ID, Ident: ident, Class: models.ClassTransactional, Kind: models.MailDelivery, To: d.Submission.Email,
				Locale: d.Published.Locale, VersionID: d.Published.VersionID, Merge: merge,
			}, transactionalLife)}}, nil
		},
	})
	if err == nil {
		l.wake()
	}
	return err
}

// A Gift is what a form promised, as the page after the confirmation leads on to it.
type Gift struct {
	Published *models.Published
	Download  string // token of the download page; empty where nothing is downloaded, or the mail is too old
	Code      string // the shared coupon's; a pool's code is in the mail alone
}

// ConfirmedGift is what whoever confirmed had asked for in that form, nil for nothing. It is only for the answer to the
// button: a page that is merely opened gives nothing away. Its download is as old as the mail that carried the button,
// so that pressing the button of an old mail again brings nothing new.
func (l *Leads) ConfirmedGift(ctx context.Context, token string) (*Gift, error) {
	x, form, err := l.confirmation(ctx, token)
	if err != nil || x.page.Standing != StandingDone || form == 0 {
		return nil, err
	}
	sub, err := l.store.Submission(ctx, form)
	if isNotFound(err) || err == nil && sub.LeadID != x.lead.ID {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	g := &Gift{}
	if g.Published, err = l.cards.Version(ctx, sub.VersionID); err != nil {
		return nil, err
	}
	offer := &g.Published.Version.Doc.Offer
	if len(offer.Files) > 0 && l.clock().Sub(x.ref.At) < downloadLife {
		g.Download = l.links.DownloadToken(sub.ID, x.ref.At)
	}
	if offer.Pool == nil && offer.Coupon != nil {
		g.Code, err = l.codeOf(ctx, g.Published, sub)
	}
	return g, err
}
