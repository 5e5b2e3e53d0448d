package public

import (
	"net/http"
	"strconv"

	"sarnakh/handlers/web"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// PrivacyShow is the owner's privacy notice: a default text that is true of this program.
func (h *Handlers) PrivacyShow(c echo.Context) error {
	head := h.plainHead(c)
	loc := head.Loc
	props := page.PrivacyProps{Head: head, Heading: loc.T("privacy.heading"), Intro: loc.T("privacy.intro", "brand", head.Site.Brand.Name)}
	for i := 1; loc.Has(privacyKey(i, "heading")); i++ {
		props.Sections = append(props.Sections, page.Section{Heading: loc.T(privacyKey(i, "heading")), Text: loc.T(privacyKey(i, "text"), "brand", head.Site.Brand.Name)})
	}
	return web.HTML(c, http.StatusOK, page.Privacy(props))
}

func privacyKey(section int, part string) string {
	return "privacy.section_" + strconv.Itoa(section) + "." + part
}
