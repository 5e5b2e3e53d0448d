package admin

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sarnakh/files"
	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/team"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// What a script is told whose person is no longer signed in: stable, for it to say so in the page's words.
const signedOut = "signed_out"

// AskToSignIn answers whoever is not signed in. A page is asked for again afterwards. A form comes back with what was
// typed in it, to be sent once they are in. A script gets a code.
func (h *Handlers) AskToSignIn(c echo.Context) error {
	r := c.Request()
	switch {
	case scripted(c):
		c.Response().Header().Set("HX-Reswap", "none") // what is on the page stays there
		return c.JSON(http.StatusUnauthorized, map[string]string{"error": signedOut})
	case r.URL.Path == "/admin/logout":
		return web.Redirect(c, "/admin/login?ended=1")
	case r.Method != http.MethodPost:
		return web.Redirect(c, "/admin/login?next="+url.QueryEscape(r.URL.RequestURI()))
	}
	props := admin.SignInProps{Next: writtenOn(c, "/admin")}
	var err error
	if props.Parked, props.Lost, err = h.park(c, props.Next); err != nil {
		return err
	}
	return h.showLogin(c, http.StatusUnauthorized, props)
}

func scripted(c echo.Context) bool {
	return c.Request().Header.Get("HX-Request") != "" || web.WantsJSON(c)
}

const (
	// maxParked is how long a sealed form may be for its page to be sent back: that of the longest text of a page or a mail
	// fits, since it is unpacked and compressed.
	maxParked = 352 << 10
	// maxUnsealed is how much is read of a form to be parked: anybody can send one, and what its route takes may be a file.
	maxUnsealed = 1 << 20
)

// park seals what was sent. Passwords and codes are left out, and nothing is kept of files.
func (h *Handlers) park(c echo.Context, from string) (token string, lost admin.Lost, err error) {
	r := c.Request()
	if strings.HasPrefix(r.URL.Path, "/admin/account/") {
		return "", admin.LostSecret, nil
	}
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxUnsealed)
	fields, file, err := typedIn(c)
	if tooLarge(err) == files.ErrTooLarge {
		return "", admin.LostLarge, nil
	}
	if err != nil {
		return "", "", echo.NewHTTPError(http.StatusBadRequest)
	}
	maps.DeleteFunc(fields, func(name string, _ []string) bool { return strings.Contains(name, "password") })
	token, err = h.Team.Park(team.Parked{Path: r.URL.RequestURI(), Fields: fields, From: from, User: web.LastUser(c)})
	switch {
	case len(token) > maxParked:
		return "", admin.LostLarge, err
	case file:
		return token, admin.LostFiles, err
	}
	return token, admin.LostKept, err
}

// typedIn is what was typed in a form, and whether a file came with it.
func typedIn(c echo.Context) (fields url.Values, file bool, err error) {
	r := c.Request()
	part, err := sentWith(c)
	if err != nil || r.Form != nil {
		return r.Form, part != nil, err
	}
	err = r.ParseForm()
	return r.PostForm, false, err
}

// resume shows what was parked to its writer, who has just signed in, and leads on where there is nothing. Whoever else signs in
// on the same browser learns that there was something, and no more.
func (h *Handlers) resume(c echo.Context, user *models.User, token, next string) error {
	parked, err := h.Team.Unpark(token)
	if token == "" || err != nil {
		return web.Redirect(c, ownPath(next))
	}
	head := h.gateHead(c)
	head.Actions.Locale = ""
	if parked.User != 0 && parked.User != user.ID {
		return web.HTML(c, http.StatusOK, admin.OthersParked(head, "/admin"))
	}
	props := admin.ParkedProps{Head: head, Action: ownPath(parked.Path), LeaveURL: ownPath(parked.From),
		Place: h.placeOf(c.Request().Context(), head.Loc, parked.Path)}
	for _, name := range slices.Sorted(maps.Keys(parked.Fields)) {
		for _, value := range parked.Fields[name] {
			props.Fields = append(props.Fields, admin.Hidden{Name: name, Value: value})
		}
	}
	return web.HTML(c, http.StatusOK, admin.Parked(props))
}
