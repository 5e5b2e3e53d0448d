package models

import (
	"net/url"
	"regexp"
	"strings"
)

// PageLink tells whether an address may stand on a page: https, http, mailto, tel, a place on the page, or a page of
// ours. Anything else could run in the visitor's browser.
func PageLink(address string) bool {
	if len(address) > MaxURL || strings.ContainsAny(address, " \t\r\n\"<>\\") {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "https", "http":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	case "":
		return u.Host == "" && (strings.HasPrefix(address, "/") || len(address) > 1 && address[0] == '#')
	}
	return false
}

// markdownLink finds the addresses of a Markdown text: in round brackets after square ones, in angle brackets, and after
// the name of a reference.
var markdownLink = regexp.MustCompile(`\]\(\s*<?([^)\s>]*)|<([a-zA-Z][a-zA-Z0-9+.-]*:[^>\s]*)>|(?m)^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)`)

// markdownLinks are the addresses that a Markdown text leads to.
func markdownLinks(text string) (out []string) {
	for _, m := range markdownLink.FindAllStringSubmatch(text, -1) {
		if address := m[1] + m[2] + m[3]; address != "" {
			out = append(out, address)
		}
	}
	return out
}

// VideoPage tells whether an address is a film's page at YouTube or Aparat.
func VideoPage(address string) bool {
	_, ok := FilmOf(address)
	return ok && len(address) <= MaxURL
}
