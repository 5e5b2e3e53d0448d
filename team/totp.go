package team

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" // what authenticator programs know; its weakness is none here (RFC 4226, B.2)
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"

	"sarnakh/models"
	"sarnakh/seal"
)

// A Secret is what a second factor's codes are made of: as long as the hash, as RFC 4226 recommends.
type Secret [20]byte

const (
	totpPeriod = 30 // seconds
	totpDigits = 6
	// totpWindow is how many periods a clock may be ahead or behind.
	totpWindow = 1
)

// NewSecret draws one.
func NewSecret() (s Secret) {
	_, _ = rand.Read(s[:]) // never fails since Go 1.24
	return s
}

// Text is the secret as it is typed into an authenticator program.
func (s Secret) Text() string { return base32.StdEncoding.EncodeToString(s[:]) }

// URL is the secret as an authenticator program reads it from a picture (the de facto "Key URI Format").
func (s Secret) URL(issuer, account string) string {
	query := url.Values{"secret": {s.Text()}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" + query.Encode()
}

// stepAt is the time step of a moment (RFC 6238, 4.2).
func stepAt(now time.Time) int64 { return now.Unix() / totpPeriod }

// code is the one of a time step (RFC 6238 with RFC 4226, 5.3).
func (s Secret) code(step int64) string {
	mac := hmac.New(sha1.New, s[:])
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:])&0x7fffffff%1e6)
}

// Code is the one that an authenticator program shows at a moment.
func (s Secret) Code(now time.Time) string { return s.code(stepAt(now)) }

// Step finds the time step that a typed code belongs to, within the window around now.
func (s Secret) Step(now time.Time, typed string) (step int64, ok bool) {
	for i := stepAt(now) - totpWindow; i <= stepAt(now)+totpWindow; i++ {
		if subtle.ConstantTimeCompare([]byte(s.code(i)), []byte(typed)) == 1 {
			step, ok = i, true
		}
	}
	return step, ok
}

// SealSecret keeps a user's secret from whoever reads the database or the page without the program's key.
func (t *Team) SealSecret(user models.ID, s Secret) string {
	return string(t.totp.AppendSeal(nil, append(binary.BigEndian.AppendUint64(nil, uint64(user)), s[:]...)))
}

// OpenSecret reads what SealSecret wrote for the same user; seal.ErrToken otherwise.
func (t *Team) OpenSecret(user models.ID, sealed string) (s Secret, err error) {
	_, plain, err := t.totp.Open(sealed)
	if err != nil || len(plain) != 8+len(s) || models.ID(binary.BigEndian.Uint64(plain)) != user {
		return s, seal.ErrToken
	}
	return Secret(plain[8:]), nil
}
