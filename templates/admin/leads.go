package admin

import (
	"net/url"
	"time"

	"sarnakh/i18n"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

// LeadsProps is the list of leads.
type LeadsProps struct {
	Shell     layout.AdminShell
	URL       string // of the list, without a query
	Filter    LeadFilter
	Rows      []LeadRow
	Previous  string // addresses of the neighbouring pages, empty where there is none
	Next      string
	ExportURL string // CSV of what the filter finds; empty without leave to export
	PublicURL string // where leads come from, offered while there are none
}

// LeadFilter is the query of the list, under the names q, stage, temperature and sort. Empty is everything.
type LeadFilter struct {
	Query       string
	Stage       string
	Temperature string
	Sort        string
}

// The orders of the list; the newest first unless said.
const (
	SortNewest = ""
	SortScore  = "score"
	SortActive = "active"
)

var (
	leadStages       = [...]string{"lead", "mql", "sql", "prospect", "opportunity", "customer"}
	leadTemperatures = [...]string{"hot", "warm", "cold"}
)

// LeadRow is one lead of the list.
type LeadRow struct {
	URL          string
	Name         string
	Email        string
	Phone        string // as people write it
	Company      string
	Temperature  string
	Stage        string
	Disqualified bool
	Score        int // as shown: 0 to 100
	Campaign     string
	Source       string
	LastAct      time.Time
}

func (r LeadRow) called() string { return called(r.Name, r.Email, r.Phone) }

func (r LeadRow) tone() ui.BarTone {
	if r.Temperature == "hot" {
		return ui.BarHot
	}
	return ""
}

// narrowed: something was asked for, so that finding nothing does not mean that there is nothing.
func (f LeadFilter) narrowed() bool { return f.Query != "" || f.Stage != "" || f.Temperature != "" }

// at is the list's address with this filter.
func (f LeadFilter) at(list string) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Query, "stage": f.Stage, "temperature": f.Temperature, "sort": f.Sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return list
	}
	return list + "?" + q.Encode()
}

// tabs are the temperatures, each keeping the rest of the filter.
func (p LeadsProps) tabs() []ui.Tab {
	tab := func(temperature, text string) ui.Tab {
		f := p.Filter
		f.Temperature = temperature
		return ui.Tab{Text: text, URL: f.at(p.URL), Current: p.Filter.Temperature == temperature}
	}
	tabs := []ui.Tab{tab("", p.Shell.Loc.T("common.all"))}
	for _, t := range leadTemperatures {
		tabs = append(tabs, tab(t, p.Shell.Loc.T("temperature."+t)))
	}
	return tabs
}

func (p LeadsProps) stages() ui.ChoiceProps {
	c := ui.ChoiceProps{Name: "stage", Chosen: []string{p.Filter.Stage}, Placeholder: p.Shell.Loc.T("admin.leads.any_stage")}
	for _, s := range leadStages {
		c.Options = append(c.Options, ui.Option{Value: s, Label: p.Shell.Loc.T("stage." + s)})
	}
	return c
}

func (p LeadsProps) sorts() ui.ChoiceProps {
	loc := p.Shell.Loc
	return ui.ChoiceProps{Name: "sort", Chosen: []string{p.Filter.Sort}, Options: []ui.Option{
		{Value: SortNewest, Label: loc.T("admin.leads.sort.newest")},
		{Value: SortScore, Label: loc.T("admin.leads.sort.score")},
		{Value: SortActive, Label: loc.T("admin.leads.sort.active")},
	}}
}

// empty says why there is nothing to see, and what to do about it.
func (p LeadsProps) empty() ui.EmptyProps {
	loc := p.Shell.Loc
	if p.Filter.narrowed() {
		f := LeadFilter{Sort: p.Filter.Sort}
		return ui.EmptyProps{Icon: "search", Text: loc.T("admin.leads.nothing_found"), Button: loc.T("admin.leads.clear"), URL: f.at(p.URL)}
	}
	return ui.EmptyProps{Icon: "users", Text: loc.T("admin.leads.none"), Button: loc.T("admin.leads.open_public"), URL: p.PublicURL}
}

// initials are of the name; an address has one letter.
func initials(loc *i18n.Loc, name, email string) string {
	if name == "" {
		return ui.Initial(email)
	}
	return ui.Initials(loc.Locale(), name)
}
