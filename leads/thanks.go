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
	// Hand: the visitor waits for a call or an answer.
	Hand bool
}

func (l *Leads) thanksToken(sub models.ID) string {
	return l.thanks.Sign(binary.BigEndian.AppendUint64(nil, uint64(sub)))
}

// Thanks reads the token of a thank-you page. It is models.ErrNotFound for any other text.
func (l *Leads) Thanks(ctx context.Context, token string) (*Thanks, error) {
	payload, err := l.thanks.Verify(token)
	if err != nil || len(payload) != 8 {
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
		t.Download = l.downloadToken(sub.ID, sub.CreatedAt.Time())
	}
	switch {
	case offer.Pool != nil:
		t.CodeMailed, err = l.mailsCode(ctx, p, sub)
		t.NoCode = !t.CodeMailed
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

// codeOf is the shared code on the page: the same for a robot, who would learn it anyway.
func (l *Leads) codeOf(ctx context.Context, p *models.Published, sub *models.Submission) (string, error) {
	if sub.LeadID == 0 {
		return p.Version.Doc.Offer.Coupon.Code, nil
	}
	c, err := l.store.CouponOf(ctx, p.ID, sub.LeadID)
	if err != nil || c == nil {
		return "", err
	}
	return c.Code, nil
}

// downloadLife is how long a download page works before it offers to mail a fresh link.
const downloadLife = 7 * 24 * time.Hour

func (l *Leads) downloadToken(sub models.ID, issued time.Time) string {
	payload := binary.BigEndian.AppendUint64(nil, uint64(sub))
	return l.downloads.Sign(binary.BigEndian.AppendUint32(payload, uint32(issued.Unix()/60)))
}
