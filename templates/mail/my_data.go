package mail

import (
	"context"
	"time"

	"sarnakh/i18n"
)

// MyData brings the link to what is kept of somebody, to their own address alone.
type MyData struct {
	Loc     *i18n.Loc
	From    Sender
	PageURL string // where it was asked for
	URL     string
	Until   time.Time // the link's last moment, in the owner's zone
}

// Render makes the mail. Its error is ErrAddress, or that of ctx.
func (d MyData) Render(ctx context.Context) (Mail, error) {
	if web(d.URL) == "" || !ours(d.From.PrivacyURL, d.From.MyDataURL) {
		return Mail{}, ErrAddress
	}
	w := worded{Delivery: Delivery{Loc: d.Loc, From: d.From}.folded(), kind: "my_data", until: d.Loc.T("mail.my_data.until", "when", d.Loc.DateTime(d.Until))}.asked(d.PageURL)
	m := Mail{Subject: d.Loc.T("mail.my_data.subject"), Text: d.text(w)}
	var err error
	m.HTML, err = html(ctx, myDataHTML(w, d.URL, m.Subject), 6<<10)
	m.HTML = d.From.Colours.paint(m.HTML)
	return m, err
}

func (d MyData) text(w worded) string {
	p := newPlain(1 << 10)
	t := d.Loc.T
	p.block(t("mail.my_data.heading"))
	p.block(t("mail.my_data.text"))
	p.block()
	p.link(t("mail.my_data.button"), d.URL)
	p.block(w.until)
	w.foot(p)
	return p.String()
}
