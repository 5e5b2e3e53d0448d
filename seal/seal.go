// Package seal makes and reads the tokens of public addresses: sealed ones that hide what they carry, and
// signed ones that are the same each time. Keys of different purposes never open each other's tokens.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// Purpose separates the keys.
type Purpose string

// ErrToken says that a token was not made by us for this purpose, or was changed.
var ErrToken = errors.New("not a token of ours")

// macSize is the length of a signature: 128 bits, which nobody forges by trying.
const macSize = 16

// NonceSize is the length of the random number that names each sealed token.
const NonceSize = chacha20poly1305.NonceSizeX

var encoding = base64.RawURLEncoding

// A Key seals and signs for one purpose.
type Key struct {
	aead cipher.AEAD
	mac  []byte
}

// NewKey derives the key of a purpose from the program's secret (HKDF, RFC 5869).
func NewKey(secret []byte, p Purpose) (*Key, error) {
	raw, err := hkdf.Key(sha256.New, secret, nil, "sarnakh "+string(p), 64)
	if err != nil {
		return nil, err
	}
	// XChaCha20 takes random nonces without a bound that a busy page could reach, as AES-GCM's 2^32 is.
	aead, err := chacha20poly1305.NewX(raw[:32])
	if err != nil {
		return nil, err
	}
	return &Key{aead: aead, mac: raw[32:]}, nil
}

// AppendSeal encrypts plain under a fresh random nonce and appends the token, URL-safe text, to dst.
func (k *Key) AppendSeal(dst, plain []byte) []byte {
	buf := make([]byte, NonceSize, NonceSize+len(plain)+chacha20poly1305.Overhead)
	_, _ = rand.Read(buf) // never fails since Go 1.24
	return encoding.AppendEncode(dst, k.aead.Seal(buf, buf, plain, nil))
}

// Open decrypts a sealed token; nonce is the random number that names it.
func (k *Key) Open(token string) (nonce, plain []byte, err error) {
	raw, err := encoding.DecodeString(token)
	if err != nil || len(raw) < NonceSize+chacha20poly1305.Overhead {
		return nil, nil, ErrToken
	}
	plain, err = k.aead.Open(nil, raw[:NonceSize], raw[NonceSize:], nil)
	if err != nil {
		return nil, nil, ErrToken
	}
	return raw[:NonceSize], plain, nil
}

// Sign makes a token that carries payload in the open, the same each time.
func (k *Key) Sign(payload []byte) string {
	return encoding.EncodeToString(append(payload[:len(payload):len(payload)], k.sum(payload)...))
}

// Verify returns what a signed token carries.
func (k *Key) Verify(token string) ([]byte, error) {
	raw, err := encoding.DecodeString(token)
	if err != nil || len(raw) < macSize {
		return nil, ErrToken
	}
	payload, mac := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	if subtle.ConstantTimeCompare(mac, k.sum(payload)) != 1 {
		return nil, ErrToken
	}
	return payload, nil
}

// Hash is a keyed hash in hex, by which a value can be recognised but not recovered.
func (k *Key) Hash(value string) string { return hex.EncodeToString(k.sum([]byte(value))) }

func (k *Key) sum(b []byte) []byte {
	h := hmac.New(sha256.New, k.mac)
	h.Write(b)
	return h.Sum(nil)[:macSize]
}
