package letters_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/templates/mail"
)

// filled writes a word of its own into every text of a block, in lists too, and collects them.
func filled(v reflect.Value, words *[]string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), words)
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), words)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0), words)
	case reflect.String:
		word := fmt.Sprintf("https://word%d.example/", len(*words)) // an address too, for where one stands
		*words = append(*words, word)
		v.SetString(word)
	}
}

// N1: whatever can be written into a block stands in the mail and is looked at before it is put in force, but for the file of
// a picture: a field that is added to a block later is not forgotten.
func TestNothingInABlockIsForgotten(t *testing.T) {
	for _, kind := range models.MailBlocks {
		b := models.Block{ID: "b", Type: kind}
		content := reflect.ValueOf(&b).Elem().FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, string(kind)) })
		if !content.IsValid() { // a divider
			continue
		}
		var words, looked []string
		filled(content, &words)
		for _, text := range letters.Texts(&b) {
			looked = append(looked, text.Text)
		}
		w := letters.Writing{Fill: func(string, string) string { return "" }, Href: func(_ int, target string) string { return target }}
		said := fmt.Sprint(written(w.Mail([]models.Block{b})))
		for _, word := range words {
			isFile := b.Picture != nil && b.Picture.Image.Sizes[0].Key == word
			if !strings.Contains(said, word) || slices.Contains(looked, word) == isFile {
				t.Errorf("of a block %s is not said or not looked at: %s\n%s", kind, word, said)
			}
		}
	}
}

// written is all that a mail's blocks say.
func written(blocks []mail.Block) (out []string) {
	for _, b := range blocks {
		out = append(out, b.URL, b.Image)
		for _, s := range b.Text {
			out = append(out, s.Text, s.URL)
		}
		out = append(out, written(b.Blocks)...)
		for _, item := range b.Items {
			out = append(out, written(item)...)
		}
	}
	return out
}
