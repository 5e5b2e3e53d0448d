package seal_test

import (
	"bytes"
	"testing"

	"sarnakh/seal"

	"pgregory.net/rapid"
)

func key(t rapid.TB, secret string, p seal.Purpose) *seal.Key {
	k, err := seal.NewKey([]byte(secret), p)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTokensCarryWhatWasPutIn(t *testing.T) {
	k := key(t, "secret", "form")
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		_, got, err := k.Open(string(k.AppendSeal(nil, plain)))
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("sealed %x, opened %x, %v", plain, got, err)
		}
		got, err = k.Verify(k.Sign(plain))
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("signed %x, verified %x, %v", plain, got, err)
		}
	})
}

func TestSealedTokensDifferAndSignedOnesDoNot(t *testing.T) {
	k := key(t, "secret", "form")
	if bytes.Equal(k.AppendSeal(nil, []byte("x")), k.AppendSeal(nil, []byte("x"))) {
		t.Error("two views got one token")
	}
	if k.Sign([]byte("x")) != k.Sign([]byte("x")) {
		t.Error("a repeated post would get another answer")
	}
}

func TestNothingElseOpens(t *testing.T) {
	k := key(t, "secret", "form")
	others := map[string]*seal.Key{"other secret": key(t, "secreT", "form"), "other purpose": key(t, "secret", "thanks")}
	for name, other := range others {
		if _, _, err := other.Open(string(k.AppendSeal(nil, []byte("x")))); err == nil {
			t.Errorf("%s opened a sealed token", name)
		}
		if _, err := other.Verify(k.Sign([]byte("x"))); err == nil {
			t.Errorf("%s verified a signed token", name)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		junk := rapid.String().Draw(t, "junk")
		if _, _, err := k.Open(junk); err == nil {
			t.Fatal("junk opened")
		}
		if _, err := k.Verify(junk); err == nil {
			t.Fatal("junk verified")
		}
		token := []byte(k.Sign([]byte("payload")))
		token[rapid.IntRange(0, len(token)-1).Draw(t, "place")] ^= byte(rapid.IntRange(1, 127).Draw(t, "bits"))
		if got, err := k.Verify(string(token)); err == nil && !bytes.Equal(got, []byte("payload")) {
			t.Fatal("a changed token verified")
		}
	})
}
