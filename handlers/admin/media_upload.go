package admin

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/pictures"

	"github.com/labstack/echo/v4"
)

// maxPicture is how many bytes an uploaded picture may have. Routes that take one let some more pass, so that a picture
// slightly too large is answered with a sentence beside its field.
const maxPicture = 15 << 20

// keptInMemory of a form with files; the rest of it waits on disk.
const keptInMemory = 64 << 10

// upload takes in the picture that was chosen in a form's file input, with the alternative text that pages begin with, and
// keeps it in the collection. It is nil where no file was chosen, and a *models.Invalid about that input where it is no
// picture that we can show. A handler calls it, or fileOf, before it reads anything else of the form.
func (h *Handlers) upload(c echo.Context, name, alt string) (*models.Upload, error) {
	header, err := fileOf(c.Request(), name)
	if err != nil || header == nil {
		return nil, err
	}
	if header.Size > maxPicture {
		return nil, badPicture(name, "picture.bad.large", "n", maxPicture>>20)
	}
	image, err := h.makeImage(header)
	switch {
	case errors.Is(err, pictures.ErrKind):
		return nil, badPicture(name, "picture.bad.kind")
	case errors.Is(err, pictures.ErrSize):
		return nil, badPicture(name, "picture.bad.pixels", "n", int(pictures.MaxPixels/1e6))
	case errors.Is(err, pictures.ErrBroken):
		return nil, badPicture(name, "picture.bad.broken")
	case err != nil:
		return nil, err
	}
	image.Alt = alt
	u := &models.Upload{Name: fileName(header.Filename), Image: *image, UserID: web.User(c).ID}
	return u, h.Store.AddUpload(c.Request().Context(), u)
}

func badPicture(name, key string, args ...any) error {
	var bad models.Invalid
	bad.Add(name, key, args...)
	return &bad
}

// fileOf is the file of an input, nil where none was chosen.
func fileOf(r *http.Request, name string) (*multipart.FileHeader, error) {
	err := r.ParseMultipartForm(keptInMemory)
	switch {
	case errors.Is(err, http.ErrNotMultipart):
		return nil, nil
	case err != nil:
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		}
		return nil, echo.NewHTTPError(http.StatusBadRequest)
	}
	for _, header := range r.MultipartForm.File[name] {
		if header.Size > 0 {
			return header, nil
		}
	}
	return nil, nil
}

// makeImage makes the widths of a picture and keeps them. One at a time: a decoded picture is large.
func (h *Handlers) makeImage(header *multipart.FileHeader) (*models.Image, error) {
	h.onePicture.Lock()
	defer h.onePicture.Unlock()
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	made, err := pictures.Make(raw)
	if err != nil {
		return nil, err
	}
	image := &models.Image{}
	for _, m := range made {
		sum, _, err := h.Files.Put(bytes.NewReader(m.Bytes), int64(len(m.Bytes)))
		if err != nil {
			return nil, err
		}
		image.Width, image.Height = m.Width, m.Height
		image.Sizes = append(image.Sizes, models.ImageSize{Width: m.Width, Key: sum + "." + m.Ext})
	}
	return image, nil
}

// fileName is a file's name for people, as their computer called it.
func fileName(name string) string {
	name = i18n.FoldText(name[strings.LastIndexAny(name, `/\`)+1:])
	if r := []rune(name); len(r) > models.MaxLine {
		name = string(r[:models.MaxLine])
	}
	return cmp.Or(name, "picture")
}

// chosenImage is a picture of the collection as a page holds it.
func chosenImage(u *models.Upload) *models.Image {
	image := u.Image
	image.FileID = u.ID
	return &image
}

// pictureURL is the address of a picture, wide enough.
func pictureURL(image *models.Image, width int) string { return "/media/" + image.Fit(width).Key }
