package admin

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"sarnakh/handlers/public"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
	"golang.org/x/net/idna"
)

// maxOrigins is on how many other sites a form may stand.
const maxOrigins = 20

var shareSource = regexp.MustCompile(`^[a-z0-9-]{1,30}$`)

// ShareShow has everything by which people come to a campaign: its link with a source of its own, the QR code, the booth's
// screen, and the form for other sites.
func (h *Handlers) ShareShow(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	return h.showShare(c, http.StatusOK, campaign, &draft.Doc, admin.ShareProps{Origins: strings.Join(draft.Doc.Form.Origins, "\n"), Base: fingerprint(draft.Doc.Form.Origins)})
}

func (h *Handlers) showShare(c echo.Context, status int, campaign *models.Campaign, doc *models.CampaignDoc, p admin.ShareProps) error {
	shell, head, err := h.campaignShell(c, campaign, "/share")
	if err != nil {
		return err
	}
	head.ShareURL = ""
	at := h.Site.BaseURL + "/p/" + campaign.Slug
	shell.Assets.Script = static.URL("copy.js")
	p.Shell, p.Head, p.Action = shell, head, campaignURL(campaign.ID)+"/share"
	p.Live, p.Page = campaign.State == models.CampaignPublished, at
	p.Source = strings.ToLower(strings.TrimSpace(c.QueryParam("source")))
	if p.Source != "" && !shareSource.MatchString(p.Source) {
		p.SourceProblem = shell.Loc.T("share.bad_source")
	} else {
		p.Link, p.QR = at, "/p/"+campaign.Slug+"/qr.svg"
		p.QRPicture = "/p/" + campaign.Slug + "/qr.png?size=1024"
		if p.Source != "" {
			p.Link += "?" + url.Values{"utm_source": {p.Source}}.Encode()
			p.QR += "?src=" + p.Source
			p.QRPicture += "&src=" + p.Source
		}
	}
	p.Kiosk = at + "/kiosk"
	if live := h.Campaigns.Snapshot().Campaign(campaign.ID); live != nil && live.VersionID == campaign.VersionID && live.VersionID != 0 {
		doc = &live.Version.Doc // a form elsewhere asks what the page asks, not what is still being written
	}
	p.Frame, p.Plain = public.Snippet(h.Site.BaseURL, campaign.Slug, cmp.Or(doc.Form.Title, campaign.Name)), plainSnippet(h.Site.BaseURL, campaign, doc)
	return web.HTML(c, status, admin.Share(p))
}

// ShareSave keeps on which other sites the form may stand. It is part of the draft, and holds once that is published.
func (h *Handlers) ShareSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	typed := admin.ShareProps{Origins: i18n.FoldLines(c.FormValue("origins")), Base: c.FormValue("base")}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	origins := s.origins(typed.Origins)
	if typed.Problems = s.problems; len(s.problems) > 0 {
		return h.showShare(c, http.StatusUnprocessableEntity, campaign, &draft.Doc, typed)
	}
	_, err = h.savePart(c, campaign.ID, "origins", typed.Base, func(doc *models.CampaignDoc) any { return doc.Form.Origins },
		func(doc *models.CampaignDoc) error { doc.Form.Origins = origins; return nil })
	if errors.Is(err, models.ErrConflict) {
		campaign, draft, err = h.draft(c)
		if err != nil {
			return err
		}
		typed.Base = fingerprint(draft.Doc.Form.Origins)
		typed.Theirs = []admin.Fact{{Label: s.loc.T("share.origins"), Text: strings.Join(draft.Doc.Form.Origins, "\n")}}
		return h.showShare(c, http.StatusConflict, campaign, &draft.Doc, typed)
	}
	if err != nil {
		return err
	}
	h.setFlash(c, "origins_saved", campaign.ID.String(), campaign.Name)
	return web.Redirect(c, campaignURL(campaign.ID)+"/share")
}

// origins reads sites one to a line: of whole addresses, what stands before the path.
func (s *sheet) origins(text string) (out []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		u, err := url.Parse(line)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
			s.wrong("f-origins", s.loc.T("share.bad_origin", "line", cutWords(line)))
			return nil
		}
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if port := u.Port(); port != "" {
			host += ":" + port
		}
		if origin := u.Scheme + "://" + host; err == nil && models.IsOrigin(origin) {
			out = append(out, origin)
			continue
		}
		s.wrong("f-origins", s.loc.T("share.bad_origin", "line", cutWords(line)))
		return nil
	}
	if len(out) > maxOrigins {
		s.wrong("f-origins", s.loc.T("share.many_origins", "n", maxOrigins))
	}
	return out
}
