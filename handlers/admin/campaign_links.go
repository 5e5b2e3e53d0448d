package admin

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/reach"
	"sarnakh/templates/admin"
)

// maxLinks is how many links are asked for at once.
const maxLinks = 30

// What can be said of a link without asking for it, beside what package reach says.
const (
	linkPlain reach.State = "plain" // http: what is sent there can be read on the way
	linkOurs  reach.State = "ours"  // below our own /p/, and there is no such campaign
)

// A linkPlace is where a link stands: a part of the page, or a step.
type linkPlace struct{ name, url string }

// A linkCheck is where the links of a campaign lead.
type linkCheck struct {
	links  []string // in the order in which they were found, each once
	places map[string][]linkPlace
	state  map[string]reach.Result
	left   int // for the next time
}

// checkLinks finds and asks for all links of a campaign.
func (h *Handlers) checkLinks(ctx context.Context, m *campaignMails) *linkCheck {
	k := &linkCheck{places: map[string][]linkPlace{}, state: map[string]reach.Result{}}
	for i := range m.sequences {
		q := &m.sequences[i]
		for j := range q.Draft.Steps {
			s := &q.Draft.Steps[j]
			for _, target := range nurture.Targets(s) {
				k.add(target, linkPlace{s.Subject, sequenceURL(q.ID) + "/steps/" + s.Key})
			}
		}
	}
	for _, t := range campaigns.Texts(m.doc) {
		if strings.HasPrefix(t.At, partPage) { // the offer's may be secrets, and each of them be called once
			for _, target := range addressesIn(t.Text) {
				k.add(target, linkPlace{"", campaignURL(m.campaign.ID) + t.At})
			}
		}
	}
	var ask []string
	for _, link := range k.links {
		if state, known := h.knownLink(link, m.campaign.Slug); known {
			k.state[link] = reach.Result{State: state}
		} else if len(ask) < maxLinks {
			ask = append(ask, link)
		} else {
			k.left++
		}
	}
	for i, r := range h.Reach.Check(ctx, ask) {
		k.state[ask[i]] = r
	}
	return k
}

func (k *linkCheck) add(target string, at linkPlace) {
	link, ok := wholeLink(target)
	if !ok {
		return
	}
	if k.places[link] == nil {
		k.links = append(k.links, link)
	}
	if !slices.Contains(k.places[link], at) {
		k.places[link] = append(k.places[link], at)
	}
}

// wholeLink is an address of the web as it is asked for; a field, which becomes one only in the mail, is none.
func wholeLink(target string) (string, bool) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", false
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), true
}

var (
	anAddress = regexp.MustCompile(`https?://[^\s<>"«»\\]+`)
	ourPage   = regexp.MustCompile(`^/p/([a-z0-9-]+)/?(?:[?#]|$)`)
)

// addressesIn are the addresses in a text, without what ends the sentence or the bracket that they stand in.
func addressesIn(text string) []string {
	found := anAddress.FindAllString(text, -1)
	for i, a := range found {
		a = strings.TrimRight(a, `.,;:!?'"*_،؛؟…`)
		if cut := strings.IndexByte(a, ')'); cut >= 0 && strings.Count(a, "(") < strings.Count(a, ")") {
			a = a[:cut]
		}
		found[i] = a
	}
	return found
}

// knownLink is what can be said of a link without asking for it: of our own pages, and of what is not encrypted.
func (h *Handlers) knownLink(link, slug string) (reach.State, bool) {
	if path, ours := strings.CutPrefix(link, h.Site.BaseURL); ours && (path == "" || path[0] == '/') {
		m := ourPage.FindStringSubmatch(path)
		if m == nil || m[1] == slug || h.knownPage(m[1]) {
			return reach.Answers, true
		}
		return linkOurs, true
	}
	return linkPlain, !strings.HasPrefix(link, "https://")
}

// bad says in a sentence what is wrong with a link, empty for nothing.
func (k *linkCheck) bad(loc *i18n.Loc, link string) string {
	switch r := k.state[link]; r.State {
	case "", reach.Answers:
		return ""
	case reach.Failing, reach.Gone, reach.Unclear:
		return loc.T("campaign_emails.link."+string(r.State), "status", loc.Int(int64(r.Status)))
	default:
		return loc.T("campaign_emails.link." + string(r.State))
	}
}

// of are the links of a step that are wrong.
func (k *linkCheck) of(loc *i18n.Loc, s *models.Step) (out []admin.BadLink) {
	for _, target := range nurture.Targets(s) {
		link, ok := wholeLink(target)
		if said := k.bad(loc, link); ok && said != "" && !slices.ContainsFunc(out, func(b admin.BadLink) bool { return b.Link == link }) {
			out = append(out, admin.BadLink{Link: link, Said: said})
		}
	}
	return out
}

// said is the whole check, those that are wrong first by where they stand.
func (k *linkCheck) said(loc *i18n.Loc, campaign *models.Campaign) *admin.LinksChecked {
	out := &admin.LinksChecked{N: len(k.links) - k.left, Left: k.left}
	for _, link := range k.links {
		said := k.bad(loc, link)
		if said == "" {
			continue
		}
		bad := admin.BadLink{Link: link, Said: said}
		for _, p := range k.places[link] {
			name := p.name
			if strings.HasPrefix(p.url, campaignURL(campaign.ID)) {
				name = loc.T("campaign_emails.on_page")
			}
			bad.Places = append(bad.Places, admin.LinkPlace{Name: stepName(loc, name), URL: p.url})
		}
		out.Bad = append(out.Bad, bad)
	}
	return out
}
