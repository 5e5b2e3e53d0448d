package admin

import (
	"errors"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sarnakh/handlers/web"
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
	props := admin.SignInProps{Next: writtenOn(r)}
	var err error
	if props.Parked, props.Lost, err = h.park(c, props.Next); err != nil {
		return err
	}
	return h.showLogin(c, http.StatusUnauthorized, props)
}

func scripted(c echo.Context) bool {
	return c.Request().Header.Get("HX-Request") != "" || web.WantsJSON(c)
}

// writtenOn is the page that a form was sent from, within the back office.
func writtenOn(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return "/admin"
	}
	return ownPath(from.RequestURI())
}

// maxParked is how long a sealed form may be for its page to be sent back: that of any form whose route takes textBody
// fits, since it is unpacked and compressed.
const maxParked = 352 << 10

// park seals what was sent, bounded by what its route takes. Passwords and codes are left out, and nothing is kept of files.
func (h *Handlers) park(c echo.Context, from string) (token string, lost admin.Lost, err error) {
	r := c.Request()
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case strings.HasPrefix(r.URL.Path, "/admin/account/"):
		return "", admin.LostSecret, nil
	case kind == "multipart/form-data":
		return "", admin.LostFiles, nil
	}
	if err := r.ParseForm(); err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return "", "", echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		}
		return "", "", echo.NewHTTPError(http.StatusBadRequest)
	}
	maps.DeleteFunc(r.PostForm, func(name string, _ []string) bool { return strings.Contains(name, "password") })
	token, err = h.Team.Park(team.Parked{Path: r.URL.RequestURI(), Fields: r.PostForm, From: from})
	if len(token) > maxParked {
		return "", admin.LostLarge, err
	}
	return token, admin.LostKept, err
}

// resume shows what was parked to somebody who has just signed in, and leads on where there is nothing.
func (h *Handlers) resume(c echo.Context, token, next string) error {
	parked, err := h.Team.Unpark(token)
	if token == "" || err != nil {
		return web.Redirect(c, ownPath(next))
	}
	head := h.gateHead(c)
	head.Actions.Locale = ""
	props := admin.ParkedProps{Head: head, Action: ownPath(parked.Path), LeaveURL: ownPath(parked.From)}
	for _, name := range slices.Sorted(maps.Keys(parked.Fields)) {
		for _, value := range parked.Fields[name] {
			props.Fields = append(props.Fields, admin.Hidden{Name: name, Value: value})
		}
	}
	return web.HTML(c, http.StatusOK, admin.Parked(props))
}
