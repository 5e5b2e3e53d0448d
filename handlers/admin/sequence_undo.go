package admin

import (
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// SequenceUndo takes the last change of a sequence's draft back.
func (h *Handlers) SequenceUndo(c echo.Context) error {
	return h.stepSequence(c, h.Store.UndoSequence, "draft_undone", "draft_nothing_to_undo")
}

// SequenceRedo does a change again that was taken back.
func (h *Handlers) SequenceRedo(c echo.Context) error {
	return h.stepSequence(c, h.Store.RedoSequence, "draft_redone", "draft_nothing_to_redo")
}

// stepSequence goes a step through the states of a sequence's draft, and back to where the button was, if that is still there.
func (h *Handlers) stepSequence(c echo.Context, step stepping, done, nothing string) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	undo, redo, err := h.draftStepsOf(c, i18n.For(h.locale(c)), q)
	if err != nil {
		return err
	}
	if err := h.goStep(c, q.ID, step, undo, redo, done, nothing); err != nil {
		return err
	}
	if q, err = h.sequence(c); err != nil {
		return err
	}
	at := sequenceURL(q.ID)
	back := cameFrom(c, at+"/edit")
	if key := mailAt(at, back); key != "" {
		taken := undo
		if done == "draft_redone" {
			taken = redo
		}
		if taken != nil && taken.At != "" && mailAt(at, taken.At) != key { // it was in another mail, which has to be seen
			key, back = mailAt(at, taken.At), taken.At
		}
		if s, _ := q.Draft.Step(key); s == nil {
			back = at + "/edit"
		}
	}
	return web.Redirect(c, back)
}

// mailAt is the key of the mail that an address of a sequence is of, empty for none.
func mailAt(sequence, address string) string {
	rest, _ := strings.CutPrefix(address, sequence+"/steps/")
	if rest == address {
		return ""
	}
	key, _, _ := strings.Cut(rest, "?")
	return key
}

// changedAt is where a change of a sequence was made: of "block:8f3a@first", that block of that mail. It is empty for what holds
// for all mails.
func changedAt(sequence, what string) string {
	what, key, mail := strings.Cut(what, "@")
	if !mail || !models.IsKey(key) {
		return ""
	}
	at, id := sequence+"/steps/"+key, what[strings.LastIndexByte(what, ':')+1:]
	switch kind, _, _ := strings.Cut(what, ":"); {
	case kind == partHead, kind == partTime:
		return at + "?part=" + kind
	case models.IsKey(id):
		return at + "?block=" + id
	}
	return at
}

// draftStepsOf are what can be taken back of a sequence's draft and done again, in words.
func (h *Handlers) draftStepsOf(c echo.Context, loc *i18n.Loc, q *models.Sequence) (undo, redo *admin.DraftStep, err error) {
	was, next, err := h.Store.SequenceSteps(c.Request().Context(), q)
	if err != nil {
		return nil, nil, err
	}
	url, named := sequenceURL(q.ID), namesOfMails(loc, &q.Draft)
	if was != nil {
		undo = &admin.DraftStep{URL: url + "/undo", Rev: q.DraftRev, What: stepWords(loc, named, was.What), At: changedAt(url, was.What)}
	}
	if next != nil {
		redo = &admin.DraftStep{URL: url + "/redo", Rev: q.DraftRev, What: stepWords(loc, named, next.What), At: changedAt(url, next.What)}
	}
	return undo, redo, nil
}

// namesOfMails find what stands in the mails of a sequence, by its ID and that of its mail: "8f3a@first".
func namesOfMails(loc *i18n.Loc, doc *models.SequenceDoc) names {
	return func(kind, id string) string {
		block, key, _ := strings.Cut(id, "@")
		s, _ := doc.Step(key)
		switch {
		case s == nil:
			return ""
		case kind == partHead, kind == partTime:
			return stepName(loc, s.Subject)
		}
		return nameOfBlock(loc, s.Blocks, block)
	}
}
