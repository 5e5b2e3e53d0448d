package admin

import (
	"strconv"
	"strings"

	"sarnakh/i18n"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

const sessionFlash = "flash"

// A flash is said once, on the next page: what the last button did, and about whom.
func (h *Handlers) setFlash(c echo.Context, what, subject, name string) {
	h.Sessions.Put(c.Request().Context(), sessionFlash, what+"\n"+subject+"\n"+name)
}

func (h *Handlers) flash(c echo.Context, loc *i18n.Loc) *layout.Notice {
	parts := strings.SplitN(h.Sessions.PopString(c.Request().Context(), sessionFlash), "\n", 3)
	if len(parts) != 3 {
		return nil
	}
	var n layout.Notice
	switch parts[0] {
	case flashReleased:
		n = admin.ReleasedNotice(loc, parts[2], "/admin/leads/"+parts[1])
	case flashKept:
		n = admin.KeptNotice(loc)
	default:
		if n := sequenceNotice(loc, parts[0], parts[1], parts[2], h.Mailbox); n != nil {
			return n
		}
		if n := campaignNotice(loc, parts[0], parts[1], parts[2]); n != nil {
			return n
		}
		return plainNotice(loc, parts[0], parts[1], parts[2])
	}
	return &n
}

// What begins what is told of a change of a campaign's draft, or of a sequence's, that can be taken back at once.
const (
	undoable     = "undo:"
	undoableMail = "undo_mail:"
)

// plainNotice is a sentence of its own, "flash.<what>" with the name of what it is about, and what more there is to say of
// it on another line. After a change of a draft that can be taken back, the subject is its campaign or sequence, and a button
// takes it back: from the state that the other line says.
func plainNotice(loc *i18n.Loc, what, subject, name string) *layout.Notice {
	at := campaignsURL
	what, undo := strings.CutPrefix(what, undoable)
	if !undo {
		if what, undo = strings.CutPrefix(what, undoableMail); undo {
			at = sequencesURL
		}
	}
	if !loc.Has("flash." + what) {
		return nil
	}
	name, more, _ := strings.Cut(name, "\n")
	if _, err := strconv.Atoi(name); err == nil {
		name = loc.Digits(name)
	}
	n := layout.Notice{Tone: ui.OK, Text: loc.Parts("flash."+what, "name", name, "more", more)}
	if strings.HasSuffix(what, "_full") {
		n.Tone = ui.Warn
	}
	if undo {
		n.Act = &layout.NoticeAct{Text: loc.T("flash.undo"), URL: at + "/" + subject + "/undo", Name: "rev", Value: more}
	}
	return &n
}

const (
	flashReleased = "released"
	flashKept     = "kept"
)
