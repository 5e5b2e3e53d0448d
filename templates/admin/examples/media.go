package examples

import (
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
)

func (s set) media() []Example {
	p := admin.MediaProps{Shell: s.shell(layout.RoomCampaigns, layout.Crumb{Text: s.loc.T("admin.nav.campaigns"), URL: "/admin/campaigns"}), Action: "/admin/media"}
	empty := p
	p.Pictures = []admin.Picture{
		{Name: s.say("سالن.jpg", "hall.jpg"), Alt: s.say("سالن پر از شنونده", "A hall full of listeners"), Thumb: "/media/a.jpg", URL: "/media/b.jpg", Width: 1920, Height: 1080},
		{Name: long + ".png", Thumb: "/media/c.png", URL: "/media/c.png", Width: 40, Height: 900},
	}
	p.Next = "/admin/media?before=1"
	choose := p
	choose.Back, choose.Previous = "/admin/campaigns/1/page", "/admin/media"
	for i := range choose.Pictures {
		choose.Pictures[i].Choose = "/admin/campaigns/1/page?picture=1&field=image"
	}
	wrong := choose
	wrong.Problem, wrong.Alt = s.loc.T("picture.bad.kind"), hostile
	return []Example{
		{"media", admin.Media(p)},
		{"media-empty", admin.Media(empty)},
		{"media-choose", admin.Media(choose)},
		{"media-errors", admin.Media(wrong)},
	}
}
