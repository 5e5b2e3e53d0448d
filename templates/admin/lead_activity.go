package admin

import (
	"time"

	"sarnakh/i18n"
)

// Activity is one line of what happened. Kind is that of an event, or BecameHot.
type Activity struct {
	Kind    string
	Text    string // where the kind's own words say too little
	Detail  string
	Machine bool // opened by a program: it counts for nothing
	At      time.Time
}

// BecameHot is the Activity that no event records.
const BecameHot = "became_hot"

// look is an icon and a colour of the activity line.
type look struct{ icon, tone string }

var looks = map[string]look{
	BecameHot:            {"flame", "line__ico--hot"},
	"form_submitted":     {"form", "line__ico--p"},
	"content_downloaded": {"download", "line__ico--p"},
	"page_viewed":        {"eye", ""},
	"mail_clicked":       {"mail", ""},
	"mail_replied":       {"mail", "line__ico--p"},
	"sms_clicked":        {"whatsapp", ""},
	"sms_replied":        {"whatsapp", "line__ico--p"},
	"social_messaged":    {"whatsapp", "line__ico--p"},
	"chat_started":       {"whatsapp", "line__ico--p"},
	"social_followed":    {"users", ""},
	"social_liked":       {"users", ""},
	"social_commented":   {"users", ""},
	"social_shared":      {"users", ""},
	"call_reached":       {"phone", "line__ico--p"},
	"call_missed":        {"phone", ""},
	"call_refused":       {"phone", ""},
	"meeting_held":       {"calendar", "line__ico--p"},
	"meeting_missed":     {"calendar", ""},
	"cart_left":          {"tag", ""},
	"unsubscribed":       {"close", ""},
	"activated":          {"play", "line__ico--p"},
}

func (a Activity) look() look {
	l, ok := looks[a.Kind]
	switch {
	case !ok:
		return look{icon: "clock"}
	case a.Machine:
		l.tone = ""
	}
	return l
}

func (a Activity) text(loc *i18n.Loc) string {
	switch {
	case a.Text != "":
		return a.Text
	case a.Kind == BecameHot:
		return loc.T("admin.lead.activity.became_hot")
	}
	return word(loc, "event", a.Kind)
}
