package leads

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
)

// A Post is a form as it was sent, with what the connection says of its sender.
type Post struct {
	Published *models.Published
	Values    url.Values
	Token     string // of the view: the form's _token
	Link      string // of a mail, which knows who comes by it: the form's _lead
	Page      string // its address, for the consent record
	IP        netip.Addr
	UserAgent string
	Referer   string // where a form without a token came from
	OwnHost   string
	// Embedded is a form that stands on another site, whose host is the source.
	Embedded bool
	// Booth is a form on a screen that many people use, one after the other.
	Booth bool
}

// A Receipt answers a post: the same one for a repeat.
type Receipt struct {
	Submission models.ID
	Thanks     string // token of the thank-you page
}

// tokenlessRepeat is how long a post without a token that equals an earlier one is the same one (I1).
const tokenlessRepeat = 10 * time.Minute

// ErrPageTooOld says that the page was opened too long ago to be answered, or elsewhere: what was typed
// is kept and a fresh token given.
var ErrPageTooOld = &models.Invalid{Fields: []models.FieldError{{Key: "invalid.expired_form"}}}

// Capture takes a post in. When it returns a receipt, everything that the post means is on disk: the
// submission, the lead with its score, consents, mails owed (S1, I1). Errors: *models.Invalid for what
// can't be taken, *TooMany, models.ErrOverloaded; after each nothing is written.
func (l *Leads) Capture(ctx context.Context, p Post) (Receipt, error) {
	loc := i18n.For(i18n.Locale(p.Published.Locale))
	view, repeatWithin, err := l.viewOf(p)
	if err != nil {
		return Receipt{}, err
	}
	if p.Published, err = l.asShown(ctx, p, &view); err != nil {
		return Receipt{}, err
	}
	lead, err := l.Knows(ctx, p.Published, p.Link)
	if err != nil {
		return Receipt{}, err
	}
	c, err := (&Asking{Form: &p.Published.Version.Doc.Form, Lead: lead, loc: loc}).check(p.Values)
	if err != nil {
		return Receipt{}, err
	}
	in := l.intake(p, c, view, repeatWithin)
	if err := l.admit(in, p.IP); err != nil {
		return Receipt{}, err
	}
	var out Receipt
	err = l.store.Apply(ctx, store.Change{
		Want: in.wants(view.Number),
		Decide: func(f *store.Facts) (store.Rows, error) {
			rows, id := in.decide(f)
			out.Submission = id
			return rows, nil
		},
	})
	if err != nil {
		return Receipt{}, err
	}
	l.wake()
	out.Thanks = l.thanksToken(out.Submission, p.Booth && p.Token != "")
	return out, nil
}

// viewOf opens the post's token. A post without one is named by what it says, so that its repeat is found.
func (l *Leads) viewOf(p Post) (View, time.Duration, error) {
	if p.Token != "" {
		view, ok := l.readView(p.Token, p.Published.ID)
		if !ok {
			return View{}, 0, ErrPageTooOld
		}
		return view, 0, nil
	}
	sum := sha256.New()
	sum.Write([]byte(p.Published.Slug))
	for _, name := range slices.Sorted(maps.Keys(p.Values)) {
		for _, v := range p.Values[name] {
			sum.Write([]byte("\x00" + name + "\x00" + v))
		}
	}
	view := View{Number: sum.Sum(nil)[:16], CampaignID: p.Published.ID, VersionID: p.Published.VersionID, Attribution: attribute(p)}
	if version, err := models.ParseID(p.Values.Get(FieldVersion)); err == nil {
		view.VersionID = version
	}
	return view, tokenlessRepeat, nil
}

// FieldVersion is in a form without a token the version that it was made from: it may stand on another site for years.
const FieldVersion = "_version"

// asShown is a campaign that asks for the consents of the version that its page was opened with, or that a form elsewhere was
// made from: what is recorded is the text that was read, also where another was published before the form was sent (C6).
func (l *Leads) asShown(ctx context.Context, post Post, view *View) (*models.Published, error) {
	p := post.Published
	if view.VersionID == p.VersionID {
		return p, nil
	}
	opened, err := l.cards.Version(ctx, view.VersionID)
	switch known := err == nil && opened.ID == p.ID; {
	case err != nil && !isNotFound(err):
		return nil, err
	case !known && post.Token == "": // made up, or of a database that was lost: as if it said nothing
		view.VersionID = p.VersionID
		return p, nil
	case !known:
		return nil, ErrPageTooOld
	}
	shown := *p
	shown.Version.Doc.Form.Purposes = opened.Version.Doc.Form.Purposes
	return &shown, nil
}

// attribute is where a post without a token came from: the site that it stands on.
func attribute(p Post) models.Attribution {
	if p.Embedded {
		return AttributeEmbed(url.Values{}, p.Referer, p.OwnHost)
	}
	return Attribute(url.Values{}, p.Referer, p.OwnHost)
}

func (l *Leads) intake(p Post, c checked, view View, repeatWithin time.Duration) *intake {
	age := time.Duration(-1) // unknown without a token
	if !view.At.IsZero() {
		age = l.clock().Sub(view.At)
	}
	reasons, spam := judge(&p.Published.Version.Doc.Form, c, p.Values, age, l.cfg.MinSeconds)
	in := &intake{
		leads: l, published: p.Published, checked: c, spam: spam, page: p.Page, repeatWithin: repeatWithin, notify: l.salespeople(),
		submission: models.Submission{
			CampaignID: p.Published.ID, VersionID: view.VersionID, Token: view.Number, Digest: digest(c),
			Verdict: models.Accepted, Reasons: reasons, Email: c.email, Answers: c.answers, Purposes: c.purposes,
			Attribution: view.Attribution, IP: p.IP.Unmap().String(), UserAgent: cut(p.UserAgent, maxAgent),
		},
	}
	if !p.IP.IsValid() {
		in.submission.IP = ""
	}
	if spam {
		in.submission.Verdict = models.Spam
	}
	return in
}

// admit holds a network and an address to what is taken from one.
func (l *Leads) admit(in *intake, ip netip.Addr) error {
	now := l.clock()
	sending := slices.Concat(in.submission.Token, in.submission.Digest)
	if err := l.networks.take(network(ip), sending, now); err != nil {
		return err
	}
	return l.addresses.take(in.identity, sending, now)
}

// digest tells answers apart: equal for what a person would call the same answers.
func digest(c checked) []byte {
	sum := sha256.New()
	var size [8]byte
	write := func(s string) {
		binary.BigEndian.PutUint64(size[:], uint64(len(s)))
		sum.Write(size[:])
		sum.Write([]byte(s))
	}
	for _, name := range slices.Sorted(maps.Keys(c.answers)) {
		write(name)
		write(c.answers[name])
	}
	for _, purpose := range slices.Sorted(maps.Keys(c.purposes)) {
		if c.purposes[purpose] {
			write(purpose)
		}
	}
	return sum.Sum(nil)[:16]
}

// cut shortens a text to n bytes at most, at the edge of a letter.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
