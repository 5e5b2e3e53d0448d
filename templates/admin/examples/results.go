package examples

import (
	"math"
	"time"

	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

func (s set) results() []Example {
	full := s.resultsPage()
	analyst := full
	few := *full.Figures
	few.People, few.Worst = nil, ""
	analyst.Figures, analyst.Head.ShareURL, analyst.Head.PreviewURL = &few, "", ""

	plain := full
	odd := *full.Figures
	odd.Steps = []admin.ResultsStep{step("visited", 12, 1, 0, .6), step("started", 4, 1./3, 2./3, .2), step("submitted", 20, math.NaN(), 0, 1), step("hot", 0, 0, 0, 0)}
	odd.Unseen, odd.Worst = true, ""
	odd.Series = admin.ResultsSeries{First: s.ago(6 * day), Now: []int64{0, 0, 1, 0, 0, 0, 1}}
	odd.Sources = []admin.ResultsSource{source("اینستا گرام_۲", 2, math.NaN()), source("very-long-word-that-somebody-put-into-a-link", 1, .003)}
	plain.Figures, plain.Goal = &odd, &admin.ResultsGoal{Leads: 900, Goal: 300, Until: s.ago(3 * day), Ended: true}

	quiet := full
	nothing := *full.Figures
	nothing.Steps = []admin.ResultsStep{step("visited", 0, math.NaN(), 0, 0), step("hot", 0, math.NaN(), 0, 0)}
	nothing.Worst, nothing.Sources, nothing.People = "", nil, &admin.ResultsPeople{}
	nothing.Series = admin.ResultsSeries{First: s.ago(2 * day), Now: make([]int64, 3), Before: []int64{0, 2, 1}}
	nothing.Spread = &admin.ResultsSpread{Bars: make([]ui.Pillar, 10)}
	for i := range nothing.Spread.Bars {
		nothing.Spread.Bars[i].Tone = "cold"
	}
	nothing.Period.Days, nothing.Period.First, nothing.Period.From, nothing.Period.To = 0, s.ago(2*day), "x", ""
	nothing.Period.Problems = []ui.Problem{{Target: "f-from", Text: s.loc.T("results.period.ahead")}}
	quiet.Figures, quiet.Goal = &nothing, nil

	empty := s.resultsFrame("live")
	empty.Empty = &admin.ResultsEmpty{Address: "https://leads.example.org/p/follow-ups", QR: "/p/follow-ups/qr.svg"}
	closed := s.resultsFrame("ended")
	closed.Empty, closed.Head.Address = &admin.ResultsEmpty{}, ""

	draft := s.resultsFrame("draft")
	draft.Draft = &admin.ResultsDraft{PublishURL: "/admin/campaigns/1/publish", Checks: []admin.CheckLine{
		{Text: s.say("نشانی حریم خصوصی ندارد.", "There is no privacy notice."), URL: "/admin/campaigns/1/form", Stops: true},
		{Text: s.say("عکس بالای صفحه متن جایگزین ندارد.", "The picture at the top has no words for those who do not see it."), URL: "/admin/campaigns/1/page", Stops: true},
		{Text: s.say("توضیح صفحه خالی است.", "The page has no description."), URL: "/admin/campaigns/1/page"},
	}}
	ready := s.resultsFrame("draft")
	ready.Draft = &admin.ResultsDraft{PublishURL: "/admin/campaigns/1/publish"}
	planned := s.resultsFrame("scheduled")
	planned.Draft = &admin.ResultsDraft{Planned: s.now.Add(2 * day)}
	return []Example{
		{"results", admin.Results(full)}, {"results-analyst", admin.Results(analyst)}, {"results-odd", admin.Results(plain)}, {"results-quiet", admin.Results(quiet)},
		{"results-empty", admin.Results(empty)}, {"results-closed", admin.Results(closed)}, {"results-draft", admin.Results(draft)},
		{"results-ready", admin.Results(ready)}, {"results-planned", admin.Results(planned)},
	}
}

// resultsFrame is the campaign of design/dashboard.
func (s set) resultsFrame(status string) admin.ResultsProps {
	name := s.say("۲۷ پیام پیگیری", "27 follow-ups")
	tabs := []ui.Tab{{Text: s.loc.T("campaign.tab.results"), URL: "/admin/campaigns/1", Current: true}}
	for _, part := range []string{"leads", "page", "form", "offer", "emails", "settings"} {
		tabs = append(tabs, ui.Tab{Text: s.loc.T("campaign.tab." + part), URL: "/admin/campaigns/1/" + part})
	}
	return admin.ResultsProps{
		Shell: s.shell(layout.RoomCampaigns, layout.Crumb{Text: s.loc.T("admin.nav.campaigns"), URL: "/admin/campaigns"}),
		Head: admin.CampaignHead{Name: name, Status: status, Address: "https://leads.example.org/p/follow-ups", Tabs: tabs,
			ShareURL: "/admin/campaigns/1/share", PreviewURL: "/admin/campaigns/1/preview"},
	}
}

func (s set) resultsPage() admin.ResultsProps {
	p := s.resultsFrame("live")
	first := time.Date(2026, 10, 23, 0, 0, 0, 0, time.UTC)
	p.Next = &admin.NextThing{Key: "codes", Args: []any{"n", 4}, URL: "/admin/campaigns/1/offer"}
	p.Goal = &admin.ResultsGoal{Leads: 1310, Goal: 2000, Until: s.now.Add(9 * day), Left: 9}
	p.Figures = &admin.ResultsFigures{
		Period: admin.ResultsPeriod{URL: "/admin/campaigns/1", Days: 30, Choices: []int{7, 30, 90}, First: first, Last: first.AddDate(0, 0, 29),
			From: s.loc.FormDay(first), To: s.loc.FormDay(first.AddDate(0, 0, 29))},
		Worst: "started",
		Steps: []admin.ResultsStep{step("visited", 8240, 1, 0, 1), step("started", 2910, .353, .647, .353), step("submitted", 1310, .159, .55, .159), step("confirmed", 1046, .127, .202, .127), step("hot", 96, .012, .073, .012)},
		Series: admin.ResultsSeries{First: first,
			Now:    []int64{28, 31, 21, 35, 38, 30, 22, 34, 41, 39, 44, 47, 36, 29, 42, 48, 52, 49, 55, 46, 33, 50, 58, 61, 57, 64, 52, 40, 60, 68},
			Before: []int64{24, 26, 25, 29, 31, 27, 20, 27, 33, 32, 35, 36, 30, 24, 31, 36, 38, 37, 41, 36, 28, 37, 42, 44, 43, 46, 40, 32, 44, 48}},
		Sources: []admin.ResultsSource{source("instagram", 412, .141), source("google_search", 318, .194), source("sms", 244, .172), source("telegram", 196, .113), source("direct", 101, .218), source("partner.example", 32, .098), source("", 7, math.NaN())},
		Spread:  &admin.ResultsSpread{Forms: 2000},
		People:  &admin.ResultsPeople{URL: "/admin/campaigns/1/leads"},
	}
	for i, n := range []int64{77, 148, 236, 281, 214, 162, 96, 52, 30, 14} {
		tone := []string{"cold", "cold", "cold", "cold", "warm", "warm", "warm", "hot", "hot", "hot"}[i]
		p.Figures.Spread.Bars = append(p.Figures.Spread.Bars, ui.Pillar{Value: n, Tone: tone})
	}
	for i, name := range []string{s.say("نرگس مهرآیین", "Nora Hale"), s.say("کاوه رستگار", "Karl Brandt"), "", s.say("سهراب سپهری‌نژاد", "Sherin Alvandi")} {
		p.Figures.People.Rows = append(p.Figures.People.Rows, admin.ResultsPerson{URL: "/admin/leads/1", Name: name, Email: "someone@firm.example",
			Temperature: []string{"hot", "warm", "cold", "cold"}[i], Score: 86 - 23*i, At: s.ago(time.Duration(1+i*i*200) * 4 * time.Minute)})
	}
	return p
}

func step(stage string, count int64, ofVisits, lost, height float64) admin.ResultsStep {
	return admin.ResultsStep{Stage: stage, Count: count, OfVisits: ofVisits, Lost: lost, Height: height}
}

func source(name string, leads int64, rate float64) admin.ResultsSource {
	return admin.ResultsSource{Name: name, Leads: leads, Rate: rate}
}
