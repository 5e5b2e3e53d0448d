package admin

import (
	"net/http"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// purposes are those that every server knows, in the order in which people care.
var purposes = []models.Purpose{models.Newsletter, models.ByPhone, models.BySMS, models.Tracking}

// spoken tells whether a yes to it may be written down by somebody else than the person.
func spoken(p models.Purpose) bool { return p == models.ByPhone || p == models.BySMS }

// agreed is what holds now for each purpose, and what may be written down about it.
func (v *leadView) agreed() (out []admin.Agreed) {
	oldest := slices.Clone(v.consents)
	slices.Reverse(oldest)
	all := slices.Clone(purposes)
	for _, c := range oldest {
		if !slices.Contains(all, c.Purpose) {
			all = append(all, c.Purpose)
		}
	}
	for _, p := range all {
		a := admin.Agreed{Purpose: string(p), Live: models.Live(oldest, p)}
		_, a.Waiting = models.Unconfirmed(oldest, p)
		if v.mayEdit() {
			a.CanAgree = spoken(p) && !a.Live
			a.CanWithdraw = a.Live || a.Waiting || p == models.Newsletter && !v.objected(p)
		}
		out = append(out, a)
	}
	return out
}

// objected tells whether the last word on a purpose is that it was taken back.
func (v *leadView) objected(p models.Purpose) bool {
	i := slices.IndexFunc(v.consents, func(c models.Consent) bool { return c.Purpose == p && c.Decision != models.Refused })
	return i >= 0 && v.consents[i].Decision == models.Withdrawn
}

func (v *leadView) mayEdit() bool {
	role := web.User(v.c).Role
	return role == models.Owner || role == models.Marketer
}

// ConsentEdit writes down what a person said about a purpose.
func (h *Handlers) ConsentEdit(c echo.Context) error {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return models.ErrNotFound
	}
	purpose, on := models.Purpose(c.FormValue("purpose")), c.FormValue("said") == "yes"
	if err := h.Leads.EditConsent(c.Request().Context(), id, purpose, on, web.User(c), c.RealIP()); err != nil {
		return err
	}
	what := flashWithdrawn
	if on {
		what = flashAgreed
	}
	h.setFlash(c, what, id.String(), string(purpose))
	return web.Redirect(c, "/admin/leads/"+id.String())
}

// EraseShow says what will be gone, and asks for the address to be typed.
func (h *Handlers) EraseShow(c echo.Context) error { return h.showErase(c, http.StatusOK, "") }

func (h *Handlers) showErase(c echo.Context, status int, typed string) error {
	lead, err := h.leadOf(c)
	if err != nil {
		return err
	}
	shell, err := h.shell(c, layout.RoomLeads)
	if err != nil {
		return err
	}
	at := "/admin/leads/" + lead.ID.String()
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.leads"), URL: "/admin/leads"}, {Text: leadCalled(lead), URL: at}}
	props := admin.EraseProps{Shell: shell, Action: at + "/erase", BackURL: at, Confirm: lead.Identity, Typed: typed}
	if status != http.StatusOK {
		props.Error = shell.Loc.T("erase.mismatch", "what", i18n.LTR(lead.Identity))
	}
	return web.HTML(c, status, admin.Erase(props))
}

func (h *Handlers) leadOf(c echo.Context) (*models.Lead, error) {
	id, err := models.ParseID(c.Param("id"))
	if err != nil {
		return nil, models.ErrNotFound
	}
	return h.Store.Lead(c.Request().Context(), id)
}

func leadCalled(l *models.Lead) string {
	for _, s := range [...]string{l.Name, l.Email, l.Phone} {
		if s != "" {
			return s
		}
	}
	return l.Identity
}

// EraseSubmit forgets a lead whose address was typed.
func (h *Handlers) EraseSubmit(c echo.Context) error {
	lead, err := h.leadOf(c)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(c.FormValue("confirm"))
	if !strings.EqualFold(i18n.FoldDigits(typed), lead.Identity) {
		return h.showErase(c, http.StatusUnprocessableEntity, typed)
	}
	if err := h.Leads.EraseLead(c.Request().Context(), lead.ID, web.User(c).ID, c.RealIP()); err != nil {
		return err
	}
	h.setFlash(c, flashErased, "", "")
	return web.Redirect(c, "/admin/leads")
}
