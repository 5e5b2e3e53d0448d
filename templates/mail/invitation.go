package mail

import (
	"context"
	"time"

	"sarnakh/i18n"
)

// Invitation asks a colleague into the back office, or back in with a fresh link.
type Invitation struct {
	Loc   *i18n.Loc
	Site  string // the server's name: its host
	Name  string // of whom it is to
	By    string // who asks
	Role  string // as stored: "marketer"
	URL   string
	Until time.Time // the link's last moment, in the owner's zone
}

// Render makes the mail. Its error is ErrAddress, or that of ctx.
func (d Invitation) Render(ctx context.Context) (Mail, error) {
	if web(d.URL) == "" {
		return Mail{}, ErrAddress
	}
	w := d.worded()
	m := Mail{Subject: w.subject, Text: w.text()}
	var err error
	m.HTML, err = html(ctx, invitationHTML(w), 6<<10)
	return m, err
}

// invited is an invitation with the sentences that stand in both bodies.
type invited struct {
	Invitation
	subject, hello, intro, may, until, not string
}

func (d Invitation) worded() invited {
	t, site, role := d.Loc.T, isolate(d.Loc, line(d.Site, maxLine)), d.Loc.T("role."+d.Role)
	w := invited{Invitation: d, subject: t("mail.invitation.subject", "site", site), hello: t("mail.delivery.hello")}
	if name := greetable(d.Name); name != "" {
		w.hello = t("mail.delivery.hello_name", "name", isolate(d.Loc, name))
	}
	w.intro = t("mail.invitation.intro", "site", site, "role", role)
	if by := greetable(d.By); by != "" {
		w.intro = t("mail.invitation.intro_by", "by", isolate(d.Loc, by), "site", site, "role", role)
	}
	w.may = t("mail.invitation.may." + d.Role)
	w.until = t("mail.invitation.until", "when", d.Loc.DateTime(d.Until))
	w.not = t("mail.invitation.not_you")
	return w
}

func (w invited) text() string {
	p := newPlain(1 << 10)
	p.block(w.hello)
	p.block(w.intro, w.may)
	p.block()
	p.link(w.Loc.T("mail.invitation.button"), w.URL)
	p.block(w.until)
	p.block("--", w.not)
	return p.String()
}
