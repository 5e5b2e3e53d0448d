package admin

import (
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// What can be told after a change of a sequence, of a lead's consents, or of mail as a whole. Those of the first group
// are also what the audit log calls them.
const (
	flashPaused  = "sequence.pause"
	flashResumed = "sequence.resume"

	flashPublished = "published"
	flashSaved     = "saved"
	flashCopied    = "copied"
	flashDeleted   = "deleted"
	flashTested    = "tested"

	flashAgreed      = "agreed"
	flashWithdrawn   = "withdrawn"
	flashErased      = "erased"
	flashMailResumed = "mail_resumed"
)

// sequenceNotice tells what the last button did: about what, and a word more. What can be taken back has a button.
func sequenceNotice(loc *i18n.Loc, what, subject, name string, mailbox bool) *layout.Notice {
	n := layout.Notice{Tone: ui.OK}
	name, rev, _ := strings.Cut(name, "\n")
	url := sequencesURL + "/" + subject
	switch what {
	case flashPaused:
		n.Text = loc.Parts("sequence.flash.paused")
		n.Act = &layout.NoticeAct{Text: loc.T("sequence.flash.undo"), URL: url + "/resume"}
	case flashResumed:
		n.Text = loc.Parts("sequence.flash.resumed")
		if name != "" {
			n.Act = &layout.NoticeAct{Text: loc.T("sequence.flash.undo"), URL: url + "/pause", Name: "reason", Value: name}
		}
	case flashPublished:
		n.Text = loc.Parts("sequence.flash.published", "version", loc.Digits(name))
	case flashSaved:
		n.Text = loc.Parts("sequence.flash.saved")
		n.Link, n.URL = loc.T("sequence.pending_link"), url+"/publish"
	case flashCopied:
		n.Text = loc.Parts("sequence.flash.copied", "step", stepName(loc, name))
	case flashDeleted:
		n.Text = loc.Parts("sequence.flash.deleted", "step", stepName(loc, name))
		n.Act = &layout.NoticeAct{Text: loc.T("sequence.flash.bring_back"), URL: url + "/undo", Name: "rev", Value: rev}
	case flashTested:
		n.Text = loc.Parts("sequence.flash.tested", "email", name)
		if mailbox {
			n.Link, n.URL = loc.T("admin.notice.mailbox_link"), "/admin/mailbox"
		}
	case flashAgreed, flashWithdrawn:
		n.Text = loc.Parts("consent_edit."+what, "purpose", purposeName(loc, models.Purpose(name)))
	case flashErased:
		n.Text = loc.Parts("erase.done")
	case flashMailResumed:
		n.Text = loc.Parts("admin.notice.resumed")
	default:
		return nil
	}
	return &n
}

// stepName is how a step is called that may have no subject yet.
func stepName(loc *i18n.Loc, subject string) string {
	if subject == "" {
		return loc.T("sequence.no_subject")
	}
	return subject
}

// purposeName is the word for what a consent is for; an owner's own is its own word.
func purposeName(loc *i18n.Loc, p models.Purpose) string {
	if key := "purpose." + string(p); loc.Has(key) {
		return loc.T(key)
	}
	return string(p)
}
