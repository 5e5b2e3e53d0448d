package admin

import (
	"slices"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// Looks of a mail: beside a phone's, as wide as a mail program on a desktop, and in dark colours.
const (
	lookWide = "wide"
	lookDark = "dark"
)

// A stepMatter is one mail of a sequence as it is being written.
type stepMatter struct {
	h        *Handlers
	sequence *models.Sequence
	key      string
}

type stepDesk = desk[models.Step]

func (h *Handlers) stepDesk(c echo.Context) (*stepDesk, error) {
	q, err := h.sequence(c)
	if err != nil {
		return nil, err
	}
	m := &stepMatter{h: h, sequence: q, key: c.Param("key")}
	if !models.IsKey(m.key) {
		return nil, models.ErrNotFound
	}
	loc, doc, at := i18n.For(h.locale(c)), m.step(), m.url()
	d := &stepDesk{
		h: h, kind: "mail", matter: m, doc: doc, at: at, locale: q.Locale,
		blocks: func(s *models.Step) *[]models.Block { return &s.Blocks },
		forms:  mailForms, types: models.MailBlocks[:],
		check:  func(b *models.Block) error { return nurture.CheckBlock(b).OrNil() },
		wholes: []part[models.Step]{m.head(), m.time(c)},
		looks:  []string{widthPhone, lookWide, lookDark}, title: stepName(loc, doc.Subject),
		frame: func(look string) string {
			if look == lookDark {
				return at + "/preview/html?marked=1&colours=" + inDark
			}
			return at + "/preview/html?marked=1"
		},
	}
	d.asked(c)
	return d, nil
}

func (m *stepMatter) url() string { return sequenceURL(m.sequence.ID) + "/steps/" + m.key }

// step is the mail as it was read last; one without a key where somebody has deleted it. Saving a part of it brings it back.
func (m *stepMatter) step() *models.Step {
	if s, _ := m.sequence.Draft.Step(m.key); s != nil {
		return s
	}
	return &models.Step{}
}

func (m *stepMatter) read(c echo.Context) (*models.Step, error) {
	q, err := m.h.sequence(c)
	if err != nil {
		return nil, err
	}
	m.sequence = q
	return m.step(), nil
}

func (m *stepMatter) edit(c echo.Context, what string, change func(*models.Step) error) (*models.Step, error) {
	_, err := m.h.change(c, m.sequence.ID, what+"@"+m.key, func(q *models.Sequence) error {
		m.sequence = q
		_, at := q.Draft.Step(m.key)
		step := *m.step()
		if err := change(&step); err != nil {
			return err
		}
		step.Key = m.key
		if at < 0 {
			q.Draft.Steps = append(q.Draft.Steps, step)
		} else {
			q.Draft.Steps = slices.Clone(q.Draft.Steps)
			q.Draft.Steps[at] = step
		}
		return nil
	})
	return m.step(), err
}

func (m *stepMatter) steps(c echo.Context, loc *i18n.Loc) (undo, redo *admin.DraftStep, err error) {
	return m.h.draftStepsOf(c, loc, m.sequence)
}

func (m *stepMatter) people(c echo.Context, since models.Instant) ([]store.DraftPerson, error) {
	return m.h.Store.SequencePeople(c.Request().Context(), m.sequence.ID, since, web.User(c).ID)
}

func (m *stepMatter) told(c echo.Context, what, name string) {
	if block, undo := strings.CutPrefix(what, undoable); undo {
		what = undoableMail + block
	}
	m.h.setFlash(c, what, m.sequence.ID.String(), name+"\n"+strconv.Itoa(m.sequence.DraftRev))
}

func (m *stepMatter) answer(c echo.Context, status int, p admin.EditorProps) error {
	shell, err := m.h.shell(c, layout.RoomSequences)
	if err != nil {
		return err
	}
	loc, q := shell.Loc, m.sequence
	edit, here := sequenceURL(q.ID)+"/edit", m.url()
	shell.Crumbs = append(m.h.sequenceCrumbs(loc, q), layout.Crumb{Text: loc.T("sequence.edit"), URL: edit})
	shell.Assets.Scripts = deskScripts()
	p.Subject, p.Inbox = stepName(loc, m.step().Subject), m.step().Preview
	props := admin.StepProps{Shell: shell, Editor: p, Number: m.number(), Kinds: inserts(loc), PreviewURL: here + "/preview", TestURL: here + "/test", TestTo: web.User(c).Email, DeleteURL: here + "/delete"}
	if m.step().Key == "" {
		props.Gone, p.Form.DiscardURL = true, edit
		p.FrameURL, p.Subject, p.Widths = "", "", nil
	}
	return web.HTML(c, status, admin.SequenceStepEdit(props))
}

// StepShow is where one mail is written.
func (h *Handlers) StepShow(c echo.Context) error { return h.atStep(c, (*stepDesk).open) }

// StepBlockAdd adds a block to a mail.
func (h *Handlers) StepBlockAdd(c echo.Context) error { return h.atStep(c, (*stepDesk).add) }

// StepBlockAct does what a button of a block says.
func (h *Handlers) StepBlockAct(c echo.Context) error { return h.atStep(c, (*stepDesk).act) }

// StepBlockSave saves what is in a block.
func (h *Handlers) StepBlockSave(c echo.Context) error {
	return h.writing(c, (*stepDesk).saveBlock)
}

// StepHeadSave saves what a mail program shows of a mail before it is opened.
func (h *Handlers) StepHeadSave(c echo.Context) error {
	return h.writing(c, saveWhole[models.Step](partHead))
}

// StepTimeSave saves when a mail is sent, and to whom.
func (h *Handlers) StepTimeSave(c echo.Context) error {
	return h.writing(c, saveWhole[models.Step](partTime))
}

// atStep is at the desk of a mail that is there; writing may bring back one that somebody has deleted.
func (h *Handlers) atStep(c echo.Context, do func(*stepDesk, echo.Context) error) error {
	return h.writing(c, func(d *stepDesk, c echo.Context) error {
		if d.doc.Key == "" {
			return models.ErrNotFound
		}
		return do(d, c)
	})
}

func (h *Handlers) writing(c echo.Context, do func(*stepDesk, echo.Context) error) error {
	d, err := h.stepDesk(c)
	if err != nil {
		return err
	}
	return do(d, c)
}
