package public

import (
	"context"
	"io"

	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/templates/layout"
	page "sarnakh/templates/public"
)

// Preview writes a campaign's page as visitors get it, of a version that need not be published. What FrameSources says has to be in
// its policy.
func (h *Handlers) Preview(ctx context.Context, w io.Writer, p *models.Published) error {
	return landingPage(h.landing(p, reply{token: "preview"})).Render(ctx, w)
}

// landing is a campaign's page for the template.
func (h *Handlers) landing(p *models.Published, r reply) page.LandingProps {
	doc := &p.Version.Doc
	head := h.headOf(p)
	head.Title, head.Description, head.NoIndex = doc.Page.Title, doc.Page.Description, doc.Page.NoIndex
	head.Canonical = h.Site.BaseURL + "/p/" + p.Slug
	head.Alternates = h.alternates(p)
	head.Image = h.shared(&doc.Page)
	head.Assets.Scripts = append(head.Assets.Scripts, pageScripts(&doc.Page)...)
	if r.values == nil { // shown again with what was typed, it is still the same visit
		head.Assets.Script = "/s.js"
	}
	props := page.LandingProps{Head: head}
	for i := range doc.Page.Blocks {
		if b := &doc.Page.Blocks[i]; !b.Hidden {
			if view := h.block(head.Loc, p, b, r); view != nil {
				props.Blocks, props.Marks = append(props.Blocks, view), append(props.Marks, "b-"+b.ID)
				if f, ok := view.(page.Form); ok {
					props.Head.Assets.Scripts = append(props.Head.Assets.Scripts, formScripts(f)...)
				}
			}
		}
	}
	return props
}

// alternates are the page itself and its twin in the other language, where both are published.
func (h *Handlers) alternates(p *models.Published) []layout.Alternate {
	twin := h.twin(p)
	if twin == nil {
		return nil
	}
	alternate := func(p *models.Published) layout.Alternate {
		return layout.Alternate{Locale: i18n.Locale(p.Locale), URL: h.Site.BaseURL + "/p/" + p.Slug}
	}
	return []layout.Alternate{alternate(p), alternate(twin)}
}

// twin is the same page in the other language, nil where none is published.
func (h *Handlers) twin(p *models.Published) *models.Published {
	slug := p.Version.Doc.Page.Twin
	if slug == "" {
		return nil
	}
	if twin, err := h.Campaigns.Snapshot().Page(slug); err == nil {
		return twin
	}
	return nil
}

// shared is the picture shown where the page's address is passed on: the one chosen for that, the hero's, or our mark.
func (h *Handlers) shared(p *models.Page) layout.SharedImage {
	image := p.Share
	for i := range p.Blocks {
		if b := &p.Blocks[i]; image == nil && b.Hero != nil && !b.Hidden {
			image = b.Hero.Image
		}
	}
	if image == nil || len(image.Sizes) == 0 {
		return layout.SharedImage{URL: h.Site.BaseURL + static.URL("icon-512.png"), Alt: p.Title, Width: 512, Height: 512}
	}
	size := image.Fit(shareWidth)
	out := layout.SharedImage{URL: h.Site.BaseURL + mediaPath + size.Key, Alt: image.Alt, Width: size.Width, Large: true}
	out.Height = size.Width * image.Height / max(1, image.Width)
	if out.Alt == "" {
		out.Alt = p.Title
	}
	return out
}

// shareWidth is as wide as places that show shared pages want their pictures.
const shareWidth = 1200
