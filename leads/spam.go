package leads

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"

	"sarnakh/models"
)

// A link, in the ways robots write one.
var link = regexp.MustCompile(`(?i)(https?:|www\.|://|\[url|<a\s|[\pL\d-]{2,}\.(com|net|org|info|biz|ru|cn|top|xyz|click|link|shop|site|online|io|ir)(/|\s|$))`)

// countLinks counts links, up to limit. Most answers hold none of the signs that every link has.
func countLinks(text string, limit int) int {
	if !strings.ContainsAny(text, ".:[<") {
		return 0
	}
	return len(link.FindAllStringIndex(text, limit))
}

// isAddress: browsers fill an address into the box for a name, and people do so too. It is no link.
func isAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == ""
}

// Reasons for which a submission is kept aside.
const (
	reasonTrap       = "trap"       // the field that people don't see was filled in
	reasonLink       = "link"       // a link stands where a name was asked for
	reasonHurried    = "hurried"    // answered faster than people read
	reasonManyLinks  = "many_links" // three links or more in an answer
	reasonDisposable = "disposable" // a mailbox that is thrown away
)

// decisive reasons each suffice. Of the others it takes two: autofill is fast, and a private person may
// well use a throw-away mailbox.
var decisive = map[string]bool{reasonTrap: true, reasonLink: true}

// judge says why a submission looks like a robot's, and whether that is enough to keep it aside. Nothing
// is ever dropped: a person can release what was kept (C1).
func judge(form *models.Form, c checked, values url.Values, age time.Duration, minSeconds int) (reasons []string, spam bool) {
	if strings.TrimSpace(values.Get(models.TrapName)) != "" {
		reasons = append(reasons, reasonTrap)
	}
	found := 0
	for i := range form.Fields {
		f := &form.Fields[i]
		n := countLinks(c.answers[f.Name], 4)
		switch f.Type {
		case models.TypeName, models.TypeFirstName, models.TypeLastName:
			if n > 0 && !isAddress(c.answers[f.Name]) {
				reasons = append(reasons, reasonLink)
			}
		case models.TypeText, models.TypeParagraph:
			found += n
		}
	}
	if found >= 3 {
		reasons = append(reasons, reasonManyLinks)
	}
	if minSeconds > 0 && age >= 0 && age < time.Duration(minSeconds)*time.Second {
		reasons = append(reasons, reasonHurried)
	}
	if disposable[domainOf(c.identity)] {
		reasons = append(reasons, reasonDisposable)
	}
	for _, r := range reasons {
		spam = spam || decisive[r]
	}
	return reasons, spam || len(reasons) >= 2
}
