package campaigns

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sarnakh/i18n"
	"sarnakh/models"
)

// Find are the campaigns, archived ones too, whose name or address holds all words of what was typed, as people read them:
// in any digits, with ی and ک of any keyboard, with half-spaces or without.
func (s *Snapshot) Find(typed string) []models.ID {
	words := i18n.SearchWords(typed)
	found := []models.ID{}
	for id, p := range s.byID {
		key := i18n.SearchKey(p.Name) + " /p/" + p.Slug
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(key, w) }) {
			found = append(found, id)
		}
	}
	return found
}

// ByName are all campaigns in the order of the Persian alphabet, in which Latin letters come first.
func (s *Snapshot) ByName() []models.ID {
	type named struct {
		id  models.ID
		key []byte
	}
	alphabet, buffer := collate.New(language.Persian, collate.IgnoreCase), &collate.Buffer{}
	all := make([]named, 0, len(s.byID))
	for id, p := range s.byID {
		all = append(all, named{id, bytes.Clone(alphabet.KeyFromString(buffer, p.Name))})
		buffer.Reset()
	}
	slices.SortFunc(all, func(a, b named) int {
		if by := bytes.Compare(a.key, b.key); by != 0 {
			return by
		}
		return int(a.id - b.id)
	})
	ids := make([]models.ID, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	return ids
}
