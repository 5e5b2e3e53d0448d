package reports

import (
	"cmp"
	"slices"
	"strings"

	"sarnakh/models"
)

// A Source is a place where visitors came from.
type Source struct {
	// Name is one of the messages "results.source.…" or "admin.channel.…", else the word as it was counted; empty for all
	// others together.
	Name         string
	Views, Leads int64
	// Rate is the share of visits that became leads; NaN where the visits can't have been all.
	Rate float64
}

// SourcesOf are the sources that brought most leads, and the others together. Total is what all sources have in sum.
func SourcesOf(rows []models.CampaignDay, total models.CampaignDay, most int) []Source {
	at := map[string]int{}
	var all []Source
	for i := range rows {
		name := SourceName(rows[i].Source)
		j, known := at[name]
		if !known {
			j = len(all)
			at[name], all = j, append(all, Source{Name: name})
		}
		all[j].Views += rows[i].Views
		all[j].Leads += rows[i].Leads
	}
	all = slices.DeleteFunc(all, func(s Source) bool { return s.Views == 0 && s.Leads == 0 })
	slices.SortFunc(all, func(a, b Source) int {
		return cmp.Or(cmp.Compare(b.Leads, a.Leads), cmp.Compare(b.Views, a.Views), cmp.Compare(a.Name, b.Name))
	})
	all = all[:min(len(all), most)]
	rest := Source{Views: total.Views, Leads: total.Leads}
	for _, s := range all {
		rest.Views -= s.Views
		rest.Leads -= s.Leads
	}
	if rest.Views > 0 || rest.Leads > 0 {
		all = append(all, rest)
	}
	for i := range all {
		all[i].Rate = share(all[i].Leads, all[i].Views)
	}
	return all
}

// sourceNames are one name for the several words and hosts by which a place is counted.
var sourceNames = map[string]string{
	"ig": "instagram", "instagram.com": "instagram",
	"tg": "telegram", "t.me": "telegram", "telegram.me": "telegram", "telegram.org": "telegram",
	"twitter": "x", "x.com": "x", "twitter.com": "x", "t.co": "x",
	"fb": "facebook", "facebook.com": "facebook",
	"linkedin.com": "linkedin", "lnkd.in": "linkedin",
	"youtube.com": "youtube", "youtu.be": "youtube",
	"whatsapp.com": "whatsapp", "wa.me": "whatsapp",
	"aparat.com": "aparat", "eitaa.com": "eitaa", "ble.ir": "bale", "rubika.ir": "rubika",
	"bing.com": "bing", "duckduckgo.com": "duckduckgo", "yahoo.com": "yahoo", "zarebin.ir": "zarebin",
}

// SourceName is the one name of a source that is counted under several: a host below that of a known place is this
// place. What is not known stays as it is.
func SourceName(source string) string {
	if source == "" { // as direct visits were counted once
		return "direct"
	}
	for host := source; host != ""; {
		if name, ok := sourceNames[host]; ok {
			return name
		}
		if strings.HasPrefix(host, "google.") {
			return "google_search"
		}
		if strings.HasPrefix(host, "yandex.") {
			return "yandex"
		}
		_, parent, _ := strings.Cut(host, ".")
		host = parent
	}
	return source
}
