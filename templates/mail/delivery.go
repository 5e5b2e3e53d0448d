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

// worded is a delivery with the sentences that stand in both bodies.
type worded struct {
	Delivery
	kind      string // names the mail in the keys of its foot
	gives     string // names what the mail is for, in the keys of its texts
	hello     string
	formats   string // the files in one line: PDF (2.4 MB), EPUB (840 kB)
	until     string
	codeUntil string
	entries   string   // until when they count
	when      []string // the event is
	days      string   // the trial lasts
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
		w.codeUntil = d.Loc.T("mail.delivery.code_until", "when", d.Loc.LastDay(d.Coupon.Until))
	}
	if d.Contest != nil && !d.Contest.Until.IsZero() {
		w.entries = d.Loc.T("public.offer.contest_until", "when", d.Loc.LastDay(d.Contest.Until))
	}
	if d.Event != nil {
		w.when = d.Loc.Occasion(d.Event.From, d.Event.Until)
	}
	if d.Trial != nil && d.Trial.Days > 0 {
		w.days = d.Loc.T("public.offer.trial_days", "n", d.Trial.Days)
	}
	if !d.Subscribed && d.ConfirmURL == "" && (d.Trial == nil || d.Trial.URL != "" && !d.Trial.Own) {
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
	case d.Event != nil:
		return "event"
	case d.Trial != nil:
		return d.Trial.gives()
	case d.Contest != nil:
		return "contest"
	case len(d.Thanks) > 0:
		return "thanks"
	case d.ConfirmURL != "" && !d.CallBack:
		return "confirm"
	}
	return "request"
}

func (t *Trial) gives() string {
	switch {
	case t.URL == "":
		return "trial_soon"
	case t.Own:
		return "trial_ready"
	}
	return "trial"
}

func (d Delivery) formats() string {
	all := make([]string, len(d.Download.Files))
	for i, f := range d.Download.Files {
		all[i] = d.Loc.T("mail.delivery.file", "format", isolate(d.Loc, f.Format), "size", d.Loc.Bytes(f.Bytes))
	}
	return strings.Join(all, d.Loc.T("list.separator"))
}

// preview is what a list of mails shows behind the subject.
func (w worded) preview() string {
	switch {
	case w.Download != nil:
		return strings.TrimPrefix(w.formats+" · "+w.until, " · ")
	case w.CallBack:
		return w.Loc.T("mail.delivery.call")
	case w.Event != nil:
		return strings.Join(w.when, w.Loc.T("list.separator"))
	case len(w.Letter) > 0:
		return cut(firstWords(w.Letter), maxTitle)
	}
	return w.hello
}

func (w worded) text() string {
	p := newPlain(2 << 10)
	t := w.Loc.T
	p.block(w.hello)
	if len(w.Letter) > 0 {
		p.block()
		prose{w.Loc}.blocks(p, "", w.Letter)
		p.block(w.Title)
	} else {
		p.block(t("mail.delivery.intro."+w.gives), w.Title)
	}
	for _, s := range w.Thanks {
		p.block(s)
	}
	if w.Download != nil {
		p.block()
		p.link(t("mail.delivery.download"), w.Download.URL)
		p.block(w.formats, w.until)
	}
	if w.Coupon != nil {
		p.block(t("public.coupon.label")+":", i18n.LTR(w.Coupon.Code), w.Coupon.Terms, w.codeUntil)
	}
	if w.Event != nil {
		w.eventText(p)
	}
	if w.Trial != nil && w.Trial.URL != "" {
		p.block()
		p.link(t("public.offer.begin_trial"), w.Trial.URL)
		p.line("", w.days)
	} else if w.Trial != nil {
		p.block(t("public.offer.trial_soon"))
	}
	if w.Contest != nil {
		p.block(w.partakes(), w.entries)
		if len(w.Contest.Rules) > 0 {
			p.block(t("public.offer.rules") + ":")
			prose{w.Loc}.blocks(p, "    ", w.Contest.Rules)
		}
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

// partakes is said where the letter stands in the place of our own words.
func (w worded) partakes() string {
	if len(w.Letter) == 0 {
		return ""
	}
	return w.Loc.T("public.offer.contest")
}

func (w worded) eventText(p *plain) {
	t := w.Loc.T
	p.block(append([]string{t("public.offer.when") + ":"}, w.when...)...)
	if w.Event.Place != "" {
		p.block(t("public.offer.where")+":", w.Event.Place)
	}
	if w.Event.URL != "" {
		p.block()
		p.link(t("public.offer.join"), w.Event.URL)
	}
	p.block(t("public.offer.calendar_file"))
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
