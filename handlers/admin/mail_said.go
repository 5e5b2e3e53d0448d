package admin

import "sarnakh/i18n"

// ownWords are what the program itself notes on a mail, by the message that says it to people. The built-in
// mailbox's answer says no more than the mail's state does.
var ownWords = map[string]string{
	"withdrawn":                        "admin.mail.said.withdrawn",
	"suppressed":                       "admin.mail.said.suppressed",
	"no longer owed":                   "admin.mail.said.not_owed",
	"no consent":                       "admin.mail.said.no_consent",
	"cap":                              "admin.mail.said.cap",
	"stopped while in flight":          "admin.mail.said.in_flight",
	"250 kept in the built-in mailbox": "",
}

// said is the last word on a mail: a mail server's as it was, ours in the reader's language.
func said(loc *i18n.Loc, reply string) string {
	key, ours := ownWords[reply]
	switch {
	case !ours:
		return reply
	case key == "":
		return ""
	}
	return loc.T(key)
}
