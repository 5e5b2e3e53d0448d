package mail

import "strings"

// darkRules begins the rules of a mail that hold in dark programs.
const darkRules = "@media (prefers-color-scheme:dark){"

// Coloured is a mail's HTML in one of its two sets of colours, whatever the reader's own program prefers: its rules for
// dark programs hold always, or never. It is for looking at a mail; what is sent has both.
func Coloured(html string, dark bool) string {
	rules, scheme := "@media not all{", "light"
	if dark {
		rules, scheme = "@media all{", "dark"
	}
	head, body, _ := strings.Cut(html, "</head>")
	head = strings.NewReplacer(darkRules, rules, `content="light dark"`, `content="`+scheme+`"`, "color-scheme:light dark", "color-scheme:"+scheme).Replace(head)
	return head + "</head>" + body
}

// Colours are those of whoever writes, each as #rrggbb; the zero ones are the program's own.
type Colours struct {
	Mark, OnMark         string // the sign, and the letter on it
	Link                 string // words that lead somewhere
	Accent, OnAccent     string // the button, and its words
	DarkMark, DarkOnMark string
	DarkLink             string
}

// paint puts them in the place of the program's own, which stand in every style of a mail.
func (c Colours) paint(html string) string {
	if c == (Colours{}) {
		return html
	}
	head, body, _ := strings.Cut(html, "</head>")
	head = strings.NewReplacer("a{color:#0b6661}", "a{color:"+c.Link+"}", "#3fb0a6", c.DarkMark, "#04201e", c.DarkOnMark, "#7fd3ca", c.DarkLink).Replace(head)
	body = strings.NewReplacer(
		"background-color:#0b6661;color:#ffffff", "background-color:"+c.Mark+";color:"+c.OnMark,
		"background-color:#0b6661", "background-color:"+c.Mark, "solid #0b6661", "solid "+c.Mark,
		"color:#0b6661", "color:"+c.Link, "color:#0a524e", "color:"+c.Link,
		"background-color:#f3b329", "background-color:"+c.Accent, "solid #f3b329", "solid "+c.Accent, "color:#2b1c00", "color:"+c.OnAccent,
	).Replace(body)
	return head + "</head>" + body
}
