package campaigns_test

import (
	"slices"
	"testing"

	"sarnakh/campaigns"
	"sarnakh/i18n"
	"sarnakh/models"
)

// C2: whoever reads what is wrong with a form knows which question is meant, also of one that has no words yet.
func TestAQuestionIsNamed(t *testing.T) {
	form := models.Form{Fields: []models.Field{
		{Name: "name", Type: models.TypeName},
		{Name: "from", Type: models.TypeHidden, ShowIf: &models.ShowIf{Field: "size"}},
		{Name: "size", Type: models.TypeRadio, Label: "How many?", ShowIf: &models.ShowIf{Field: "gone"}},
		{Name: "code", Type: models.TypeHidden, Break: true},
	}}
	for locale, want := range map[i18n.Locale][]string{
		i18n.EN: {
			"The question “Full name” has no words of its own yet.",
			"“How many?” has no answers to choose from.",
			"The condition of “Hidden value” looks at “How many?”, which comes after it. It can only look at earlier questions.",
			"The condition of “How many?” looks at a question that is not in the form.",
			"A step cannot begin with “Hidden value”, which nobody sees.",
		},
		i18n.FA: {
			"پرسش «نام و نام خانوادگی» هنوز متن ندارد.",
			"پرسش «How many?» هیچ پاسخی برای انتخاب ندارد.",
			"شرط «مقدار پنهان» به «How many?» نگاه می‌کند که بعد از آن می‌آید. شرط فقط می‌تواند به پرسش‌های قبلی نگاه کند.",
			"شرط «How many?» به پرسشی نگاه می‌کند که در فرم نیست.",
			"گام تازه نمی‌تواند با «مقدار پنهان» شروع شود که کسی آن را نمی‌بیند.",
		},
	} {
		var got []string
		for _, e := range campaigns.FormTrouble(&form) {
			got = append(got, i18n.For(locale).T(e.Key, e.Args...))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%q\n%q", locale, got, want)
		}
	}
}
