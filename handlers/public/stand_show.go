package public

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/layout"
	page "sarnakh/templates/public"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// standHead is the head of a form apart from its page, in the page's theme.
func (h *Handlers) standHead(p *models.Published) layout.PublicHead {
	head := h.headOf(p)
	head.Title = p.Version.Doc.Page.Title
	return head
}

// framed is a campaign's form for a frame on another site.
func (h *Handlers) framed(p *models.Published, r reply) templ.Component {
	head := h.standHead(p)
	if r.values == nil { // shown again with what was typed, it is still the same visit
		head.Assets.Script = "/s.js"
	}
	form := h.form(head.Loc, p, r)
	head.Assets.Scripts = append(formScripts(form), static.URL("embed.js"))
	return page.Framed(page.FramedProps{Head: head, Form: form})
}

// kiosk is a campaign's form for a booth, beside the promise of its page. Its own script counts its visitors, one by one.
func (h *Handlers) kiosk(p *models.Published, r reply) templ.Component {
	head := h.standHead(p)
	form := h.form(head.Loc, p, r)
	head.Assets.Scripts = append(formScripts(form), static.URL("kiosk.js"))
	props := page.KioskProps{Head: head, Form: form}
	for i := range p.Version.Doc.Page.Blocks {
		if b := &p.Version.Doc.Page.Blocks[i]; b.Type == models.BlockHero && !b.Hidden {
			props.Hero = &page.Hero{Eyebrow: b.Hero.Eyebrow, Heading: b.Hero.Heading, Lead: b.Hero.Lead}
		}
	}
	return page.Kiosk(props)
}

// formScripts are what a form's page needs beside the script of every page.
func formScripts(f page.Form) []string {
	if f.Scripted() {
		return []string{static.URL("form.js")}
	}
	return nil
}

// thanksSeconds is how long a visitor at a booth has to read what is given (C5).
const thanksSeconds = 20

// thanksAt thanks where the form stands.
func (h *Handlers) thanksAt(c echo.Context, s stand, p *models.Published, from models.Attribution, props page.ThanksProps) error {
	switch s {
	case inFrame:
		allowFrames(c, p.Version.Doc.Form.Origins)
		props.Head.Assets.Scripts = []string{static.URL("embed.js")}
		return web.HTML(c, http.StatusOK, page.FramedThanks(props))
	case atBooth:
		return h.kioskThanks(c, p, from, props)
	}
	return web.HTML(c, http.StatusOK, page.Thanks(props))
}

// kioskThanks leads back to the start by itself, without a script too.
func (h *Handlers) kioskThanks(c echo.Context, p *models.Published, from models.Attribution, props page.ThanksProps) error {
	start := atBooth.path(p)
	if from.Source != "" && from.Source != leads.BoothSource {
		start += "?" + url.Values{"utm_source": {from.Source}}.Encode()
	}
	props.Download, props.Onward = nil, nil // for the visitor's own device: the mail brings them
	if props.Event != nil {
		props.Event.CalendarURL = ""
	}
	if props.Trial != nil {
		props.Trial.URL = ""
	}
	if props.Mail != nil {
		props.Mail.FixURL = ""
	}
	props.Head.Assets.Scripts = []string{static.URL("kiosk.js")}
	c.Response().Header().Set("Refresh", strconv.Itoa(thanksSeconds)+"; url="+start)
	return web.HTML(c, http.StatusOK, page.KioskThanks(page.KioskThanksProps{Thanks: props, Start: start, Seconds: thanksSeconds}))
}

// Snippet is what the owner of another site puts where the form is to stand. The frame has a height of its own, and takes
// the form's where the script can run.
func Snippet(base, slug, title string) string {
	return strings.NewReplacer("{src}", base+"/p/"+slug+string(inFrame), "{id}", "sarnakh-"+slug, "{title}", templ.EscapeString(title)).Replace(
		`<iframe id="{id}" src="{src}" title="{title}" width="100%" height="720" loading="lazy" style="border:0"></iframe>
<script>addEventListener("message", function (e) { var f = document.getElementById("{id}"); if (f && e.source === f.contentWindow && e.data.sarnakhHeight) f.height = e.data.sarnakhHeight })</script>`)
}
