package mail

import (
	"context"
	"strings"
	"time"

	"sarnakh/i18n"
)

// Sender is who writes to a visitor.
type Sender struct {
	Name       string
	Postal     string // address in the real world, of one or several lines; may be empty
	PrivacyURL string
	MyDataURL  string // where a link to one's own data can be asked for
}

// Delivery is the one mail that follows a form: the gift, or word that the request arrived. It is transactional and
// holds no advertising. What the campaign does not give stays nil.
type Delivery struct {
	Loc      *i18n.Loc
	From     Sender
	Name     string // as typed; may be empty
	Title    string // what was asked for, in the marketer's words
	PageURL  string // where they asked: a page of ours, never a Referer, which anyone can write
	Download *Download
	Coupon   *Coupon
	CallBack bool // a raised hand: a person will answer
	NoCode   bool // a code of their own was promised, and none is left
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

// Render makes the mail. Its error is ErrAddress, or that of ctx.
func (d Delivery) Render(ctx context.Context) (Mail, error) {
	if d.Download != nil && web(d.Download.URL) == "" || !ours(d.ConfirmURL, d.From.PrivacyURL, d.From.MyDataURL) {
		return Mail{}, ErrAddress
	}
	w := d.folded().worded()
	m := Mail{Subject: d.Loc.T("mail.delivery.subject."+w.gives, "title", isolate(d.Loc, cut(w.Title, maxLine))), Text: w.text()}
	var err error
	m.HTML, err = html(ctx, deliveryHTML(w, m.Subject), 7<<10)
	return m, err
}

// folded are the same values with every text fit to be shown.
func (d Delivery) folded() Delivery {
	postal := strings.FieldsFunc(d.From.Postal, func(r rune) bool { return r == '\n' || r == '\r' })
	d.Name = greetable(d.Name)
	d.Title = line(d.Title, maxTitle)
	d.From.Name = line(d.From.Name, maxLine)
	d.From.Postal = line(strings.Join(postal, d.Loc.T("list.separator")), 2*maxLine)
	if d.Coupon != nil {
		c := *d.Coupon
		c.Code, c.Terms = line(c.Code, maxLine), line(c.Terms, 3*maxLine)
		d.Coupon = &c
	}
	d.ConfirmText = line(d.ConfirmText, maxConsent)
	return d
}

// worded is a delivery with the sentences that stand in both bodies.
type worded struct {
	Delivery
	kind      string // names the mail in the keys of its foot
	gives     string // names what the mail is for, in the keys of its texts
	hello     string
	formats   string // the files in one line: PDF (2.4 MB), EPUB (840 kB)
	until     string
	codeUntil string
	pageLink  string
	page      string // where they asked: a page, or without one the sender
	only      string // that nothing else comes; empty where something does, or where it is said already
}

func (d Delivery) worded() worded {
	w := worded{Delivery: d, kind: "delivery", gives: d.gives(), hello: d.Loc.T("mail.delivery.hello")}
	if d.Name != "" {
		w.hello = d.Loc.T("mail.delivery.hello_name", "name", isolate(d.Loc, d.Name))
	}
	if d.Download != nil {
		w.formats, w.until = d.formats(), d.Loc.T("mail.delivery.until", "date", d.Loc.Date(d.Download.Until))
	}
	if d.Coupon != nil && !d.Coupon.Until.IsZero() {
		w.codeUntil = d.Loc.T("mail.delivery.code_until", "when", d.lastDay())
	}
	if !d.Subscribed && d.ConfirmURL == "" {
		w.only = d.Loc.T("mail.consent.only")
	}
	return w.asked(d.PageURL)
}

// asked says where they asked.
func (w worded) asked(at string) worded {
	if w.pageLink, w.page = page(at); w.pageLink == "" {
		w.page = w.From.Name
	}
	return w
}

func (d Delivery) gives() string {
	switch {
	case d.Download != nil:
		return "download"
	case d.Coupon != nil:
		return "code"
	case d.ConfirmURL != "" && !d.CallBack:
		return "confirm"
	}
	return "request"
}

func (d Delivery) formats() string {
	all := make([]string, len(d.Download.Files))
	for i, f := range d.Download.Files {
		all[i] = d.Loc.T("mail.delivery.file", "format", isolate(d.Loc, f.Format), "size", d.Loc.Bytes(f.Bytes))
	}
	return strings.Join(all, d.Loc.T("list.separator"))
}

// lastDay of the coupon: an end at midnight is the end of the day before.
func (d Delivery) lastDay() string {
	end := d.Coupon.Until
	if h, m, s := end.Clock(); h+m+s == 0 {
		return d.Loc.Date(end.Add(-time.Nanosecond))
	}
	return d.Loc.DateTime(end)
}

// preview is what a list of mails shows behind the subject.
func (w worded) preview() string {
	switch {
	case w.Download != nil:
		return strings.TrimPrefix(w.formats+" · "+w.until, " · ")
	case w.CallBack:
		return w.Loc.T("mail.delivery.call")
	}
	return w.hello
}

func (w worded) text() string {
	p := newPlain(2 << 10)
	t := w.Loc.T
	p.block(w.hello)
	p.block(t("mail.delivery.intro."+w.gives), w.Title)
	if w.Download != nil {
		p.block()
		p.link(t("mail.delivery.download"), w.Download.URL)
		p.block(w.formats, w.until)
	}
	if w.Coupon != nil {
		p.block(t("public.coupon.label")+":", i18n.LTR(w.Coupon.Code), w.Coupon.Terms, w.codeUntil)
	}
	if w.NoCode {
		p.block(t("mail.consent.no_code"))
	}
	if w.CallBack {
		p.block(t("mail.delivery.call"))
	}
	if w.ConfirmURL != "" {
		p.block(t("mail.delivery.confirm_heading"), t("mail.delivery.confirm_text"))
		if w.ConfirmText != "" {
			p.block(t("mail.consent.said"))
			p.line("    ", w.ConfirmText)
		}
		p.block()
		p.link(t("mail.delivery.confirm"), w.ConfirmURL)
	}
	w.foot(p)
	return p.String()
}

func (w worded) foot(p *plain) {
	if w.only != "" {
		p.block(w.only)
	}
	p.block("--", w.Loc.T("mail."+w.kind+".why", "page", isolate(w.Loc, w.page))+" "+w.Loc.T("mail."+w.kind+".not_you"))
	p.block(w.From.Name, w.From.Postal)
	if w.From.PrivacyURL != "" {
		p.link(w.Loc.T("public.footer.privacy"), w.From.PrivacyURL)
	}
	if w.From.MyDataURL != "" {
		p.link(w.Loc.T("public.footer.my_data"), w.From.MyDataURL)
	}
}
