package examples

import (
	"time"

	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
)

func (s set) mails() []Example {
	list := admin.MailboxProps{Shell: s.warned(layout.RoomMailbox), Rows: s.mailRows(), Next: "/admin/mailbox?before=1"}
	html := s.mail()
	text := html
	text.View, text.Text = admin.ViewText, s.say("سلام نرگس،\n\nکتاب «۲۷ پیام پیگیری» آماده است:\nhttps://avand.example/d/abc\n\nتیم آوند\n",
		"Hello Nora,\n\nyour book “27 follow-ups” is ready:\nhttps://avand.example/d/abc\n\nThe Avand team\n")
	raw := html
	raw.View, raw.Text = admin.ViewRaw, "Date: Sat, 21 Nov 2026 10:30:00 +0330\nFrom: Avand <hello@avand.example>\nTo: <nora@example.com>\n"+
		"Message-ID: <1x2y@avand.example>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=D8=B3=D9=84=D8=A7=D9=85\n"+long+long+"\n"
	gone := html
	gone.Gone, gone.State, gone.Attempts, gone.Reply, gone.Subject = true, "failed", 5, "550 5.1.1 user unknown "+long, hostile
	return []Example{
		{"mailbox", admin.Mailbox(list)},
		{"mailbox-empty", admin.Mailbox(admin.MailboxProps{Shell: s.shell(layout.RoomMailbox)})},
		{"mail", admin.Mail(html)},
		{"mail-text", admin.Mail(text)},
		{"mail-raw", admin.Mail(raw)},
		{"mail-gone", admin.Mail(gone)},
	}
}

func (s set) mailRows() []admin.MailRow {
	row := func(to, fa, en, class, state string, ago time.Duration) admin.MailRow {
		return admin.MailRow{URL: "/admin/mailbox/1", To: to, Subject: s.say(fa, en), Class: class, State: state, At: s.ago(ago)}
	}
	return []admin.MailRow{
		row("sepehr@example.com", "سرنخ داغ: نرگس مهرآیین، نرم‌افزار برکه", "Hot lead: Nora Hale, Berkeh Software", "sales", "sent", 12*time.Minute),
		row("nora@example.com", "کتاب «۲۷ پیام پیگیری» برای شما", "Your book, “27 follow-ups”", "transactional", "sent", 2*day),
		row("arash.kiani@example.org", "پیام سوم: کی دست برداریم؟", "The third message: when to stop", "marketing", "queued", 0),
		row("leila@example.com", "", "", "marketing", "suppressed", 9*day),
		row(long+"@example.com", hostile, hostile, "bulk", "unknown", 30*day),
	}
}

func (s set) mail() admin.MailProps {
	return admin.MailProps{
		Shell:   s.shell(layout.RoomMailbox, layout.Crumb{Text: s.loc.T("admin.nav.mailbox"), URL: "/admin/mailbox"}),
		Subject: s.say("کتاب «۲۷ پیام پیگیری» برای شما", "Your book, “27 follow-ups”"),
		From:    "Avand <hello@avand.example>", To: "nora@example.com", LeadURL: "/admin/leads/1x2y",
		Class: "transactional", State: "sent", At: s.ago(2 * day), Attempts: 1, View: admin.ViewHTML,
		URLs:     map[admin.MailView]string{admin.ViewHTML: "/admin/mailbox/1", admin.ViewText: "/admin/mailbox/1?view=text", admin.ViewRaw: "/admin/mailbox/1?view=raw"},
		FrameURL: "/admin/mailbox/1/html",
		Headers: []admin.Fact{
			{Label: "Message-ID", Text: "<1x2y@avand.example>", As: admin.LeftToRight},
			{Label: "Reply-To", Text: "sales@avand.example", As: admin.LeftToRight},
			{Label: "List-Unsubscribe", Text: "<https://avand.example/u/abc>", As: admin.LeftToRight},
		},
	}
}

func (s set) kept() []Example {
	item := admin.Kept{
		ID: "1x2y", Campaign: s.say("۲۷ پیام پیگیری", "27 follow-ups"), CampaignURL: "/p/follow-ups", At: s.ago(50 * time.Minute),
		Network: "203.0.113.0/24", Browser: "Mozilla/5.0 (X11; Linux x86_64) Chrome/130", Reasons: []string{"trap", "hurried"},
		Answers: []admin.Fact{
			{Label: s.loc.T("field.name"), Text: s.say("نرگس مهرآیین", "Nora Hale")},
			{Label: s.loc.T("field.email"), Text: "nora@example.com", As: admin.LeftToRight},
			{Label: s.loc.T("field.phone"), Text: "0912 000 4567", As: admin.Number},
		},
		ReleaseURL: "/admin/quarantine/1x2y/release", KeepURL: "/admin/quarantine/1x2y/keep",
	}
	bad := item
	bad.ID, bad.Campaign, bad.Browser, bad.Reasons, bad.KeepURL = "2", long, hostile, []string{"link", "many_links", "disposable", "not_yet_known"}, ""
	bad.Answers = []admin.Fact{{Label: s.loc.T("field.name"), Text: hostile}, {Label: hostile, Text: long}}
	full := admin.QuarantineProps{Shell: s.shell(layout.RoomQuarantine), Items: []admin.Kept{item, bad}, Next: "/admin/quarantine?before=2"}
	empty := admin.QuarantineProps{Shell: s.shell(layout.RoomQuarantine)}
	empty.Shell.Nav[2].Count = 0
	empty.Shell.Flash = s.released()
	return []Example{{"quarantine", admin.Quarantine(full)}, {"quarantine-empty", admin.Quarantine(empty)}}
}
