package examples

import (
	"strings"
	"time"

	"sarnakh/markdown"
	"sarnakh/templates/layout"
	"sarnakh/templates/public"
)

// blocks is a page of everything that is not on the first one, under the owner's mark and last words; and the page that
// stands where a campaign was.
func (s set) blocks(now time.Time) []Example {
	p := public.LandingProps{Head: s.head, Blocks: []public.Block{
		s.pictured(), s.form(),
		public.Countdown{Heading: s.say("تا پایان ثبت‌نام", "Until registration closes"), Until: now.AddDate(0, 0, 9), Zone: s.say("تهران", "Tehran"), After: s.say("ثبت‌نام تمام شد.", "Registration has closed.")},
		public.Countdown{Heading: "never shown", Over: true},
		public.Countdown{Heading: "never shown", Over: true, After: s.say("تخفیف بهار تمام شد.", "The spring discount is over.")},
		s.gallery(), public.Gallery{Heading: "never shown"}, s.prose(), s.video(true), s.video(false), s.cta(),
	}}
	p.Head.Site.Brand.Logo = &layout.Logo{URL: "/media/logo.png", Width: 384, Height: 120}
	p.Head.Site.Note = s.say("آموزشگاه آوند\n\nتهران، خیابان آزادی", "Avand Academy\n\nAzadi Street, Tehran")
	p.Head.Image = layout.SharedImage{URL: "https://avand.example/media/a.jpg", Alt: s.say("سالن", "The hall"), Width: 1280, Height: 720, Large: true}
	over := public.OverProps{
		Head: s.small(), Heading: s.say("ثبت‌نام تمام شد", "Registration has closed"), Text: s.say("ممنونیم.\nدورهٔ بعدی در بهار.", "Thank you.\nThe next one is in spring."),
		Onward: public.Link{Text: s.say("دوره‌های دیگر", "Other courses"), URL: "https://avand.example/courses"},
	}
	tall := p
	tall.Blocks = []public.Block{s.portrait(), s.form()}
	return []Example{
		{"landing-blocks", public.Landing(p)},
		{"landing-portrait", public.Landing(tall)},
		{"over", public.Over(over)},
		{"over-ours", public.Over(public.OverProps{Head: s.small()})},
	}
}

func (s set) image(alt string, w, h int) public.Image {
	return public.Image{URL: "/media/b.jpg", Set: "/media/a.jpg 640w, /media/b.jpg 1280w", Alt: alt, Width: w, Height: h}
}

func (s set) pictured() public.Hero {
	h, i := s.hero(), s.image(s.say("سالن پر از شنونده", "A hall full of listeners"), 1280, 720)
	h.Image, h.Rating = &i, nil
	return h
}

func (s set) portrait() public.Hero {
	h, i := s.hero(), s.image(s.say("نویسنده", "The author"), 640, 800)
	h.Image = &i
	return h
}

func (s set) gallery() public.Gallery {
	return public.Gallery{Heading: s.say("از دوره‌های پیش", "From earlier courses"), Text: s.say("سه روز کنار هم.", "Three days together."), Pictures: []public.GalleryPicture{
		{Image: s.image(s.say("روز نخست", "The first day"), 1280, 720), Caption: s.say("پیش از ناهار", "Before lunch")},
		{Image: s.image("", 640, 800)},
	}}
}

func (s set) prose() public.Prose {
	text := s.say("سه روز، هر روز **چهار ساعت**.\nبا *تمرین* و `برگه`.\n\n## چه می‌آموزید\n\n- پیگیری\n- پایان محترمانه\n\n> بهترین پیگیری چیزی تازه دارد.\n\n---\n\n[راهنما](https://avand.example/guide)",
		"Three days of **four hours**.\nWith *exercises* and `sheets`.\n\n## What you learn\n\n- To follow up\n- To end well\n\n> The best follow-up brings something new.\n\n---\n\n[The guide](https://avand.example/guide)")
	return public.Prose{Heading: s.say("برنامه", "The programme"), Text: markdown.Read(text, func(address string) bool { return strings.HasPrefix(address, "https://") })}
}

func (s set) video(covered bool) public.Video {
	v := public.Video{Page: "https://www.aparat.com/v/aB3xYz9", Embed: "https://www.aparat.com/video/video/embed/videohash/aB3xYz9/vt/frame", Site: "aparat"}
	if covered {
		i := s.image("", 1280, 720)
		v.Cover, v.Heading, v.Caption = &i, s.say("در دو دقیقه ببینید", "See it in two minutes"), s.say("از زبان برگزارکننده‌ها", "In the words of those who hold it")
	}
	return v
}
