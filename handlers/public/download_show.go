package public

import (
	"net/http"

	"sarnakh/handlers/web"
	"sarnakh/leads"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// DownloadShow offers the files, or a fresh link where this one is too old.
func (h *Handlers) DownloadShow(c echo.Context) error {
	d, err := h.Leads.Download(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	if d.Expired {
		return h.showExpired(c, d, false)
	}
	return web.HTML(c, http.StatusOK, page.DownloadPage(page.DownloadProps{
		Head: h.headFor(d.Published), Title: d.Published.Version.Doc.Offer.Title, Cover: coverOf(d.Published),
		Download: *h.downloads(d.Published, c.Param("token")), Until: d.Until.In(h.Site.Zone),
	}))
}

// DownloadTake counts the download and sends the browser on to the file; on a page that is too old it
// mails a fresh link.
func (h *Handlers) DownloadTake(c echo.Context) error {
	ctx := c.Request().Context()
	d, err := h.Leads.Download(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	if d.Expired {
		if err := h.Leads.MailFreshLink(ctx, d); err != nil {
			return err
		}
		return h.showExpired(c, d, true)
	}
	values, err := readForm(c)
	if err != nil {
		return err
	}
	format := values.Get("file")
	if files := d.Published.Version.Doc.Offer.Files; format == "" && len(files) > 0 {
		format = files[0].Key
	}
	key, err := h.Leads.TakeDownload(ctx, d, format)
	if err != nil {
		return err
	}
	file, _ := d.Published.Version.Doc.Offer.File(format)
	return web.Redirect(c, "/d/"+c.Param("token")+"/file/"+key+"/"+file.Name)
}

func (h *Handlers) showExpired(c echo.Context, d *leads.Download, sent bool) error {
	return web.HTML(c, http.StatusOK, page.Expired(page.ExpiredProps{
		Head: h.headFor(d.Published), Title: d.Published.Version.Doc.Offer.Title, Action: "/d/" + c.Param("token"), Sent: sent,
	}))
}
