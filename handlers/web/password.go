package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Parameters of argon2id as OWASP's password storage cheat sheet gives them: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
	argonSalt   = 16
)

// MinPassword is the fewest characters of a password, as NIST SP 800-63B asks of one used alone.
const MinPassword = 12

// hashing lets two passwords be hashed at a time: more would take the memory that forms need.
var hashing = make(chan struct{}, 2)

// HashPassword makes the text that is kept of a password (PHC string format).
func HashPassword(password string) string {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	return hashWith(password, salt)
}

func hashWith(password string, salt []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(argonHash(password, salt, argonMemory, argonTime, argonLanes)))
}

// HashCodes makes the texts that are kept of one person's codes. They share a salt, so that a typed one is hashed once to be
// looked for among all.
func HashCodes(codes []string) []string {
	salt, out := make([]byte, argonSalt), make([]string, len(codes))
	_, _ = rand.Read(salt)
	for i, code := range codes {
		out[i] = hashWith(code, salt)
	}
	return out
}

// FindCode is the kept text of a code, empty where it is none of them.
func FindCode(hashes []string, code string) (found string) {
	if len(hashes) == 0 {
		return ""
	}
	memory, time, lanes, salt, _, err := parseHash(hashes[0])
	if err != nil {
		return ""
	}
	typed := argonHash(code, salt, memory, time, lanes)
	for _, h := range hashes {
		if _, _, _, _, key, err := parseHash(h); err == nil && subtle.ConstantTimeCompare(key, typed) == 1 {
			found = h
		}
	}
	return found
}

func argonHash(password string, salt []byte, memory, time uint32, lanes uint8) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, time, memory, lanes, argonKey)
}

var errHash = errors.New("not a password hash of ours")

// CheckPassword tells whether a password is the one that was hashed. Without a hash it does the same work
// and says no, so that nobody learns by the clock who has an account.
func CheckPassword(hash, password string) bool {
	memory, time, lanes, salt, key, err := parseHash(hash)
	if err != nil {
		argonHash(password, make([]byte, argonSalt), argonMemory, argonTime, argonLanes)
		return false
	}
	return subtle.ConstantTimeCompare(key, argonHash(password, salt, memory, time, lanes)) == 1
}

func parseHash(hash string) (memory, time uint32, lanes uint8, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return 0, 0, 0, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &lanes); err != nil {
		return 0, 0, 0, nil, nil, errHash
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(key) != argonKey || lanes == 0 || time == 0 {
		return 0, 0, 0, nil, nil, errHash
	}
	return memory, time, lanes, salt, key, nil
}
