package public

import (
	"encoding/xml"
	"net/http"

	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// RobotsShow tells search engines what is not for them. Pages that are not to be indexed say so themselves.
func (h *Handlers) RobotsShow(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /admin\nDisallow: /api/\nDisallow: /d/\nDisallow: /c/\nDisallow: /u/\nDisallow: /h/\n"+
		"Disallow: /confirm/\nDisallow: /prefs/\nDisallow: /p/*/thanks/\n\nSitemap: "+h.Site.BaseURL+"/sitemap.xml\n")
}

type sitemap struct {
	XMLName xml.Name     `xml:"urlset"`
	Space   string       `xml:"xmlns,attr"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Location string        `xml:"loc"`
	Modified string        `xml:"lastmod"`
	Links    []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// SitemapShow lists the published pages that may be indexed, with their twins (sitemaps.org, 0.9).
func (h *Handlers) SitemapShow(c echo.Context) error {
	out := sitemap{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, p := range h.Campaigns.Snapshot().Listed {
		if !p.Version.Doc.Page.NoIndex {
			out.URLs = append(out.URLs, h.sitemapURL(p))
		}
	}
	return c.XML(http.StatusOK, out)
}

func (h *Handlers) sitemapURL(p *models.Published) sitemapURL {
	u := sitemapURL{Location: h.Site.BaseURL + "/p/" + p.Slug, Modified: p.Version.CreatedAt.String()}
	for _, a := range h.alternates(p) {
		u.Links = append(u.Links, sitemapLink{Rel: "alternate", Lang: string(a.Locale), Href: a.URL})
	}
	return u
}
