package leads

import (
	"fmt"
	"net/url"
	"testing"

	"sarnakh/campaigns/starter"
	"sarnakh/i18n"
	"sarnakh/models"
)

// BenchmarkCheck is what checking one post of the starter form costs, without the database.
func BenchmarkCheck(b *testing.B) {
	all, err := starter.Campaigns()
	if err != nil {
		b.Fatal(err)
	}
	loc := i18n.For(i18n.FA)
	b.ReportAllocs()
	for i := range b.N {
		values := url.Values{"name": {"نرگس مهرآیین"}, "email": {"narges@example.com"}, "phone": {fmt.Sprintf("۰۹۱۲%07d", i%10_000_000)},
			"company": {"شرکت برکه"}, "company_size": {"11-50"}}
		if _, err := (&Asking{Form: &all[0].Doc.Form, loc: loc}).check(values); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPhone(b *testing.B) {
	for i := range b.N {
		if _, ok := Phone(fmt.Sprintf("0912%07d", i%10_000_000), "IR"); !ok {
			b.Fatal(i)
		}
	}
}

func BenchmarkSearchWords(b *testing.B) {
	l := &models.Lead{Name: "نرگس مهرآیین", Email: "narges@firm12.example", Company: "شرکت برکه", Phone: "+989123456789"}
	b.ReportAllocs()
	for range b.N {
		searchWords(l)
	}
}
