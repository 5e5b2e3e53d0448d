package mailer

import "strings"

// A verdict is what a reply means for the mail.
type verdict int

const (
	sent      verdict = iota
	failed            // for good
	bounced           // for good, and the address does not exist
	temporary         // to be tried again
	refused           // to be tried again: it is about the sender, nobody else is to blame
	unknown           // it may have arrived, or not
	paused            // the account is at fault, the attempt does not count
)

// A rule gives the verdict on the replies it matches.
type rule struct {
	means   verdict
	matches func(r reply, enhanced string) bool
}

// rules in the order in which they are asked; the first that matches decides. Go-mail calls time-outs and
// lost connections permanent, which they are not, so only what the server said and when is looked at.
var rules = []rule{
	{sent, func(r reply, _ string) bool { return r.delivered() }},
	// Not logged in any more, or never asked to log in.
	{paused, func(r reply, _ string) bool { return r.code == 535 || r.code == 534 || r.code == 530 || r.code == 538 }},
	{refused, func(r reply, e string) bool { return r.code/100 == 5 && strings.HasPrefix(e, "5.7.") }},
	// 5.1.7 and 5.1.8 are about the sender's address, though they often come as the answer to RCPT.
	{refused, func(_ reply, e string) bool { return e == "5.1.7" || e == "5.1.8" }},
	{bounced, func(r reply, e string) bool {
		return r.code/100 == 5 && r.stage == stageRcpt && strings.HasPrefix(e, "5.1.")
	}},
	{temporary, func(r reply, e string) bool { return e == "5.2.2" || r.code == 552 }}, // a full mailbox
	{temporary, func(r reply, _ string) bool { return r.code == 503 }},                 // our commands out of step, not the mail's fault
	{failed, func(r reply, _ string) bool { return r.code/100 == 5 }},
	{temporary, func(r reply, _ string) bool { return r.code/100 == 4 }},
	{temporary, func(r reply, _ string) bool { return r.stage < stageDot }},
	{unknown, func(reply, string) bool { return true }},
}

func classify(r reply) verdict {
	e := r.enhanced()
	for _, rule := range rules {
		if rule.matches(r, e) {
			return rule.means
		}
	}
	return unknown
}
