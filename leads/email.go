package leads

import (
	_ "embed"
	"net/mail"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

//go:embed freemail.txt
var freeMailText string

//go:embed disposable.txt
var disposableText string

var freeMail, disposable = lines(freeMailText), lines(disposableText)

func lines(text string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			set[line] = true
		}
	}
	return set
}

// Mailbox checks an address as typed and returns it with its canonical key: lower case, and the domain in
// its ASCII form. Local parts are not made the same by any provider's habits: only their owner knows that.
func Mailbox(typed string) (address, key string, ok bool) {
	typed = strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Address != typed || len(typed) > 254 { // RFC 5321 4.5.3.1
		return "", "", false
	}
	local, domain, found := strings.Cut(typed, "@")
	if !found || strings.ContainsAny(local, `" ()<>,;:\`) || len(local) > 64 || !utf8.ValidString(typed) {
		return "", "", false
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || !hasTLD(ascii) {
		return "", "", false
	}
	return typed, strings.ToLower(local) + "@" + strings.ToLower(ascii), true
}

// hasTLD asks for a dot with two letters or more after it, which a digit-only ending is not.
func hasTLD(domain string) bool {
	i := strings.LastIndexByte(domain, '.')
	if i <= 0 || len(domain)-i-1 < 2 {
		return false
	}
	return strings.Trim(domain[i+1:], "0123456789") != ""
}

func domainOf(key string) string {
	_, domain, _ := strings.Cut(key, "@")
	return domain
}

// FreeMail tells whether an address is of a provider that gives mailboxes to everyone.
func FreeMail(key string) bool { return freeMail[domainOf(key)] || disposable[domainOf(key)] }

// companyDomain is the domain shared with colleagues, empty where it is shared with strangers.
func companyDomain(key string) string {
	if FreeMail(key) {
		return ""
	}
	return domainOf(key)
}

// suggested are the domains that a mistyped one is compared with, the likeliest first.
var suggested = []string{"gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com", "live.com", "proton.me",
	"protonmail.com", "ymail.com", "chmail.ir", "mail.ru", "gmx.com", "aol.com", "msn.com", "rocketmail.com", "googlemail.com",
	"yahoo.co.uk", "hotmail.co.uk", "gmx.de", "web.de", "googlemail.com", "zoho.com", "fastmail.com"}

var suffixes = map[string]string{"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "cm": "com", "vom": "com", "xom": "com",
	"coom": "com", "cpm": "com", "ner": "net", "nte": "net", "met": "net", "ogr": "org", "rog": "org"}

// Suggest offers the address that was probably meant, empty where the typed one looks right. It is a
// suggestion: nothing is ever refused because of it.
func Suggest(typed string) string {
	local, domain, found := strings.Cut(strings.TrimSpace(typed), "@")
	domain = strings.ToLower(domain)
	if !found || local == "" || domain == "" || freeMail[domain] || disposable[domain] {
		return ""
	}
	for _, d := range suggested {
		if near(domain, d) {
			return local + "@" + d
		}
	}
	if i := strings.LastIndexByte(domain, '.'); i > 0 {
		if right, wrong := suffixes[domain[i+1:]]; wrong {
			return local + "@" + domain[:i+1] + right
		}
	}
	return ""
}

// near tells a likely slip of the fingers: one edit in a short domain, two in a longer one, or the same
// with the ending forgotten.
func near(typed, meant string) bool {
	if typed == meant {
		return false
	}
	name, _, _ := strings.Cut(meant, ".")
	if !strings.Contains(typed, ".") && distance(typed, name) <= 1+len(name)/8 {
		return true
	}
	allowed := 1
	if len(name) >= 5 {
		allowed = 2
	}
	return typed[0] == meant[0] && distance(typed, meant) <= allowed
}

// distance counts insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, in the
// restricted form).
func distance(a, b string) int {
	prev2, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}
