package admin

import (
	"encoding/json"
	"regexp"
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// A picture is a picture that was uploaded, with the words for who can't see it. Which one it is goes with the form, so
// that nothing has to be looked up when it comes back.
type picture[T any] struct {
	name string
	get  func(*T) *models.Image
	set  func(*T, *models.Image)
}

func (p picture[T]) show(f *typed, at string, from *T) {
	image := p.get(from)
	if image == nil || len(image.Sizes) == 0 {
		return
	}
	showPicture(f, at+p.name, image)
}

func showPicture(f *typed, name string, image *models.Image) {
	bare := *image
	bare.Alt, bare.Decorative = "", false
	raw, err := json.Marshal(bare)
	if err != nil {
		panic(err) // plain data always can be
	}
	f.values.Set(name, string(raw))
	f.values.Set(name+".alt", image.Alt)
	if image.Decorative {
		f.values.Set(name+".decorative", "1")
	}
}

func (p picture[T]) read(f *typed, at string, to *T) {
	image := typedPicture(f.values.Get(at + p.name))
	if image != nil {
		image.Alt = i18n.FoldText(f.values.Get(at + p.name + ".alt"))
		image.Decorative = f.values.Get(at+p.name+".decorative") != ""
	}
	p.set(to, image)
}

var mediaKey = regexp.MustCompile(`^[0-9a-f]{64}\.[a-z]{3,4}$`)

// typedPicture reads what showPicture wrote; nil for anything else.
func typedPicture(raw string) *models.Image {
	var image models.Image
	if raw == "" || json.Unmarshal([]byte(raw), &image) != nil || len(image.Sizes) == 0 || image.Width <= 0 || image.Height <= 0 {
		return nil
	}
	for _, s := range image.Sizes {
		if s.Width <= 0 || !mediaKey.MatchString(s.Key) {
			return nil
		}
	}
	return &image
}

func (p picture[T]) field(f *typed, at string) admin.PageField {
	out := f.field(at+p.name, kindPicture)
	alt, _ := f.label(out.Name + ".alt")
	out.Picture = admin.PagePicture{
		Alt: f.values.Get(out.Name + ".alt"), AltLabel: alt, AltError: f.problems[out.Name+".alt"], Decorative: f.values.Get(out.Name+".decorative") != "",
	}
	if image := typedPicture(out.Value); image != nil {
		small := image.Fit(320)
		out.Picture.URL, out.Picture.Width, out.Picture.Height = pictureURL(image, 320), small.Width, max(image.Height*small.Width/image.Width, 1)
	}
	out.Optional = true
	return out
}

// choosePicture puts the picture into the form that the collection came back with, and tells whether there is one. It is
// saved with the form.
func (h *Handlers) choosePicture(c echo.Context, f *typed) (bool, error) {
	field, image, err := h.chosenPicture(c)
	if err != nil || image == nil {
		return false, err
	}
	if list, _, row := strings.Cut(field, "."); row && f.values.Get(field) == "" { // of a row that was empty, and is not kept
		rows := rowsOfForm(f.values, list)
		_, name, _ := strings.Cut(strings.TrimPrefix(field, list+"."), ".")
		field = rowName(list, len(rows)) + name
	}
	showPicture(f, field, image)
	return true, nil
}
