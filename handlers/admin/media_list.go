package admin

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

const (
	mediaURL      = "/admin/media"
	mediaPerPage  = 24
	mediaFile     = "file"
	mediaAlt      = "alt"
	flashPictured = "pictured"
)

// chooserURL is the collection, to choose a picture for a field of the form at an address.
func chooserURL(back, field string) string {
	return mediaURL + "?" + url.Values{"for": {back}, "field": {field}}.Encode()
}

// chosenPicture is what the collection came back with: for which field, and the picture; nil where nothing was chosen.
func (h *Handlers) chosenPicture(c echo.Context) (field string, image *models.Image, err error) {
	id, err := models.ParseID(c.QueryParam("picture"))
	if err != nil {
		return "", nil, nil
	}
	u, err := h.Store.Upload(c.Request().Context(), id)
	if err != nil {
		return "", nil, err
	}
	return c.QueryParam("field"), chosenImage(u), nil
}

// A chooser is the form that asked for a picture; it asks nothing where the collection is only looked at.
type chooser struct{ back, field string }

func chooserOf(c echo.Context) chooser {
	if c.QueryParam("for") == "" {
		return chooser{}
	}
	return chooser{back: ownPath(c.QueryParam("for")), field: c.QueryParam("field")}
}

// url is a page of the collection, still for the same form.
func (ch chooser) url(before string) string {
	q := url.Values{}
	if ch.back != "" {
		q.Set("for", ch.back)
		q.Set("field", ch.field)
	}
	if before != "" {
		q.Set("before", before)
	}
	if len(q) == 0 {
		return mediaURL
	}
	return mediaURL + "?" + q.Encode()
}

// takes is the way back to the form with a picture.
func (ch chooser) takes(id models.ID) string {
	if ch.back == "" {
		return ""
	}
	address, _, _ := strings.Cut(ch.back, "#")
	join := "?"
	if strings.Contains(address, "?") {
		join = "&"
	}
	return address + join + url.Values{"picture": {id.String()}, "field": {ch.field}}.Encode()
}

// MediaList is the collection of pictures, newest first.
func (h *Handlers) MediaList(c echo.Context) error { return h.showMedia(c, http.StatusOK, nil) }

// MediaUpload adds a picture. Whoever came to choose one has chosen it.
func (h *Handlers) MediaUpload(c echo.Context) error {
	if _, err := fileOf(c.Request(), mediaFile); err != nil {
		return err
	}
	u, err := h.upload(c, mediaFile, shortened(i18n.FoldText(c.FormValue(mediaAlt))))
	if err == nil && u == nil {
		err = badPicture(mediaFile, "picture.bad.none")
	}
	if bad, ok := errors.AsType[*models.Invalid](err); ok {
		return h.showMedia(c, http.StatusUnprocessableEntity, bad)
	}
	if err != nil {
		return err
	}
	ch := chooserOf(c)
	if to := ch.takes(u.ID); to != "" {
		return web.Redirect(c, to)
	}
	h.setFlash(c, flashPictured, "", u.Name)
	return web.Redirect(c, mediaURL)
}

// shortened keeps a text within what a page may hold of it.
func shortened(text string) string {
	if r := []rune(text); len(r) > models.MaxLine {
		return string(r[:models.MaxLine])
	}
	return text
}

func (h *Handlers) showMedia(c echo.Context, status int, bad *models.Invalid) error {
	shell, err := h.shell(c, layout.RoomCampaigns)
	if err != nil {
		return err
	}
	before, _ := models.ParseID(c.QueryParam("before")) // anything else is the first page
	rows, err := h.Store.Uploads(c.Request().Context(), before, mediaPerPage+1)
	if err != nil {
		return err
	}
	ch := chooserOf(c)
	shell.Crumbs = []layout.Crumb{{Text: shell.Loc.T("admin.nav.campaigns"), URL: campaignsURL}}
	props := admin.MediaProps{Shell: shell, Back: ch.back, Action: ch.url(""), Alt: c.FormValue(mediaAlt)}
	if before != 0 {
		props.Previous = ch.url("")
	}
	if len(rows) > mediaPerPage {
		rows = rows[:mediaPerPage]
		props.Next = ch.url(rows[mediaPerPage-1].ID.String())
	}
	if e, ok := bad.Of(mediaFile); ok {
		props.Problem = shell.Loc.T(e.Key, e.Args...)
	}
	for i := range rows {
		props.Pictures = append(props.Pictures, pictureOf(&rows[i], ch))
	}
	return web.HTML(c, status, admin.Media(props))
}

func pictureOf(u *models.Upload, ch chooser) admin.Picture {
	return admin.Picture{
		Name: u.Name, Alt: u.Image.Alt, Width: u.Image.Width, Height: u.Image.Height,
		Thumb: pictureURL(&u.Image, 320), URL: pictureURL(&u.Image, u.Image.Width), Choose: ch.takes(u.ID),
	}
}
