package public

import (
	"net/http"
	"net/url"

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
	files := h.downloads(d.Published, c.Param("token"))
	files.Action = pressed(c)
	return web.HTML(c, http.StatusOK, page.DownloadPage(page.DownloadProps{
		Head: h.headFor(d.Published), Title: d.Published.Version.Doc.Offer.Title, Cover: coverOf(d.Published),
		Download: *files, Until: d.Until.In(h.Site.Zone),
	}))
}

// pressed is where a download page's button leads: with the click's token, where a link in a mail led to the page.
func pressed(c echo.Context) string {
	if click := c.QueryParam("sk"); click != "" {
		return "/d/" + c.Param("token") + "?" + url.Values{"sk": {click}}.Encode()
	}
	return "/d/" + c.Param("token")
}

// DownloadTake counts the download and sends the browser on to the file; on a page that is too old it
// mails a fresh link.
func (h *Handlers) DownloadTake(c echo.Context) error {
	ctx := c.Request().Context()
	d, err := h.Leads.Download(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	if click := c.QueryParam("sk"); click != "" {
		if err := h.Leads.Pressed(ctx, click); err != nil { // whoever wants their file is not to suffer for our counting
			h.Log.Warn("a visit after a click is not recorded", "error", err)
		}
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
	return web.Redirect(c, "/d/"+c.Param("token")+"/file/"+key+"/"+url.PathEscape(file.Name))
}

func (h *Handlers) showExpired(c echo.Context, d *leads.Download, sent bool) error {
	return web.HTML(c, http.StatusOK, page.Expired(page.ExpiredProps{
		Head: h.headFor(d.Published), Title: d.Published.Version.Doc.Offer.Title, Action: pressed(c), Sent: sent,
	}))
}
