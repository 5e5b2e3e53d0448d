package admin

import (
	"net/http"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/store"
	"sarnakh/team"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
	"rsc.io/qr"
)

const factorURL = accountURL + "/factor"

// Factored leads whoever has no second factor to where it is turned on, where everybody needs one. Forms pass: what somebody
// was writing when that was set is not lost for it, and they see no other page from then on.
func (h *Handlers) Factored(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		user := web.User(c)
		if !h.NeedFactor || user == nil || user.TOTP != "" || c.Request().Method == http.MethodPost || c.Path() == factorURL {
			return next(c)
		}
		return web.Redirect(c, factorURL+"?welcome=1")
	}
}

// FactorShow is where the second factor is turned on, or looked after.
func (h *Handlers) FactorShow(c echo.Context) error {
	if web.User(c).TOTP != "" {
		return h.showFactor(c, http.StatusOK, nil)
	}
	return h.showFactorNew(c, http.StatusOK, team.NewSecret(), nil)
}

func (h *Handlers) showFactor(c echo.Context, status int, problems []ui.Problem) error {
	user := web.User(c)
	shell, err := h.accountShell(c)
	if err != nil {
		return err
	}
	_, unreadable := h.Team.OpenSecret(user.ID, user.TOTP)
	return web.HTML(c, status, admin.Factor(admin.FactorProps{Shell: shell, CodesURL: accountURL + "/codes", OffURL: factorURL + "/off",
		Left: len(user.Recovery), Forgotten: unreadable != nil, Problems: problems}))
}

func (h *Handlers) accountShell(c echo.Context) (layout.AdminShell, error) {
	shell, err := h.shell(c, layout.RoomAccount)
	if err == nil {
		shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("account.heading"), URL: accountURL}}
	}
	return shell, err
}

func (h *Handlers) showFactorNew(c echo.Context, status int, secret team.Secret, problems []ui.Problem) error {
	shell, err := h.accountShell(c)
	if err != nil {
		return err
	}
	user := web.User(c)
	p := admin.FactorNewProps{Shell: shell, Action: factorURL, Sealed: h.Team.SealSecret(user.ID, secret), Secret: grouped(secret.Text()),
		LaterURL: accountURL, Problems: problems, Welcome: c.QueryParam("welcome") != "" || c.FormValue("welcome") != ""}
	if p.Welcome {
		p.LaterURL, p.Action = "/admin", factorURL+"?welcome=1"
	}
	if p.Needed = h.NeedFactor; p.Needed {
		p.LaterURL = ""
	}
	code, err := qr.Encode(secret.URL("Sarnakh "+h.Site.Host, user.Email), qr.M)
	if err != nil {
		return err
	}
	p.Size, p.Path = web.QRPath(code)
	return web.HTML(c, status, admin.FactorNew(p))
}

// grouped makes a long code easier to type.
func grouped(code string) string {
	var parts []string
	for part := range slices.Chunk([]byte(code), 4) {
		parts = append(parts, string(part))
	}
	return strings.Join(parts, " ")
}

// FactorOn turns the second factor on for somebody who knows the password, once their program shows the right code, and
// shows the codes that replace it.
func (h *Handlers) FactorOn(c echo.Context) error {
	user, loc := web.User(c), i18n.For(h.locale(c))
	if user.TOTP != "" {
		return web.Redirect(c, factorURL)
	}
	secret, err := h.Team.OpenSecret(user.ID, c.FormValue("sealed"))
	if err != nil {
		return h.showFactorNew(c, http.StatusUnprocessableEntity, team.NewSecret(), []ui.Problem{{Target: "f-code", Text: loc.T("account.factor.again")}})
	}
	step, ok := secret.Step(h.Clock(), team.Typed(c.FormValue("code")))
	problem, status, err := h.proved(c)
	if err != nil {
		return err
	}
	var problems []ui.Problem
	if !ok {
		problems, status = append(problems, ui.Problem{Target: "f-code", Text: loc.T("account.factor.wrong")}), max(status, http.StatusUnprocessableEntity)
	}
	if problem != "" {
		problems = append(problems, ui.Problem{Target: "f-present", Text: problem})
	}
	if len(problems) > 0 {
		return h.showFactorNew(c, status, secret, problems)
	}
	codes := team.NewCodes()
	sealed, hashes := h.Team.SealSecret(user.ID, secret), hashCodes(codes)
	changed, err := h.Store.EditUser(c.Request().Context(), user.ID, store.UserEdit{
		Edit: func(u *models.User) error {
			if u.TOTP != "" {
				return models.ErrConflict
			}
			u.TOTP, u.TOTPStep, u.Recovery = sealed, step, hashes
			return nil
		},
		Audit: h.acted(c, "account.factor_on"),
	})
	if err != nil {
		return err
	}
	*user = *changed
	if err := web.Renew(h.Sessions, c); err != nil {
		return err
	}
	done := accountURL
	if c.QueryParam("welcome") != "" {
		done = "/admin"
	}
	return h.showCodes(c, admin.CodesProps{Codes: codes, DoneURL: done})
}

// hashCodes keeps codes as they are compared.
func hashCodes(codes []string) []string {
	plain := make([]string, len(codes))
	for i, code := range codes {
		plain[i] = team.Typed(code)
	}
	return web.HashCodes(plain)
}

func (h *Handlers) showCodes(c echo.Context, p admin.CodesProps) error {
	shell, err := h.accountShell(c)
	if err != nil {
		return err
	}
	shell.Assets.Script = static.URL("copy.js")
	p.Shell = shell
	return web.HTML(c, http.StatusOK, admin.Codes(p))
}

// CodesRenew makes fresh recovery codes; the old ones are worth nothing from then on.
func (h *Handlers) CodesRenew(c echo.Context) error {
	user := web.User(c)
	if user.TOTP == "" {
		return web.Redirect(c, factorURL)
	}
	problem, status, err := h.proved(c)
	if err != nil {
		return err
	}
	if problem != "" {
		return h.showFactor(c, status, []ui.Problem{{Target: "f-codes-present", Text: problem}})
	}
	codes := team.NewCodes()
	hashes := hashCodes(codes)
	_, err = h.Store.EditUser(c.Request().Context(), user.ID, store.UserEdit{
		Edit: func(u *models.User) error { u.Recovery = hashes; return nil }, Audit: h.acted(c, "account.codes"),
	})
	if err != nil {
		return err
	}
	return h.showCodes(c, admin.CodesProps{Codes: codes, Fresh: true, DoneURL: accountURL})
}

// FactorOff turns the second factor off for somebody who has both.
func (h *Handlers) FactorOff(c echo.Context) error {
	user, loc := web.User(c), i18n.For(h.locale(c))
	if user.TOTP == "" {
		return web.Redirect(c, accountURL)
	}
	problem, status, err := h.proved(c)
	if err != nil {
		return err
	}
	if problem != "" {
		return h.showFactor(c, status, []ui.Problem{{Target: "f-present", Text: problem}})
	}
	now, key := h.Clock(), "user "+user.ID.String()
	if wait := h.codes.Try(now, key); wait > 0 {
		web.RetryAfter(c, wait)
		return h.showFactor(c, http.StatusTooManyRequests, []ui.Problem{{Target: "f-code", Text: loc.T("admin.signin.wait", "span", wait)}})
	}
	means, err := h.takeCode(c.Request().Context(), user, c.FormValue("code"))
	if err != nil {
		return err
	}
	if means == "" {
		return h.showFactor(c, http.StatusUnprocessableEntity, []ui.Problem{{Target: "f-code", Text: loc.T("second.failed")}})
	}
	h.codes.Succeeded(key)
	_, err = h.Store.EditUser(c.Request().Context(), user.ID, store.UserEdit{
		Edit:  func(u *models.User) error { u.TOTP, u.TOTPStep, u.Recovery = "", 0, nil; return nil },
		Audit: h.acted(c, "account.factor_off"),
	})
	if err != nil {
		return err
	}
	if err := web.Renew(h.Sessions, c); err != nil {
		return err
	}
	h.setFlash(c, flashFactorOff, "", "")
	return web.Redirect(c, accountURL)
}
