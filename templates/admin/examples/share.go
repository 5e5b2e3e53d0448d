package examples

import (
	"time"

	"sarnakh/templates/admin"
	"sarnakh/templates/ui"
)

func (s set) share() []Example {
	p := admin.ShareProps{Live: true, Page: "https://leads.example.org/p/follow-ups", Source: "instagram", Link: "https://leads.example.org/p/follow-ups?utm_source=instagram",
		QR: "/p/follow-ups/qr.svg?src=instagram", QRPicture: "/p/follow-ups/qr.png?src=instagram", Kiosk: "https://leads.example.org/p/follow-ups/kiosk",
		Frame: `<iframe src="https://leads.example.org/p/follow-ups/embed"></iframe>`, Plain: "<form>\n</form>", Action: "/admin/campaigns/1x/share", Base: "ab", Origins: "https://shop.example"}
	p.Shell, p.Head = s.part("")
	draft := p
	draft.Live, draft.Source, draft.Origins = false, "", ""
	wrong := p
	wrong.Source, wrong.Link, wrong.SourceProblem, wrong.Origins = hostile, "", s.loc.T("share.bad_source"), long
	wrong.Problems = []ui.Problem{{Target: "f-origins", Text: s.loc.T("share.many_origins", "n", 20)}}
	late := p
	late.Theirs = []admin.Fact{{Label: s.loc.T("share.origins"), Text: "https://theirs.example"}}
	return []Example{{"share", admin.Share(p)}, {"share-draft", admin.Share(draft)}, {"share-wrong", admin.Share(wrong)}, {"share-conflict", admin.Share(late)},
		{"submissions", admin.Submissions(s.submissions())}, {"submissions-none", admin.Submissions(s.noSubmissions())}}
}

func (s set) noSubmissions() admin.SubmissionsProps {
	p := admin.SubmissionsProps{ShareURL: "/admin/campaigns/1x/share"}
	p.Shell, p.Head = s.part("leads")
	return p
}

func (s set) submissions() admin.SubmissionsProps {
	p := s.noSubmissions()
	p.ExportURL, p.Previous, p.Next = "/admin/campaigns/1x/leads/export.csv", "/admin/campaigns/1x/leads", "/admin/campaigns/1x/leads?before=2"
	asked := admin.Fact{Label: s.say("اندازهٔ شرکت", "Size of your company"), Text: s.say("۵۱ تا ۲۰۰ نفر", "51 to 200 people")}
	p.Rows = []admin.SubmissionRow{
		{Name: s.say("نرگس مهرآیین", "Nora Hale"), Email: "nora@example.com", URL: "/admin/leads/1x", Known: true, Score: 78, Temperature: "hot", Source: "instagram", At: s.ago(2 * time.Hour),
			Answers: []admin.Fact{asked, {Label: hostile, Text: long}}},
		{Phone: "+989123456789", URL: "/admin/leads/2x", Known: true, Score: 4, Temperature: "cold", At: s.ago(3 * day)},
		{At: s.ago(40 * day), Answers: []admin.Fact{asked}},
	}
	return p
}
