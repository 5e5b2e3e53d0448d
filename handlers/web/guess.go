package web

import (
	"strings"
	"unicode"

	"sarnakh/i18n"
)

// enough is how many things have to be guessed of a password: a letter is one, and so is a word or a run that everybody
// begins with. A list of passwords that were stolen helps little here: of the 49,000 commonest, 308 are long enough, and what
// people make of them to be let in ("Password1234!") is in no list.
const enough = 8

// commonWords stand in passwords more than others do; those of who it belongs to come to them.
var commonWords = []string{
	"password", "passwort", "passw", "pass", "welcome", "letmein", "iloveyou", "iloveu", "admin", "administrator", "login", "secret", "master",
	"monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "batman", "shadow", "michael", "jordan", "trustno", "changeme",
	"default", "server", "system", "computer", "internet", "office", "company", "business", "marketing", "campaign", "sarnakh", "hello", "summer",
	"winter", "spring", "autumn", "monday", "friday", "january", "august", "google", "facebook", "instagram", "telegram", "whatsapp", "samsung",
	"test", "temp", "user", "root", "love", "baby", "angel", "money", "lucky", "mohammad", "mohamad", "hossein", "fatemeh", "zahra", "maryam",
	"reza", "mahdi", "amir", "202", "201", "200", "199", "198", "140", "139", "138", "iran", "tehran", "perspolis", "esteghlal", "salam", "eshgh", "khoda", "رمزعبور", "رمز", "عبور", "گذرواژه", "پسورد",
	"سلام", "دوستت", "دارم", "عشق", "خدا", "ایران", "تهران", "محمد", "علی", "حسین", "سرنخ",
}

// runs are what fingers and heads go along, forwards or backwards: rows and columns of keys, the alphabet, the digits.
var runs = []string{
	"12345678901234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "q1w2e3r4t5y6u7i8o9p0",
	"1q2w3e4r5t6y7u8i9o0p", "1a2s3d4f5g6h7j8k9l", "abcdefghijklmnopqrstuvwxyz", "11223344556677889900", "102030405060708090", "147258369", "741852963",
	"159753", "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو", "ابپتثجچحخدذرزژ",
}

// letters are what stands for them in passwords.
var letters = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t")

// Guessable tells whether a password is soon guessed: by its runs, repeats and words that everybody knows, or that belong to
// whoever chose it, such as their name and address.
func Guessable(password string, own ...string) bool {
	text := []rune(strings.ToLower(i18n.FoldDigits(password)))
	words := ownWords(own)
	n := 0
	for at := 0; at < len(text) && n < enough; n++ {
		at += max(known(text, at, words), runFrom(text[at:]), repeated(text, at), 1)
	}
	return n < enough
}

// ownWords are the parts of what belongs to somebody that are long enough to be recognised.
func ownWords(own []string) []string {
	words := commonWords[:len(commonWords):len(commonWords)]
	for _, text := range own {
		for _, part := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len([]rune(part)) > 2 {
				words = append(words, part)
			}
		}
	}
	return words
}

// known is how long the longest word is that begins at a place, also where digits and signs stand for letters.
func known(text []rune, at int, words []string) (longest int) {
	plain, read := string(text[at:]), letters.Replace(string(text[at:]))
	for _, w := range words {
		if strings.HasPrefix(plain, w) || strings.HasPrefix(read, w) {
			longest = max(longest, len([]rune(w)))
		}
	}
	return longest
}

// runFrom is how long the longest run of three or more is that a text begins with.
func runFrom(text []rune) (longest int) {
	for _, run := range runs {
		keys := []rune(run)
		for i := range keys {
			longest = max(longest, along(text, keys, i, 1), along(text, keys, i, -1))
		}
	}
	if longest < 3 {
		return 0
	}
	return longest
}

// along is how far a text follows keys from one of them in a direction.
func along(text, keys []rune, i, step int) (n int) {
	for n < len(text) && i >= 0 && i < len(keys) && text[n] == keys[i] {
		n, i = n+1, i+step
	}
	return n
}

// repeated is how much from a place on says again what stands right before it: one letter, or more of them.
func repeated(text []rune, at int) (longest int) {
	for size := 1; size <= at; size++ {
		n := 0
		for at+n < len(text) && text[at+n] == text[at+n-size] {
			n++
		}
		if n >= size {
			longest = max(longest, n)
		}
	}
	return longest
}
