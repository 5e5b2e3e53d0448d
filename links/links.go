// Package links is the addresses that mails carry: signed, so that nobody makes one up, and good without a login.
package links

import (
	"encoding/binary"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/seal"
)

// Links makes and reads addresses.
type Links struct {
	base                                                         string
	unsubscribe, preferences, confirm, click, my, download, page *seal.Key
}

// A Ref is what an address was made for.
type Ref struct {
	Message models.ID // the mail that carries it
	Lead    models.ID
	At      time.Time // when it was made, to the second, where it does not last for ever
	Link    int       // of a click: which of the mail's links
}

// New makes Links whose addresses begin with base.
func New(secret []byte, base string) (*Links, error) {
	l := &Links{base: strings.TrimRight(base, "/")}
	for purpose, key := range map[seal.Purpose]**seal.Key{
		"unsubscribe": &l.unsubscribe, "preferences": &l.preferences, "confirm": &l.confirm, "click": &l.click, "my-data": &l.my,
		"download": &l.download, "page": &l.page,
	} {
		k, err := seal.NewKey(secret, purpose)
		if err != nil {
			return nil, err
		}
		*key = k
	}
	return l, nil
}

// Base is the public address, without a slash at its end.
func (l *Links) Base() string { return l.base }

// Unsubscribe works for the life of the mail, by hand and by a mail program's button (RFC 8058).
func (l *Links) Unsubscribe(r Ref) string { return l.base + "/u/" + sign(l.unsubscribe, r) }

// Preferences works for the life of the mail.
func (l *Links) Preferences(r Ref) string { return l.base + "/prefs/" + sign(l.preferences, r) }

// Confirm asks for the confirmation of what was agreed to; its page judges its age.
func (l *Links) Confirm(r Ref) string { return l.base + "/confirm/" + sign(l.confirm, r) }

// Click leads to one of the mail's links.
func (l *Links) Click(r Ref) string { return l.base + "/c/" + sign(l.click, r) }

// MyData leads to what is kept of the lead; its page judges its age.
func (l *Links) MyData(r Ref) string { return l.base + "/my-data?token=" + sign(l.my, r) }

// Page leads to a campaign's page, which asks the lead only what is not known yet; it judges the link's age.
func (l *Links) Page(slug string, r Ref) string {
	return l.base + "/p/" + slug + "?l=" + sign(l.page, r)
}

// Download leads to the files that a submission asked for; its page judges its age.
func (l *Links) Download(submission models.ID, issued time.Time) string {
	return l.base + "/d/" + l.DownloadToken(submission, issued)
}

// DownloadToken is the end of an address made by Download, which knows its age to the minute.
func (l *Links) DownloadToken(submission models.ID, issued time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(submission))
	return l.download.Sign(binary.BigEndian.AppendUint32(b, uint32(issued.Unix()/60)))
}

// OpenUnsubscribe reads the token of an address made by Unsubscribe. An error is seal.ErrToken, here and below.
func (l *Links) OpenUnsubscribe(token string) (Ref, error) { return open(l.unsubscribe, token) }

// OpenPreferences reads the token of an address made by Preferences.
func (l *Links) OpenPreferences(token string) (Ref, error) { return open(l.preferences, token) }

// OpenConfirm reads the token of an address made by Confirm.
func (l *Links) OpenConfirm(token string) (Ref, error) { return open(l.confirm, token) }

// OpenClick reads the token of an address made by Click.
func (l *Links) OpenClick(token string) (Ref, error) { return open(l.click, token) }

// OpenMyData reads the token of an address made by MyData.
func (l *Links) OpenMyData(token string) (Ref, error) { return open(l.my, token) }

// OpenPage reads the token of an address made by Page.
func (l *Links) OpenPage(token string) (Ref, error) { return open(l.page, token) }

// OpenDownload reads the token of an address made by Download.
func (l *Links) OpenDownload(token string) (submission models.ID, issued time.Time, err error) {
	b, err := l.download.Verify(token)
	if err != nil || len(b) != 8+4 {
		return 0, time.Time{}, seal.ErrToken
	}
	return models.ID(binary.BigEndian.Uint64(b)), time.Unix(int64(binary.BigEndian.Uint32(b[8:]))*60, 0), nil
}

const refSize = 8 + 8 + 4 + 2

func sign(k *seal.Key, r Ref) string {
	b := make([]byte, 0, refSize)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Message))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Lead))
	at := uint32(0)
	if !r.At.IsZero() {
		at = uint32(r.At.Unix())
	}
	b = binary.BigEndian.AppendUint32(b, at)
	return k.Sign(binary.BigEndian.AppendUint16(b, uint16(r.Link)))
}

func open(k *seal.Key, token string) (Ref, error) {
	b, err := k.Verify(token)
	if err != nil || len(b) != refSize {
		return Ref{}, seal.ErrToken
	}
	r := Ref{
		Message: models.ID(binary.BigEndian.Uint64(b)), Lead: models.ID(binary.BigEndian.Uint64(b[8:])),
		Link: int(binary.BigEndian.Uint16(b[20:])),
	}
	if at := binary.BigEndian.Uint32(b[16:]); at != 0 {
		r.At = time.Unix(int64(at), 0)
	}
	return r, nil
}
