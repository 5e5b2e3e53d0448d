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

// What of a draft is looked at.
const (
	asPage       = "page"        // the page alone, for the frame
	asThanks     = "thanks"      // what visitors see after the form
	asThanksPage = "thanks_page" // that alone
	asMail       = "mail"        // what they get
	asMailHTML   = "mail_html"   // that alone
	asPhone      = "mail_phone"
	asText       = "mail_text"
)

// CampaignPreview shows the draft as visitors will see it, the page or what comes after its form: in a frame of a phone's, a
// tablet's or a desktop's width, or by itself, for that frame.
func (h *Handlers) CampaignPreview(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	as := c.QueryParam("as")
	switch as {
	case asPage:
		return h.showDraft(c, campaign, &draft.Doc)
	case asThanksPage, asMail, asMailHTML, asPhone, asText:
		return h.offerPreview(c, campaign, draft, as)
	}
	shell, head, err := h.campaignShell(c, campaign, "/preview")
	if err != nil {
		return err
	}
	say, url := shell.Loc.T, campaignURL(campaign.ID)
	here, thanks := url+"/preview", as == asThanks
	head.PreviewURL = ""
	props := admin.CampaignPreviewProps{Shell: shell, Head: head, BackURL: url + partPage, BackText: say("campaign_publish.back"), Frame: h.frame(c, say, here, here+"?as="+asPage)}
	if thanks {
		props.Frame.URL, props.BackURL, props.BackText = here+"?as="+asThanksPage, url+partOffer, say("offer.back")
	}
	at := here + "?width=" + props.Frame.Width
	props.Shown = []ui.Tab{{Text: say("campaign_preview.page"), URL: at, Current: !thanks}, {Text: say("campaign_preview.thanks"), URL: at + "&as=" + asThanks, Current: thanks}}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, http.StatusOK, admin.CampaignPreview(props))
}

// frame is a preview at the width that the address asks for; the phone's unless said, where most visitors are. Another width
// shows the same.
func (h *Handlers) frame(c echo.Context, say func(string, ...any) string, here, page string) admin.PreviewFrame {
	f := admin.PreviewFrame{URL: page, Width: c.QueryParam("width")}
	if !slices.Contains(previewWidths[:], f.Width) {
		f.Width = widthPhone
	}
	query := url.Values{}
	if as := c.QueryParam("as"); as != "" {
		query.Set("as", as)
	}
	for _, w := range previewWidths {
		query.Set("width", w)
		f.Widths = append(f.Widths, ui.Tab{Text: say("campaign_preview." + w), URL: here + "?" + query.Encode(), Current: w == f.Width})
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
