package links_test

import (
	"strings"
	"testing"
	"time"

	"sarnakh/links"
	"sarnakh/models"

	"pgregory.net/rapid"
)

func TestAddressesSayWhatTheyWereMadeFor(t *testing.T) {
	l, err := links.New([]byte("a secret of thirty-two bytes, or more"), "https://nava.example/")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := links.Ref{Message: models.ID(rapid.Int64().Draw(t, "message")), Lead: models.ID(rapid.Int64().Draw(t, "lead")),
			At: time.Unix(int64(rapid.Uint32Range(1, 1<<31).Draw(t, "at")), 0), Link: rapid.IntRange(0, 1000).Draw(t, "link")}
		made := map[string]string{"/u/": l.Unsubscribe(r), "/prefs/": l.Preferences(r), "/confirm/": l.Confirm(r), "/c/": l.Click(r), "/my-data?token=": l.MyData(r), "/p/x?l=": l.Page("x", r)}
		read := map[string]func(string) (links.Ref, error){"/u/": l.OpenUnsubscribe, "/prefs/": l.OpenPreferences, "/confirm/": l.OpenConfirm, "/c/": l.OpenClick, "/my-data?token=": l.OpenMyData, "/p/x?l=": l.OpenPage}
		for path, address := range made {
			token, ok := strings.CutPrefix(address, "https://nava.example"+path)
			if !ok {
				t.Fatalf("%s is not under %s", address, path)
			}
			for other, open := range read {
				got, err := open(token)
				if other == path && (err != nil || got != r) {
					t.Fatalf("%s: %+v, %v", path, got, err)
				}
				if other != path && err == nil {
					t.Fatalf("a token of %s was taken at %s", path, other)
				}
			}
		}
	})
}
