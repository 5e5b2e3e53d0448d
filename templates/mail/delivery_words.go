package mail

import "strings"

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
