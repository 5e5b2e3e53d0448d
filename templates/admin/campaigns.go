package admin

import (
	"net/url"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// CampaignsProps is the list of campaigns.
type CampaignsProps struct {
	Shell    layout.AdminShell
	URL      string // of the list, without a query
	NewURL   string // empty for who may only look
	MediaURL string // the pictures of all pages; likewise
	Filter   CampaignFilter
	KPIs     []KPI
	Counts   map[string]int64 // of all campaigns, by status
	Owners   []ui.Option
	Rows     []CampaignRow
	Previous string // addresses of the neighbouring pages, empty where there is none
	Next     string
}

// CampaignFilter is the query of the list, under the names q, status, owner, language, sort and period. Empty is all that
// is not archived, the last changed first, with the figures of 30 days.
type CampaignFilter struct {
	Query, Status, Owner, Language, Sort, Period string
}

// The orders of the list; the last changed first unless said.
const (
	CampaignsByName = "name"
	CampaignsNewest = "newest"
)

// CampaignSorts and CampaignPeriods are what can be asked for.
var (
	CampaignSorts   = [...]string{"", CampaignsByName, CampaignsNewest}
	CampaignPeriods = [...]string{"7", "", "90", "all"}
)

// KPI is one number of all campaigns, its course, and what it was before.
type KPI struct {
	Key, Icon, Shown string
	Spark            []float64
	Now, Before      float64
	Compared         bool // there is a time before to compare with
}

func (k KPI) tone() ui.Tone {
	if k.Key == "hot" {
		return ui.Hot
	}
	return ui.Plain
}

// CampaignRow is one campaign of the list.
type CampaignRow struct {
	URL, Name, Slug string
	Status          string
	Kind            string // of its offer; empty where none was chosen
	Published       bool   // people may know its address
	Figures         CampaignFigures
	Changed         time.Time
	Next            *NextThing
	Acts            []CampaignAct
}

// CampaignFigures are what a campaign achieved, and its visits by day.
type CampaignFigures struct {
	Visits, Leads, Hot int64
	Spark              []int64
}

func (f CampaignFigures) rate() float64 {
	if f.Visits == 0 {
		return 0
	}
	return min(float64(f.Leads)/float64(f.Visits), 1)
}

// NextThing is what to do first about a campaign: the sentence "campaign.next.<Key>" and where it is done.
type NextThing struct {
	Key  string
	Args []any
	URL  string
}

// CampaignAct is one thing to do with a campaign, "campaign.act.<Key>": a page, or a button that does it.
type CampaignAct struct {
	Key, Icon, URL string
	Post           bool
	Drawn          string // the ID of what it makes, so that a second press makes nothing more
}

// kindIcons stand for what a campaign gives, with the colour of their ground.
var kindIcons = map[string]struct{ icon, ground string }{
	"ebook": {"gift", ""}, "file": {"download", ""}, "coupon": {"tag", "b"}, "trial": {"play", "c"}, "demo": {"eye", "c"},
	"price": {"page", "b"}, "contact": {"phone", "c"}, "webinar": {"calendar", "c"}, "newsletter": {"mail", ""},
	"survey": {"form", ""}, "contest": {"flag", "b"}, "booth": {"qr", "b"}, "": {"page", "d"},
}

func (r CampaignRow) tone() ui.Tone {
	if r.Status == "live" || r.Status == "paused" || r.Status == "scheduled" {
		return ui.Plain
	}
	return ui.Mute
}

// full is the share of visits at which the bars of a page are full: a fifth, or more where a campaign has more.
func (p CampaignsProps) full() float64 {
	top := 0.2
	for _, r := range p.Rows {
		top = max(top, r.Figures.rate())
	}
	return top
}

// narrowed: something was asked for, so that finding nothing does not mean that there is nothing.
func (f CampaignFilter) narrowed() bool {
	return f.Query != "" || f.Status != "" || f.Owner != "" || f.Language != ""
}

// at is the list's address with this filter.
func (f CampaignFilter) at(list string) string {
	q := url.Values{}
	for name, value := range f.values() {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return list
	}
	return list + "?" + q.Encode()
}

func (f CampaignFilter) values() map[string]string {
	return map[string]string{"q": f.Query, "status": f.Status, "owner": f.Owner, "language": f.Language, "sort": f.Sort, "period": f.Period}
}

// CampaignTab is a status with how many campaigns have it.
type CampaignTab struct {
	ui.Tab
	Count int64
}

// tabs are the statuses that there are, each keeping the rest of the filter; all and archived are always there.
func (p CampaignsProps) tabs() []CampaignTab {
	loc := p.Shell.Loc
	tab := func(status, text string, n int64) CampaignTab {
		f := p.Filter
		f.Status = status
		return CampaignTab{ui.Tab{Text: text, URL: f.at(p.URL), Current: p.Filter.Status == status}, n}
	}
	out, all := []CampaignTab{{}}, int64(0)
	for _, s := range [...]string{"live", "scheduled", "paused", "draft", "ended", "archived"} {
		n := p.Counts[s]
		if s != "archived" {
			all += n
		}
		if n > 0 || s == "archived" || p.Filter.Status == s {
			out = append(out, tab(s, loc.T("campaign.status."+s), n))
		}
	}
	out[0] = tab("", loc.T("common.all"), all)
	return out
}

// periods are the times of which figures can be seen.
func (p CampaignsProps) periods() (tabs []ui.Tab) {
	for _, period := range CampaignPeriods {
		f := p.Filter
		f.Period = period
		tabs = append(tabs, ui.Tab{Text: periodName(p.Shell.Loc, period), URL: f.at(p.URL), Current: period == p.Filter.Period})
	}
	return tabs
}

func periodName(loc *i18n.Loc, period string) string {
	switch period {
	case "7":
		return loc.T("campaign.period.days", "n", 7)
	case "90":
		return loc.T("campaign.period.days", "n", 90)
	case "all":
		return loc.T("campaign.period.all")
	}
	return loc.T("campaign.period.days", "n", 30)
}

// before says what a number is compared with.
func (p CampaignsProps) before() string {
	days := map[string]int{"7": 7, "": 30, "90": 90}[p.Filter.Period]
	return p.Shell.Loc.T("campaign.period.before", "n", days)
}

func (p CampaignsProps) owners() ui.ChoiceProps {
	return ui.ChoiceProps{Name: "owner", Chosen: []string{p.Filter.Owner}, Options: p.Owners, Placeholder: p.Shell.Loc.T("campaign.list.any_owner")}
}

func (p CampaignsProps) languages() ui.ChoiceProps {
	return ui.ChoiceProps{Name: "language", Chosen: []string{p.Filter.Language}, Options: Languages(p.Shell.Loc), Placeholder: p.Shell.Loc.T("campaign.list.any_language")}
}

// Languages are those that a campaign can be in, called in the reader's.
func Languages(loc *i18n.Loc) (out []ui.Option) {
	for _, l := range i18n.Locales() {
		out = append(out, ui.Option{Value: string(l), Label: loc.T("language." + string(l))})
	}
	return out
}

func (p CampaignsProps) sorts() ui.ChoiceProps {
	c := ui.ChoiceProps{Name: "sort", Chosen: []string{p.Filter.Sort}}
	for _, s := range CampaignSorts {
		c.Options = append(c.Options, ui.Option{Value: s, Label: sortName(p.Shell.Loc, s)})
	}
	return c
}

func sortName(loc *i18n.Loc, sort string) string {
	if sort == "" {
		sort = "changed"
	}
	return loc.T("campaign.sort." + sort)
}

// empty says why there is nothing to see, and what to do about it.
func (p CampaignsProps) empty() ui.EmptyProps {
	loc := p.Shell.Loc
	switch {
	case p.Filter.Status == "archived" && p.Filter.Query == "":
		return ui.EmptyProps{Icon: "inbox", Text: loc.T("campaign.list.none_archived")}
	case p.Filter.narrowed():
		f := CampaignFilter{Sort: p.Filter.Sort, Period: p.Filter.Period}
		return ui.EmptyProps{Icon: "search", Text: loc.T("campaign.list.nothing_found"), Button: loc.T("campaign.list.clear"), URL: f.at(p.URL)}
	}
	return ui.EmptyProps{Icon: "flag", Text: loc.T("campaign.list.none"), Button: loc.T("campaign.new"), URL: p.NewURL}
}
