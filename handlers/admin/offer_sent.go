package admin

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"

	"sarnakh/files"

	"github.com/labstack/echo/v4"
)

// maxOfferForm is how much an offer's form holds beside its file: most of it codes that were pasted.
const maxOfferForm = 8 << 20

// sentWith reads a form up to its file, which comes last and is nil where none was chosen, so that it can be kept as it
// arrives. What was typed beside it is then read as any form's: c.FormValue gives it.
// It is files.ErrTooLarge, or a *http.MaxBytesError, where that is more than a form holds.
func sentWith(c echo.Context) (*multipart.Part, error) {
	r := c.Request()
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "multipart/form-data" {
		return nil, nil
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	r.Form = url.Values{}
	for room := int64(maxOfferForm); ; {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil:
			return nil, err
		case part.FileName() != "":
			return part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, room+1))
		if err != nil {
			return nil, err
		}
		if room -= int64(len(text)); room < 0 {
			return nil, files.ErrTooLarge
		}
		r.Form.Add(part.FormName(), string(text))
	}
}
