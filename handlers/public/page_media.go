package public

import (
	"fmt"
	"slices"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	page "sarnakh/templates/public"
)

// mediaPath begins the addresses of pictures.
const mediaPath = "/media/"

// picture is an image with all its widths, nil where there is none.
func picture(i *models.Image) *page.Image {
	if i == nil || len(i.Sizes) == 0 {
		return nil
	}
	set := make([]string, len(i.Sizes))
	for n, s := range i.Sizes {
		set[n] = fmt.Sprintf("%s%s %dw", mediaPath, s.Key, s.Width)
	}
	return &page.Image{URL: mediaPath + i.Fit(middleWidth).Key, Set: strings.Join(set, ", "), Alt: i.Alt, Width: i.Width, Height: i.Height}
}

// middleWidth is what a browser gets that knows no srcset.
const middleWidth = 960

func gallery(b *models.Gallery) page.Block {
	out := page.Gallery{Heading: b.Heading, Text: b.Lead}
	for i := range b.Images {
		if image := picture(&b.Images[i].Image); image != nil {
			out.Pictures = append(out.Pictures, page.GalleryPicture{Image: *image, Caption: b.Images[i].Caption})
		}
	}
	return out
}

func (h *Handlers) countdown(loc *i18n.Loc, b *models.Countdown) page.Block {
	until := b.Until.In(h.Site.Zone)
	return page.Countdown{
		Heading: b.Heading, Until: until, Zone: zoneName(loc, until.Location().String()), After: b.After, Over: b.Until != 0 && !h.Clock().Before(until),
	}
}

// zoneName is a time zone as people call it: by its city.
func zoneName(loc *i18n.Loc, zone string) string {
	city := zone[strings.LastIndexByte(zone, '/')+1:]
	if key := "block.zone." + city; loc.Has(key) {
		return loc.T(key)
	}
	return strings.ReplaceAll(city, "_", " ")
}

// video is nil where the address is no film that we can play.
func video(b *models.Video) page.Block {
	film, ok := models.FilmOf(b.URL)
	if !ok {
		return nil
	}
	return page.Video{Heading: b.Heading, Page: film.Page, Embed: film.Embed, Site: film.Site, Cover: picture(b.Cover), Caption: b.Caption}
}

// pageScripts are what makes a page's blocks move; they are whole without.
func pageScripts(p *models.Page) []string {
	for i := range p.Blocks {
		if b := &p.Blocks[i]; !b.Hidden && (b.Countdown != nil || b.Video != nil) {
			return []string{static.URL("page.js")}
		}
	}
	return nil
}

// policyOf is what a page may load where that is more than other pages; nil for most.
func policyOf(p *models.Page) []string {
	if frames := FrameSources(p); frames != "" {
		return []string{web.Policy + frames}
	}
	return nil
}

// FrameSources is what has to be added to the policy of a page with films: the frames in which they are played. It is empty
// for most.
func FrameSources(p *models.Page) string {
	var frames []string
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Hidden || b.Video == nil {
			continue
		}
		if film, ok := models.FilmOf(b.Video.URL); ok && !slices.Contains(frames, film.Frame) {
			frames = append(frames, film.Frame)
		}
	}
	if frames == nil {
		return ""
	}
	return "; frame-src " + strings.Join(frames, " ")
}
