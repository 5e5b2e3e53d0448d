package public

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
	"rsc.io/qr"
)

// Sizes of the picture, in pixels.
const (
	usualQR   = 1024
	largestQR = 4096
)

var qrSource = regexp.MustCompile(`^[a-z0-9-]{1,30}$`)

// QRVector is the code of a campaign's page for print, one path.
func (h *Handlers) QRVector(c echo.Context) error {
	code, err := h.qrCode(c)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/svg+xml", vector(code))
}

// QRPicture is the same as a picture of whole pixels per module.
func (h *Handlers) QRPicture(c echo.Context) error {
	code, err := h.qrCode(c)
	if err != nil {
		return err
	}
	size := usualQR
	if asked := c.QueryParam("size"); asked != "" {
		if size, err = strconv.Atoi(asked); err != nil || size < 1 || size > largestQR {
			return echo.NewHTTPError(http.StatusBadRequest)
		}
	}
	picture, err := raster(code, size)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/png", picture)
}

// qrCode is the code of the page's address with its own source (C5, C7). A campaign that has ended keeps it: it is printed,
// and the page says what is to be said. Level M bears a stain on the paper.
func (h *Handlers) qrCode(c echo.Context) (*qr.Code, error) {
	p, _ := h.Campaigns.Snapshot().Page(c.Param("slug")) // nil where it was never published
	if p == nil {
		p = h.Campaigns.Snapshot().Moved(c.Param("slug"))
	}
	if p == nil || p.ArchivedAt != 0 {
		return nil, models.ErrNotFound
	}
	source := c.QueryParam("src")
	if source == "" {
		source = "qr"
	}
	if !qrSource.MatchString(source) {
		return nil, echo.NewHTTPError(http.StatusBadRequest)
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=3600")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin") // to be shown anywhere
	return qr.Encode(h.Site.BaseURL+"/p/"+p.Slug+"?"+url.Values{"utm_source": {source}, "utm_medium": {"qr"}}.Encode(), qr.M)
}

// vector draws it as one path.
func vector(code *qr.Code) []byte {
	side, path := web.QRPath(code)
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<rect width="%d" height="%d" fill="#fff"/><path d="%s" fill="#000"/></svg>`, side, side, side, side, path)
}

// raster draws a module as a square of whole pixels: as large as fits into the size that was asked for, and never blurred.
// A row of modules is drawn once and copied, since anybody may ask for a large picture.
func raster(code *qr.Code, size int) ([]byte, error) {
	side := code.Size + 2*web.QuietZone
	scale := max(size/side, 1)
	picture := image.NewPaletted(image.Rect(0, 0, side*scale, side*scale), color.Palette{color.White, color.Black})
	for y := range code.Size {
		rows := picture.Pix[(y+web.QuietZone)*scale*picture.Stride:]
		first := rows[:picture.Stride]
		for x := range first {
			if code.Black(x/scale-web.QuietZone, y) {
				first[x] = 1
			}
		}
		for n := 1; n < scale; n++ {
			copy(rows[n*picture.Stride:], first)
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	return out.Bytes(), err
}
