package public

import (
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/layout"
	"sarnakh/theme"

	"github.com/labstack/echo/v4"
)

// fonts: the one file worth fetching before the stylesheet asks for it.
var fonts = map[i18n.Locale]string{
	i18n.FA: "vazirmatn-arabic-wght-normal.woff2",
	i18n.EN: "inter-latin-wght-normal.woff2",
}

// head is the document head of a public page, under the brand that speaks on it.
func (h *Handlers) head(locale i18n.Locale, brand models.Brand) layout.PublicHead {
	loc := i18n.For(locale)
	site := layout.Site{
		Brand:      layout.Brand{Name: brand.Name, URL: "/"},
		PrivacyURL: "/privacy?lang=" + string(locale),
		MyDataURL:  myDataPage + "?lang=" + string(locale),
		Now:        h.Clock().In(h.Site.Zone),
	}
	if brand.Name == "" {
		site.Brand.Name = loc.T("public.brand")
	}
	if logo := brand.Logo; logo != nil && len(logo.Sizes) > 0 {
		size := logo.Fit(logoWidth)
		site.Brand.Logo = &layout.Logo{URL: mediaPath + size.Key, Width: size.Width, Height: max(1, size.Width*logo.Height/max(1, logo.Width))}
	}
	if brand.Phone != "" {
		site.Phone, site.PhoneURL = leads.ShownPhone(brand.Phone), "tel:"+brand.Phone
	}
	return layout.PublicHead{
		Loc:  loc,
		Site: site,
		Assets: layout.Assets{
			Stylesheet: static.URL("public.css"),
			Font:       static.URL(fonts[locale]),
			Icon:       static.URL("logo.svg"),
			TouchIcon:  static.URL("apple-touch-icon.png"),
		},
	}
}

// logoWidth is enough for a logo on the sharpest screens.
const logoWidth = 384

// headOf is the head of a campaign's page, in its theme.
func (h *Handlers) headOf(p *models.Published) layout.PublicHead {
	doc := &p.Version.Doc.Page
	head := h.head(i18n.Locale(p.Locale), doc.Brand)
	head.Assets.Theme = themeURL(doc.Theme)
	for i := range doc.Blocks {
		if b := &doc.Blocks[i]; b.Footer != nil && !b.Hidden {
			head.Site.Note = b.Footer.Text
		}
	}
	if !theme.LoadsFont(doc.Theme) {
		head.Assets.Font = ""
	}
	return head
}

// headFor is the head of a page that belongs to a campaign but should not be found by searching.
func (h *Handlers) headFor(p *models.Published) layout.PublicHead {
	head := h.headOf(p)
	head.NoIndex = true
	return head
}

// plainHead is the head of a page that belongs to no campaign.
func (h *Handlers) plainHead(c echo.Context) layout.PublicHead {
	locale := h.VisitorLocale(c)
	if asked, ok := i18n.ParseLocale(c.QueryParam("lang")); ok {
		locale = asked
	}
	head := h.head(locale, h.homeBrand())
	head.NoIndex = true
	return head
}

// homeBrand speaks where no campaign does.
func (h *Handlers) homeBrand() models.Brand {
	if home := h.Campaigns.Snapshot().Home; home != nil {
		return home.Version.Doc.Page.Brand
	}
	return models.Brand{}
}
