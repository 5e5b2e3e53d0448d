package admin

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"sarnakh/handlers/public"
	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// Widths of a preview.
const (
	widthPhone   = "phone"
	widthTablet  = "tablet"
	widthDesktop = "desktop"
)

var previewWidths = [...]string{widthPhone, widthTablet, widthDesktop}

// draftPolicy is that of the visitors' page, but that we may frame it, and that nothing is sent from it.
var draftPolicy = strings.NewReplacer("frame-ancestors 'none'", "frame-ancestors 'self'", "form-action 'self'", "form-action 'none'").Replace(web.Policy)

// CampaignPreview shows the draft as visitors will see it: in a frame of a phone's, a tablet's or a desktop's width, or with
// as=page the page by itself, for that frame.
func (h *Handlers) CampaignPreview(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	switch as := c.QueryParam("as"); as {
	case "page":
		return h.showDraft(c, campaign, &draft.Doc)
	case asThanks, asMail, asMailHTML, asPhone, asText:
		return h.offerPreview(c, campaign, draft, as)
	}
	shell, head, err := h.campaignShell(c, campaign, "/preview")
	if err != nil {
		return err
	}
	here := campaignURL(campaign.ID) + "/preview"
	head.PreviewURL = ""
	props := admin.CampaignPreviewProps{Shell: shell, Head: head, Frame: h.frame(c, shell.Loc.T, here, here+"?as=page")}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, http.StatusOK, admin.CampaignPreview(props))
}

// frame is a preview at the width that the address asks for; the phone's unless said, where most visitors are.
func (h *Handlers) frame(c echo.Context, say func(string, ...any) string, here, page string) admin.PreviewFrame {
	f := admin.PreviewFrame{URL: page, Width: c.QueryParam("width")}
	if !slices.Contains(previewWidths[:], f.Width) {
		f.Width = widthPhone
	}
	for _, w := range previewWidths {
		f.Widths = append(f.Widths, ui.Tab{Text: say("campaign_preview." + w), URL: here + "?" + url.Values{"width": {w}}.Encode(), Current: w == f.Width})
	}
	return f
}

// scriptTag finds what loads a script: none runs in a frame of ours, and a draft's views are not counted.
var scriptTag = regexp.MustCompile(`<script src="[^"]*" defer></script>`)

// showDraft writes a page as visitors would get it.
func (h *Handlers) showDraft(c echo.Context, campaign *models.Campaign, doc *models.CampaignDoc) error {
	var page bytes.Buffer
	p := models.Published{Campaign: *campaign, Version: models.CampaignVersion{CampaignID: campaign.ID, Doc: *doc}}
	if err := h.Pages.Preview(c.Request().Context(), &page, &p); err != nil {
		return err
	}
	content := scriptTag.ReplaceAll(page.Bytes(), nil)
	if c.QueryParam("marked") != "" { // in the editor's frame
		content = bytes.Replace(content, []byte("</head>"), []byte(`<link rel="stylesheet" id="mark" href="`+static.URL("mark.css")+`"/></head>`), 1)
	}
	header := c.Response().Header()
	header["Content-Security-Policy"], header["X-Frame-Options"] = []string{draftPolicy + public.FrameSources(&doc.Page)}, []string{"SAMEORIGIN"}
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", "text/html; charset=utf-8")
	return web.WriteCompressed(c, http.StatusOK, content)
}
