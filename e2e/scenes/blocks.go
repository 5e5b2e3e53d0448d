package scenes

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"math"
	"path/filepath"
	"slices"
	"time"

	"sarnakh/campaigns"
	"sarnakh/campaigns/starter"
	"sarnakh/files"
	"sarnakh/models"
	"sarnakh/pictures"
	"sarnakh/store"
	"sarnakh/theme"
)

// AllBlocks is the slug of the campaign that has every block.
func AllBlocks(locale string) string { return "all-" + locale }

// OverSlug is that of the campaign that has ended.
func OverSlug(locale string) string { return "over-" + locale }

func themed(name, locale string) string { return "theme-" + name + "-" + locale }

// Films that the pages show, and what comes after the countdown.
const (
	YouTube = "https://youtu.be/dQw4w9WgXcQ"
	Aparat  = "https://www.aparat.com/v/aB3xYz9"
)

// A gallery of scenes: what PublishBlocks works with.
type blockWorld struct {
	ctx   context.Context
	store *store.Store
	camps *campaigns.Campaigns
	files files.Store
	wide  models.Image
	tall  models.Image
	logo  models.Image
}

// PublishBlocks publishes, over the data in a folder and in each language: a campaign with every block, one in each ready
// theme, and one that is over.
func PublishBlocks(dir string) (err error) {
	w := blockWorld{ctx: context.Background(), files: files.Folder(filepath.Join(dir, "files"))}
	if w.store, err = store.Open(w.ctx, store.Config{URL: filepath.Join(dir, "sarnakh.db"), Log: slog.New(slog.DiscardHandler)}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.store.Close()) }()
	if w.camps, err = campaigns.New(w.ctx, w.store, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	if err := w.draw(); err != nil {
		return err
	}
	starters, err := starter.Campaigns()
	if err != nil {
		return err
	}
	for _, s := range starters {
		if err := w.publish(s.Locale, s.Doc); err != nil {
			return err
		}
	}
	return nil
}

func (w *blockWorld) publish(locale string, doc models.CampaignDoc) error {
	doc.Page.Twin = ""
	doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: doc.Offer.Title, Coupon: &models.SharedCoupon{Code: BoothCode}}
	add := func(slug string, edit func(*models.Page)) (models.ID, error) {
		mine := doc
		mine.Page.Blocks = slices.Clone(doc.Page.Blocks)
		edit(&mine.Page)
		campaign := models.Campaign{Slug: slug, Name: slug, Locale: locale}
		err := w.camps.Publish(w.ctx, &campaign, mine)
		return campaign.ID, err
	}
	if _, err := add(AllBlocks(locale), func(p *models.Page) { w.every(locale, p) }); err != nil {
		return err
	}
	for i, t := range theme.Ready() {
		if _, err := add(themed(t.Name, locale), func(p *models.Page) { w.themed(locale, i, p) }); err != nil {
			return err
		}
	}
	over, err := add(OverSlug(locale), func(p *models.Page) {
		p.Theme.Base = "dusk"
		p.Over = models.Over{
			Heading: say(locale, "ثبت‌نام این دوره تمام شد", "This course is full"),
			Text:    say(locale, "از همه‌تان ممنونیم.\nدورهٔ بعدی در بهار برگزار می‌شود.", "Thank you all.\nThe next one is in spring."),
			Link:    models.Onward{Text: say(locale, "دوره‌های دیگر را ببینید", "See our other courses"), URL: "/"},
		}
	})
	if err != nil {
		return err
	}
	return w.store.PauseCampaign(w.ctx, over)
}

// every puts each kind of block on a page, in its owner's colours.
func (w *blockWorld) every(locale string, p *models.Page) {
	hero := *p.Blocks[0].Hero
	hero.Image = described(w.wide, say(locale, "خورشید پشت تپه‌ها", "The sun behind hills"))
	p.Blocks[0].Hero = &hero
	p.Brand.Logo, p.Share = &w.logo, described(w.wide, say(locale, "خورشید پشت تپه‌ها", "The sun behind hills"))
	p.Blocks = slices.Insert(p.Blocks, len(p.Blocks)-2,
		models.Block{ID: "count", Type: models.BlockCountdown, Countdown: &models.Countdown{
			Heading: say(locale, "تا پایان ثبت‌نام", "Until registration closes"), Until: models.At(time.Date(2040, 3, 19, 20, 30, 0, 0, time.UTC)),
			After: say(locale, "ثبت‌نام تمام شد.", "Registration has closed."),
		}},
		models.Block{ID: "gallery", Type: models.BlockGallery, Gallery: &models.Gallery{
			Heading: say(locale, "از دوره‌های پیش", "From earlier courses"), Lead: say(locale, "سه روز کنار هم.", "Three days together."),
			Images: []models.Picture{
				{Image: *described(w.wide, say(locale, "روز نخست", "The first day")), Caption: say(locale, "روز نخست، پیش از ناهار", "The first day, before lunch")},
				{Image: *described(w.tall, say(locale, "روز دوم", "The second day")), Caption: say(locale, "روز دوم", "The second day")},
				{Image: *described(w.wide, say(locale, "روز سوم", "The third day"))},
			},
		}},
		models.Block{ID: "video", Type: models.BlockVideo, Video: &models.Video{
			Heading: say(locale, "در دو دقیقه ببینید", "See it in two minutes"), URL: say(locale, Aparat, YouTube),
			Cover: described(w.wide, ""), Caption: say(locale, "از زبان برگزارکننده‌ها", "In the words of those who hold it"),
		}},
		models.Block{ID: "text", Type: models.BlockText, Text: &models.RichText{
			Heading: say(locale, "برنامهٔ دوره", "The programme"),
			Body: say(locale,
				"سه روز، هر روز **چهار ساعت**، با تمرین‌هایی که *همان روز* به کار می‌آیند.\n\n## چه می‌آموزید\n\n1. نخستین تماس\n2. پیگیری بدون اصرار\n3. پایان محترمانه\n\n> بهترین پیگیری آن است که چیزی تازه بیاورد.\n\nجزئیات در [راهنما](https://example.org/guide) هست.\n\n---\n\n- ظرفیت: `۲۴` نفر\n- گواهی پایان دوره",
				"Three days of **four hours**, with exercises that are of use *the same day*.\n\n## What you will learn\n\n1. The first call\n2. Following up without pushing\n3. A respectful end\n\n> The best follow-up brings something new.\n\nThe [guide](https://example.org/guide) has the details.\n\n---\n\n- Seats: `24`\n- A certificate at the end"),
		}},
	)
	footer(p, say(locale, "آموزشگاه آوند، ثبت‌شده با شمارهٔ ۱۲۳۴۵\nتهران، خیابان آزادی", "Avand Academy, registered as no. 12345\nAzadi Street, Tehran"))
}

// themed is a page in a ready theme; the covers change from theme to theme.
func (w *blockWorld) themed(locale string, i int, p *models.Page) {
	p.Theme.Base = theme.Ready()[i].Name
	hero := *p.Blocks[0].Hero
	switch i % 3 {
	case 1:
		hero.Image = described(w.tall, say(locale, "خورشید پشت تپه‌ها", "The sun behind hills"))
	case 2:
		hero.Image = described(w.wide, say(locale, "خورشید پشت تپه‌ها", "The sun behind hills"))
	}
	p.Blocks[0].Hero = &hero
	p.Blocks = slices.Insert(p.Blocks, len(p.Blocks)-2,
		models.Block{ID: "said", Type: models.BlockProof, Proof: &models.Proof{Heading: say(locale, "خواننده‌ها چه می‌گویند", "What readers say"), Quotes: []models.Quote{
			{Text: say(locale, "پیام سوم را همان‌طور فرستادم و فردایش قرار گذاشتیم.", "I sent message three as it stands and we met the next day."), Name: say(locale, "نمونهٔ نخست", "Sample One"), Role: say(locale, "مدیر فروش", "Head of sales")},
			{Text: say(locale, "کوتاه، روشن و بی‌تعارف.", "Short, clear and frank."), Name: say(locale, "نمونهٔ دوم", "Sample Two"), Role: say(locale, "بنیان‌گذار", "Founder")},
		}}},
		models.Block{ID: "count", Type: models.BlockCountdown, Countdown: &models.Countdown{Heading: say(locale, "تا پایان ثبت‌نام", "Until registration closes"), Until: models.At(time.Date(2040, 3, 19, 20, 30, 0, 0, time.UTC))}},
		models.Block{ID: "video", Type: models.BlockVideo, Video: &models.Video{URL: say(locale, Aparat, YouTube)}},
	)
}

func footer(p *models.Page, text string) {
	for i := range p.Blocks {
		if p.Blocks[i].Footer != nil {
			p.Blocks[i].Footer = &models.Footer{Text: text}
		}
	}
}

func described(i models.Image, alt string) *models.Image {
	i.Alt, i.Decorative = alt, alt == ""
	return &i
}

// draw puts three pictures into the collection, as if they had been uploaded.
func (w *blockWorld) draw() (err error) {
	for _, d := range []struct {
		to   *models.Image
		name string
		m    image.Image
	}{{&w.wide, "hills.png", hills(1920, 1080)}, {&w.tall, "hills-tall.png", hills(900, 1200)}, {&w.logo, "logo.png", ring(240)}} {
		if *d.to, err = w.add(d.name, d.m); err != nil {
			return err
		}
	}
	return nil
}

func (w *blockWorld) add(name string, m image.Image) (models.Image, error) {
	var raw bytes.Buffer
	if err := png.Encode(&raw, m); err != nil {
		return models.Image{}, err
	}
	made, err := pictures.Make(raw.Bytes())
	if err != nil {
		return models.Image{}, err
	}
	u := models.Upload{Name: name}
	for _, one := range made {
		sum, _, err := w.files.Put(bytes.NewReader(one.Bytes), int64(len(one.Bytes)))
		if err != nil {
			return models.Image{}, err
		}
		u.Image.Width, u.Image.Height = one.Width, one.Height
		u.Image.Sizes = append(u.Image.Sizes, models.ImageSize{Width: one.Width, Key: sum + "." + one.Ext})
	}
	err = w.store.AddUpload(w.ctx, &u)
	u.Image.FileID = u.ID
	return u.Image, err
}

// hills is a sun over hills, in the colours of no theme.
func hills(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			c := color.RGBA{uint8(235 - 60*fy), uint8(205 - 40*fy), uint8(170 + 20*fy), 255}
			if d := math.Hypot(float64(x)-.68*float64(w), float64(y)-.42*float64(h)); d < .14*float64(h) {
				c = color.RGBA{250, 226, 160, 255}
			}
			for n, ridge := range []float64{.55 + .06*math.Sin(7*fx), .68 + .07*math.Sin(5*fx+2), .82 + .05*math.Sin(9*fx+1)} {
				if fy > ridge {
					c = color.RGBA{uint8(150 - 45*n), uint8(150 - 35*n), uint8(150 - 40*n), 255}
				}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// ring is a mark with nothing behind it.
func ring(size int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			if d := math.Hypot(float64(x-size/2), float64(y-size/2)) / float64(size); d > .3 && d < .48 {
				m.SetNRGBA(x, y, color.NRGBA{243, 179, 41, 255})
			}
		}
	}
	return m
}

func blocks() []Scene {
	out := []Scene{
		{Name: "blocks", Who: Visitor, Open: open(func(s *Stage) string { return "/p/" + AllBlocks(s.Locale) })},
		{Name: "over", Who: Visitor, Open: open(func(s *Stage) string { return "/p/" + OverSlug(s.Locale) })},
		{Name: "media", Who: Owner, Open: at("/admin/media")},
		{Name: "media-choose", Who: Owner, Open: at("/admin/media?for=/admin/campaigns&field=image")},
		{Name: "media-empty", Who: Beginner, Open: at("/admin/media")},
		{Name: "media-errors", Who: Owner, Open: func(s *Stage) {
			s.Open("/admin/media")
			s.Press(".media__add .btn--primary")
		}},
	}
	for _, t := range theme.Ready() {
		out = append(out, Scene{Name: "theme-" + t.Name, Who: Visitor, Open: open(func(s *Stage) string { return "/p/" + themed(t.Name, s.Locale) })})
	}
	return out
}
