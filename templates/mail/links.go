package mail

import (
	"net/url"
	"strings"
)

// web is a web address as it may be linked to, or empty.
func web(s string) string {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || strings.ContainsFunc(s, unlinkable) {
		return ""
	}
	return s
}

// Linkable tells an address that a mail may link to.
func Linkable(s string) bool { return web(s) != "" }

// unlinkable characters stand in no address; percent-encoded they do no harm.
func unlinkable(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"<>\^{|}`+"`", r) }

// page is where somebody asked, without its query: as a link, and as people read it. What is no web address, such
// as the page of an app, gives two empty texts.
func page(s string) (link, shown string) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return "", ""
	}
	if link = web(u.Scheme + "://" + u.Host + u.EscapedPath()); link == "" {
		return "", ""
	}
	return link, cut(strings.TrimSuffix(u.Host+u.EscapedPath(), "/"), maxLine)
}

// tel and whatsapp are made of a number's digits alone (RFC 3966; wa.me takes no plus).
func tel(e164 string) string {
	if d := digits(e164); d != "" {
		return "tel:+" + d
	}
	return ""
}

func whatsapp(e164 string) string {
	if d := digits(e164); d != "" {
		return "https://wa.me/" + d
	}
	return ""
}

// digits of an E.164 number, empty for anything else.
func digits(e164 string) string {
	d, ok := strings.CutPrefix(e164, "+")
	if !ok || len(d) < 7 || len(d) > 15 || strings.Trim(d, "0123456789") != "" {
		return ""
	}
	return d
}

// mailto opens a mail with its subject written (RFC 6068). The address is percent-encoded: it can name no second
// recipient and no header.
func mailto(address, subject string) string {
	local, domain, ok := strings.Cut(address, "@")
	if !ok || local == "" || domain == "" || strings.Contains(domain, "@") || line(address, maxAddress) != address {
		return ""
	}
	link := "mailto:" + percent(local) + "@" + percent(domain)
	if subject != "" {
		link += "?subject=" + percent(subject)
	}
	return link
}

func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// ours tells whether addresses that we made are web addresses; an empty one is no matter.
func ours(addresses ...string) bool {
	for _, a := range addresses {
		if a != "" && web(a) == "" {
			return false
		}
	}
	return true
}
