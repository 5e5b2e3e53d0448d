package mailer

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// A stage is how far a conversation had come.
type stage int

const (
	stageConnect stage = iota // dialling and the greeting
	stageTLS
	stageLogin
	stageReset // between two mails
	stageMail
	stageRcpt
	stageData // DATA itself, and the mail up to its final dot
	stageDot  // the answer to the final dot
)

var stageNames = [...]string{"connect", "TLS", "login", "RSET", "MAIL", "RCPT", "DATA", "end of DATA"}

func (s stage) String() string { return stageNames[s] }

// A reply is how a conversation ended: the stage that ended it, and what the server said there. Code is 0
// where it said nothing that could be understood: the connection was lost, or time ran out.
type reply struct {
	stage stage
	code  int
	text  string // the server's words with the enhanced code, as they came
	err   error  // where the code is 0
}

// delivered says that the server took the mail over, whatever happened afterwards.
func (r reply) delivered() bool { return r.stage == stageDot && r.code/100 == 2 }

// enhanced is the enhanced status code (RFC 3463), such as 5.1.1, or empty.
func (r reply) enhanced() string { return enhancedCode.FindString(r.text) }

var (
	enhancedCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)
	addressLike  = regexp.MustCompile(`[^\s<>()\[\]{}"',;:=|]*@[^\s<>()\[\]{}"',;:=|]*`)
)

// note is the reply as it is kept with the mail: one short line without addresses.
func (r reply) note() string {
	words := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == unicode.ReplacementChar {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(r.text, ""))
	words = strings.Join(strings.Fields(addressLike.ReplaceAllString(words, "…")), " ")
	if r.code == 0 {
		return r.brief()
	}
	if runes := []rune(words); len(runes) > 200 {
		words = string(runes[:200]) + "…"
	}
	return strings.TrimSpace(strconv.Itoa(r.code) + " " + words)
}

// brief is what a log may hold: codes and the stage, none of the server's words.
func (r reply) brief() string {
	switch {
	case r.code == 0 && isTimeout(r.err):
		return r.stage.String() + ": no answer in time"
	case r.code == 0 && r.stage < stageReset && r.err != nil:
		return r.stage.String() + ": " + r.err.Error() // of the server, before any person was named
	case r.code == 0:
		return r.stage.String() + ": connection lost"
	}
	return strings.TrimSpace(r.stage.String() + ": " + strconv.Itoa(r.code) + " " + r.enhanced())
}
