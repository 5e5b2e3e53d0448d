package leads

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"sarnakh/i18n"
	"sarnakh/models"
)

// maxTag is how much of one utm word is kept.
const maxTag = 60

var searchHosts = []string{"google.", "bing.com", "duckduckgo.com", "yahoo.", "yandex.", "zarebin.ir", "gerdoo.me", "parsijoo.ir", "ecosia.org", "baidu.com"}

var socialHosts = []string{"instagram.com", "linkedin.com", "lnkd.in", "t.me", "telegram.", "twitter.com", "x.com", "t.co", "facebook.com",
	"youtube.com", "aparat.com", "whatsapp.com", "wa.me", "eitaa.com", "ble.ir", "rubika.ir", "virasty.com", "pinterest.", "reddit.com", "threads.net"}

// clickIDs are the words by which advertisers name a paid click.
var clickIDs = []string{"gclid", "wbraid", "gbraid", "fbclid", "msclkid", "ttclid", "li_fat_id", "yclid"}

// Attribute reads where a visit came from: its address and the Referer header (C7). Our own pages are no
// referrer.
func Attribute(query url.Values, referer, ownHost string) models.Attribution {
	a := models.Attribution{
		Source:   tag(query.Get("utm_source")),
		Medium:   strings.ToLower(tag(query.Get("utm_medium"))),
		Campaign: tag(query.Get("utm_campaign")),
		Term:     tag(query.Get("utm_term")),
		Content:  tag(query.Get("utm_content")),
	}
	for _, name := range clickIDs {
		if v := query.Get(name); v != "" && len(v) <= 200 {
			a.ClickID = name + ":" + tagN(v, 200)
			break
		}
	}
	if u, err := url.Parse(referer); err == nil && u.Host != "" && !strings.EqualFold(u.Host, ownHost) {
		a.Referrer = tag(strings.ToLower(strings.TrimPrefix(u.Hostname(), "www.")))
	}
	a.Channel = channel(a)
	if a.Source == "" {
		a.Source = a.Referrer
	}
	return a
}

// AttributeEmbed reads where a visit of a form on another site came from: that site is its source, unless its address
// names one.
func AttributeEmbed(query url.Values, referer, ownHost string) models.Attribution {
	a := Attribute(query, referer, ownHost)
	a.Channel = models.ChannelEmbed
	return a
}

// BoothSource is where visitors of a booth came from, unless its address says more.
const BoothSource = "kiosk"

// AttributeBooth reads where a visit at a booth came from, which its address may name.
func AttributeBooth(query url.Values) models.Attribution {
	a := Attribute(query, "", "")
	a.Channel, a.Source = models.ChannelEvent, cmp.Or(a.Source, BoothSource)
	return a
}

func tag(s string) string { return tagN(s, maxTag) }

func tagN(s string, n int) string {
	s = i18n.FoldText(s)
	if r := []rune(s); len(r) > n {
		s = string(r[:n])
	}
	return s
}

// channelOf turns the usual media words into channels.
var channelOf = map[string]models.Channel{
	"cpc": models.ChannelPaid, "ppc": models.ChannelPaid, "paid": models.ChannelPaid, "display": models.ChannelPaid,
	"banner": models.ChannelPaid, "paid_social": models.ChannelPaid, "paidsocial": models.ChannelPaid,
	"social": models.ChannelSocial, "story": models.ChannelSocial, "post": models.ChannelSocial, "bio": models.ChannelSocial,
	"email": models.ChannelEmail, "newsletter": models.ChannelEmail,
	"sms": models.ChannelSMS, "organic": models.ChannelSearch, "referral": models.ChannelReferral,
	"qr": models.ChannelEvent, "event": models.ChannelEvent, "kiosk": models.ChannelEvent, "booth": models.ChannelEvent,
	"outbound": models.ChannelOutbound, "embed": models.ChannelEmbed,
}

func channel(a models.Attribution) models.Channel {
	if c, ok := channelOf[a.Medium]; ok {
		return c
	}
	switch {
	case a.ClickID != "" && !strings.HasPrefix(a.ClickID, "fbclid:"): // Facebook adds its own to every link
		return models.ChannelPaid
	case from(a.Referrer, searchHosts):
		return models.ChannelSearch
	case from(a.Referrer, socialHosts):
		return models.ChannelSocial
	case a.Referrer != "":
		return models.ChannelReferral
	case a.Source != "":
		return models.ChannelReferral
	}
	return models.ChannelDirect
}

func from(host string, known []string) bool {
	return host != "" && slices.ContainsFunc(known, func(k string) bool {
		k = strings.TrimSuffix(k, ".")
		return host == k || strings.HasSuffix(host, "."+k) || strings.HasPrefix(host, k+".") || strings.Contains(host, "."+k+".")
	})
}
