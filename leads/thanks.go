package leads

import (
	"context"
	"encoding/binary"
	"time"

	"sarnakh/models"
)

// A Thanks is what a visitor is told after the form.
type Thanks struct {
	Published  *models.Published
	Submission *models.Submission
	// Download is the token of the download page, empty where nothing is downloaded.
	Download string
	// Code is the shared coupon's, empty where none was given. A pool's code is never shown here, where whoever typed
	// another's address would read it.
	Code string
	// CodeMailed: a pool's code is in the mail. NoCode: the pool has none left, which the mail says too.
	CodeMailed, NoCode bool
	// BoothCode is a pool's code for the screen of a booth alone, where whoever reads it is the one who has just typed.
	BoothCode string
	// Hand: the visitor waits for a call or an answer.
	Hand bool
}

// atBooth ends the token of a form that was sent from the screen of a booth.
const atBooth = 'k'

func (l *Leads) thanksToken(sub models.ID, booth bool) string {
	payload := binary.BigEndian.AppendUint64(nil, uint64(sub))
	if booth {
		payload = append(payload, atBooth)
	}
	return l.thanks.Sign(payload)
}

// Thanks reads the token of a thank-you page. It is models.ErrNotFound for any other text.
func (l *Leads) Thanks(ctx context.Context, token string) (*Thanks, error) {
	payload, err := l.thanks.Verify(token)
	booth := len(payload) == 9 && payload[8] == atBooth
	if err != nil || len(payload) != 8 && !booth {
		return nil, models.ErrNotFound
	}
	sub, err := l.store.Submission(ctx, models.ID(binary.BigEndian.Uint64(payload)))
	if err != nil {
		return nil, err
	}
	p, err := l.cards.Version(ctx, sub.VersionID)
	if err != nil {
		return nil, err
	}
	offer := &p.Version.Doc.Offer
	t := &Thanks{Published: p, Submission: sub, Hand: sub.Answers["call_me"] == "1" || offer.Kind.RaisesHand()}
	if len(offer.Files) > 0 {
		t.Download = l.links.DownloadToken(sub.ID, sub.CreatedAt.Time())
	}
	switch {
	case offer.Pool != nil:
		t.CodeMailed, err = l.mailsCode(ctx, p, sub)
		t.NoCode = !t.CodeMailed
		if booth && err == nil {
			t.BoothCode, err = l.screenCode(ctx, p, sub)
		}
	case offer.Coupon != nil:
		t.Code, err = l.codeOf(ctx, p, sub)
	}
	return t, err
}

// mailsCode tells whether a code of the pool comes by mail. It says the same of a new address, of one that had its code
// before, and of a robot, who gets none: nobody learns here who is known.
func (l *Leads) mailsCode(ctx context.Context, p *models.Published, sub *models.Submission) (bool, error) {
	if sub.LeadID != 0 {
		c, err := l.store.CouponOf(ctx, p.ID, sub.LeadID)
		if err != nil || c != nil && c.SubmissionID == sub.ID {
			return err == nil, err
		}
	}
	if !p.Version.Doc.Offer.Pool.Running(l.clock()) {
		return false, nil
	}
	return l.store.FreeCode(ctx, p.ID)
}

// onScreen is how long a code can be read at a booth.
const onScreen = 10 * time.Minute

// screenCode is the code of a pool for the screen of a booth: by the owner's switch, for a while, and only where this very
// form has got it; a code of before is in the mail.
func (l *Leads) screenCode(ctx context.Context, p *models.Published, sub *models.Submission) (string, error) {
	if !p.Version.Doc.Offer.Pool.OnScreen || sub.LeadID == 0 || l.clock().Sub(sub.CreatedAt.Time()) > onScreen {
		return "", nil
	}
	c, err := l.store.CouponOf(ctx, p.ID, sub.LeadID)
	if err != nil || c == nil || c.SubmissionID != sub.ID {
		return "", err
	}
	return c.Code, nil
}

// codeOf is the shared code on the page: the same for a robot, who would learn it anyway.
func (l *Leads) codeOf(ctx context.Context, p *models.Published, sub *models.Submission) (string, error) {
	if sub.LeadID == 0 {
		return p.Version.Doc.Offer.Coupon.Code, nil
	}
	c, err := l.store.CouponOf(ctx, p.ID, sub.LeadID)
	if err != nil || c == nil || c.Pool { // of a time when the campaign had a pool: it is in the mail
		return "", err
	}
	return c.Code, nil
}

// downloadLife is how long a download page works before it offers to mail a fresh link.
const downloadLife = 7 * 24 * time.Hour
