package mail

import (
	"context"
	"strings"
	"time"
	"unicode"

	"sarnakh/i18n"
)

// Sender is who writes to a visitor.
type Sender struct {
	Name       string
	Postal     string // address in the real world, of one or several lines; may be empty
	PrivacyURL string
	MyDataURL  string // where a link to one's own data can be asked for
	Colours    Colours
}

// Delivery is the one mail that follows a form: the gift, or word that the request arrived. It is transactional and
// holds no advertising. What the campaign does not give stays nil.
type Delivery struct {
	Loc   *i18n.Loc
	From  Sender
	Name  string // as typed; may be empty
	Title string // what was asked for, in the marketer's words
	// Subject and Letter are the marketer's, the letter above what the mail brings; ours where they are empty.
	Subject  string
	Letter   []Block
	PageURL  string // where they asked: a page of ours, never a Referer, which anyone can write
	Download *Download
	Coupon   *Coupon
	Event    *Event
	Trial    *Trial
	Contest  *Contest
	Thanks   []string // what the page said, in the marketer's words
	CallBack bool     // a raised hand: a person will answer
	NoCode   bool     // a code of their own was promised, and none is left
	// ConfirmURL opens the page that confirms what was ticked (double opt-in); empty where nothing was. ConfirmText is
	// that, word for word.
	ConfirmURL, ConfirmText string
	// Subscribed: they confirmed before and get other mails too.
	Subscribed bool
}

// Download is the page behind the mail's button.
type Download struct {
	URL   string
	Files []File
	Until time.Time // the link's last moment, in the owner's zone
}

// File is one format of the gift.
type File struct {
	Format string // PDF, EPUB
	Bytes  int64
}

// Coupon is a code with what it is good for.
type Coupon struct {
	Code  string
	Terms string
	Until time.Time // its end, in the owner's zone; zero for none
}

// Event is where and when people meet. Its URL is written to those who signed up only.
type Event struct {
	From, Until time.Time // in its zone; Until may be zero
	Place       string
	URL         string
}

// Trial is where a product is tried. Without a URL it is being made, and its address follows.
type Trial struct {
	URL  string
	Days int
	Own  bool // it was made for this reader
}

// Contest is what somebody takes part in.
type Contest struct {
	Until time.Time // its end, in the owner's zone; zero for none
	Rules []Block
}

// Render makes the mail. Its error is ErrAddress, or that of ctx.
func (d Delivery) Render(ctx context.Context) (Mail, error) {
	if d.Download != nil && web(d.Download.URL) == "" || !ours(d.ConfirmURL, d.From.PrivacyURL, d.From.MyDataURL) {
		return Mail{}, ErrAddress
	}
	w := d.folded().worded()
	m := Mail{Subject: w.Subject, Text: w.text()}
	if m.Subject == "" {
		m.Subject = d.Loc.T("mail.delivery.subject."+w.gives, "title", isolate(d.Loc, cut(w.Title, maxLine)))
	}
	var err error
	m.HTML, err = html(ctx, deliveryHTML(w, m.Subject), 7<<10)
	m.HTML = d.From.Colours.paint(m.HTML)
	return m, err
}

// folded are the same values with every text fit to be shown.
func (d Delivery) folded() Delivery {
	d.Name = greetable(d.Name)
	d.Title = line(d.Title, maxTitle)
	d.From.Name = line(d.From.Name, maxLine)
	d.From.Postal = postal(d.Loc, d.From.Postal)
	if d.Coupon != nil {
		c := *d.Coupon
		c.Code, c.Terms = line(c.Code, maxLine), line(c.Terms, 3*maxLine)
		d.Coupon = &c
	}
	d.ConfirmText = line(d.ConfirmText, maxConsent)
	d.Subject = cut(strings.Join(strings.FieldsFunc(d.Subject, blank), " "), 2*maxLine) // isolates stay: Value has put them there
	if d.Event != nil {
		e := *d.Event
		e.Place, e.URL = line(e.Place, 4*maxLine), web(e.URL)
		d.Event = &e
	}
	if d.Trial != nil {
		t := *d.Trial
		t.URL = web(t.URL)
		d.Trial = &t
	}
	thanks := make([]string, 0, len(d.Thanks))
	for _, s := range d.Thanks {
		if s = line(s, maxConsent); s != "" {
			thanks = append(thanks, s)
		}
	}
	d.Thanks = thanks
	return d
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
