package team

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"sarnakh/seal"
)

// A form that is parked comes back as it was, and nothing else does.
func TestParking(t *testing.T) {
	team, _ := New(Config{Secret: []byte("one secret of thirty-two letters")}, nil)
	form := Parked{Path: "/admin/x?a=b", From: "/admin/y", Fields: url.Values{"body": {strings.Repeat("سه نکتهٔ تازه\r\n", 5000)}, "op": {"is", "", "has"}}}
	token, err := team.Park(form)
	if err != nil || len(token) > 10_000 {
		t.Fatalf("%d bytes, %v", len(token), err)
	}
	got, err := team.Unpark(token)
	if err != nil || got.Path != form.Path || got.From != form.From || got.Fields.Encode() != form.Fields.Encode() {
		t.Errorf("it came back as %s with %d fields, %v", got.Path, len(got.Fields), err)
	}
	for _, made := range []string{"", "x", token[1:], token[:len(token)-1], team.SealSecret(1, NewSecret())} {
		if _, err := team.Unpark(made); !errors.Is(err, seal.ErrToken) {
			t.Errorf("%.20q was taken: %v", made, err)
		}
	}
}

// What a browser says of itself is told in names that people know.
func TestDevices(t *testing.T) {
	for agent, want := range map[string]Device{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0": {"Edge", "Windows"},
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                    {"Firefox", "Linux"},
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1": {"Safari", "iPhone"},
		"Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125 Safari/53": {"Samsung Internet", "Android"},
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36":     {"Chrome", "macOS"},
		"curl/8.9.1": {"curl", ""},
		"":           {},
	} {
		if got := DeviceOf(agent); got != want {
			t.Errorf("%s: %+v, want %+v", agent, got, want)
		}
	}
}
