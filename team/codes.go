package team

import (
	"crypto/rand"
	"strings"

	"sarnakh/i18n"
)

const (
	recoveryCodes = 10
	// recoveryLetters are without those that are taken for one another; 32 of them, so that a byte gives each evenly.
	recoveryLetters = "abcdefghjkmnpqrstuvwxyz123456789"
	// recoveryLength gives 50 bits, which are kept as passwords are.
	recoveryLength = 10
)

// NewCodes draws the codes that replace the second factor, once each, as they are shown: "k7m2q-9xw4t".
func NewCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		var raw [recoveryLength]byte
		_, _ = rand.Read(raw[:]) // never fails since Go 1.24
		for j, b := range raw {
			raw[j] = recoveryLetters[int(b)%len(recoveryLetters)]
		}
		codes[i] = string(raw[:recoveryLength/2]) + "-" + string(raw[recoveryLength/2:])
	}
	return codes
}

// Typed is a code as people type it, in its plain form: in any digits, with blanks or without.
func Typed(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, i18n.FoldDigits(code))
}

// IsTOTP tells a plain code of an authenticator program from one that replaces it.
func IsTOTP(code string) bool {
	return len(code) == totpDigits && strings.Trim(code, "0123456789") == ""
}
