package team

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sarnakh/models"
)

// The vectors of RFC 6238, appendix B, for SHA-1: their last six digits, since ours have six.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := Secret([]byte("12345678901234567890"))
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := secret.Code(time.Unix(at, 0)); got != want[2:] {
			t.Errorf("at %d: %s, want %s", at, got, want[2:])
		}
	}
	if secret.Text() != "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" {
		t.Errorf("the text is %s", secret.Text())
	}
	if url := secret.URL("Sarnakh a.example", "mina@a.example"); url !=
		"otpauth://totp/Sarnakh%20a.example:mina@a.example?issuer=Sarnakh+a.example&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" {
		t.Errorf("the address is %s", url)
	}
}

// A clock may be half a minute ahead or behind, and no more.
func TestTheWindow(t *testing.T) {
	secret, now := NewSecret(), time.Unix(1_800_000_010, 0)
	for offset, want := range map[time.Duration]bool{0: true, -30 * time.Second: true, 30 * time.Second: true, -60 * time.Second: false, 60 * time.Second: false} {
		step, ok := secret.Step(now, secret.Code(now.Add(offset)))
		if ok != want || ok && step != now.Add(offset).Unix()/30 {
			t.Errorf("%s: step %d, %t", offset, step, ok)
		}
	}
	for _, typed := range []string{"", "1", secret.Code(now) + "0", "abcdef"} {
		if _, ok := secret.Step(now, typed); ok {
			t.Errorf("%q is taken", typed)
		}
	}
}

// A sealed secret is its user's alone, and no one else's key opens it.
func TestSecretsAreSealed(t *testing.T) {
	mine, _ := New(Config{Secret: []byte("one secret of thirty-two letters")}, nil)
	theirs, _ := New(Config{Secret: []byte("another one of thirty-two letter")}, nil)
	secret := NewSecret()
	sealed := mine.SealSecret(7, secret)
	if got, err := mine.OpenSecret(7, sealed); err != nil || got != secret {
		t.Errorf("opened: %v", err)
	}
	for what, open := range map[string]func() (Secret, error){
		"another user": func() (Secret, error) { return mine.OpenSecret(8, sealed) },
		"another key":  func() (Secret, error) { return theirs.OpenSecret(7, sealed) },
		"no secret":    func() (Secret, error) { return mine.OpenSecret(7, "") },
	} {
		if _, err := open(); err == nil {
			t.Errorf("%s opens it", what)
		}
	}
	if strings.Contains(sealed, secret.Text()) || sealed == mine.SealSecret(models.ID(7), secret) {
		t.Error("sealed alike twice, or in the open")
	}
}

// Recovery codes can be typed as people do, differ from those of a program, and are drawn anew each time.
func TestRecoveryCodes(t *testing.T) {
	if len(recoveryLetters) != 32 || strings.ContainsAny(recoveryLetters, "0oil") {
		t.Errorf("letters %q", recoveryLetters)
	}
	codes := append(NewCodes(), NewCodes()...)
	slices.Sort(codes)
	if len(slices.Compact(slices.Clone(codes))) != 20 {
		t.Error("a code was drawn twice")
	}
	for _, code := range codes {
		plain := Typed(code)
		if len(plain) != recoveryLength || IsTOTP(plain) || Typed(" "+strings.ToUpper(code)+" ") != plain {
			t.Errorf("%q is %q", code, plain)
		}
	}
	if got := Typed(" ۱۲۳ ۴۵۶ "); got != "123456" || !IsTOTP(got) {
		t.Errorf("typed in Persian: %q", got)
	}
}
