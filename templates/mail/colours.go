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
