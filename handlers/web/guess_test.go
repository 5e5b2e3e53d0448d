package web_test

import (
	"testing"

	"sarnakh/handlers/web"
)

// What is long enough and yet soon guessed is told from what is not (ASVS 5.0, 6.2.4).
func TestGuessable(t *testing.T) {
	for password, want := range map[string]bool{
		"Password1234!": true, "P@ssw0rd2026": true, "qwertyuiop12": true, "1qaz2wsx3edc": true, "aaaaaaaaaaaa": true, "abcabcabcabc": true,
		"123456789012": true, "۱۲۳۴۵۶۷۸۹۰۱۲": true, "رمزعبور۱۲۳۴": true, "iloveyou12345": true, "sarnakh-admin-2026": true,
		"MinaKarimi1370": true, "mina@firm.example": true,
		"three blue kettles": false, "tea with rock sugar": false, "correct horse battery staple": false, "x7#kQ9!vLm2p": false,
		"چای با نبات و هل": false, "": true,
	} {
		if got := web.Guessable(password, "Mina Karimi", "mina@firm.example"); got != want {
			t.Errorf("%s: %t", password, got)
		}
	}
}
