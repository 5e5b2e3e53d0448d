package nurture_test

import (
	"errors"
	"flag"
	"html"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sarnakh/campaigns"
	"sarnakh/campaigns/starter"
	"sarnakh/files"
	"sarnakh/links"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/store"
	"sarnakh/store/storetest"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write testdata anew")

// everything is a mail with every block and field.
func everything(locale string) models.Step {
	name := "everything." + locale + ".md"
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		panic(err)
	}
	subject := map[string]string{"fa": "{{name|دوست عزیز}}، این یکی برای {{company|شرکت شما}} است", "en": "{{name|Friend}}, this one is for {{company|your company}}"}
	return models.Step{Key: "everything", Subject: subject[locale], Blocks: models.TextBlocks(string(body))}
}

func page(locale string) *models.Published {
	p := &models.Published{Campaign: models.Campaign{Slug: "book", Name: map[string]string{"fa": "کتاب پیگیری", "en": "The playbook"}[locale]}}
	p.Version.Doc.Page.Brand.Name = map[string]string{"fa": "آوند", "en": "Avand"}[locale]
	p.Version.Doc.Offer.Title = map[string]string{"fa": "سرِ نخ را رها نکنید", "en": "The First Fourteen Days"}[locale]
	return p
}

// preview is a Nurture that needs no database.
func preview(t testing.TB) *nurture.Nurture {
	l, err := links.New([]byte("a secret of thirty-two characters"), base)
	if err != nil {
		t.Fatal(err)
	}
	return nurture.New(nurture.Config{PostalAddress: "12 Example Street\nBerlin"}, nurture.Deps{Links: l})
}

// readers are those whom a mail is tried on.
var readers = map[string]map[string]*models.Lead{
	"fa": {
		"known":   {Name: "نرگس مهرآیین", FirstName: "نرگس", Company: "نرم‌افزار Berkeh"},
		"unknown": nil,
		"hostile": {Name: "**win** [x](https://evil.example) </p><script>", FirstName: "evil.example\r\nBcc: v@example.com", Company: "{{code}}\n\n# heading"},
	},
	"en": {
		"known":   {Name: "Nora Hale", FirstName: "Nora", Company: "نرم‌افزار برکه"},
		"unknown": nil,
		"hostile": {Name: "<img src=x onerror=alert(1)>", FirstName: "\u202egnp.exe", Company: "Click t.me/win now & here"},
	},
}

// N1: what people read, word for word. Look at testdata/*.html in a browser.
func TestMailsAreAsAgreed(t *testing.T) {
	for locale, people := range readers {
		for who, lead := range people {
			t.Run(who+"."+locale, func(t *testing.T) {
				step := everything(locale)
				m, err := preview(t).Preview(t.Context(), &step, lead, page(locale), locale, false)
				if err != nil {
					t.Fatal(err)
				}
				golden(t, who+"."+locale+".html", m.HTML)
				golden(t, who+"."+locale+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
				for _, bad := range []string{"evil", "onerror", "Bcc", "t.me", "⟦"} {
					if strings.Contains(m.Subject+m.HTML+m.Text, bad) {
						t.Errorf("the mail holds %q", bad)
					}
				}
				if strings.Contains(m.HTML, "<script") {
					t.Error("the mail holds a script")
				}
			})
		}
	}
}

// The starters' mails as a reader gets them.
func TestStartersReadWell(t *testing.T) {
	all, err := starter.Campaigns()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		p := &models.Published{Campaign: models.Campaign{Slug: s.Slug, Name: s.Name}}
		p.Version.Doc = s.Doc
		for i := range s.Sequence.Doc.Steps {
			step := &s.Sequence.Doc.Steps[i]
			m, err := preview(t).Preview(t.Context(), step, readers[s.Locale]["known"], p, s.Locale, false)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, s.Slug+"."+step.Key+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			for _, target := range nurture.Targets(step) {
				if target != "{{page_url}}" && target != "{{download_url}}" {
					t.Errorf("%s %s links to %s", s.Slug, step.Key, target)
				}
			}
		}
	}
}

// A new server's sequences are live, and the form asks for what they need (C6).
func TestStartersAreLive(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, err := campaigns.New(t.Context(), s, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.PublishStarters(t.Context(), files.Folder(t.TempDir())); err != nil {
			t.Fatal(err)
		}
		for _, slug := range []string{"rahnama", "playbook"} {
			p, err := c.Snapshot().Page(slug)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Sequences) != 1 || p.Sequences[0].State != models.SequenceLive || p.Sequences[0].Locale != p.Locale || len(p.Sequences[0].Version.Doc.Steps) != 4 {
				t.Errorf("%s: %+v", slug, p.Sequences)
			}
			form := p.Version.Doc.Form
			if len(form.Purposes) != 2 || form.Purposes[1].Purpose != models.Tracking || form.SingleOptIn {
				t.Errorf("%s asks for %+v", slug, form.Purposes)
			}
		}
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; go test ./nurture -update, and look at it\n%s", file, got)
	}
}

func linked() models.SequenceDoc {
	doc := models.SequenceDoc{Steps: []models.Step{step("a", 0)}}
	doc.Steps[0].Subject = "{{name|دوست}}"
	doc.Steps[0].Blocks = models.TextBlocks("[یک](https://example.com/1?a=b&c=d) و https://example.com/2\n\n[سه]({{page_url}} \"button\")\n\n> [چهار](https://example.com/صفحه)")
	return doc
}

// I3, C6: the same bytes each time; links lead over us for those alone who agreed to it, and each to its own target.
func TestLinksAreTrackedForThoseWhoAgreed(t *testing.T) {
	each(t, linked(), func(t *testing.T, w *world) {
		plain, tracked := w.joins(nil), w.joins(nil)
		w.says(tracked, models.Tracking, models.Given)
		w.confirms(plain)
		w.confirms(tracked)
		w.drain()
		want := []string{"https://example.com/1?a=b&c=d", "https://example.com/2", base + "/p/rahnama", "https://example.com/%D8%B5%D9%81%D8%AD%D9%87"}
		for _, lead := range []models.ID{plain, tracked} {
			m := w.mails(lead)[0]
			first, err := w.nurture.ComposeStep(w.ctx, &m)
			w.must(err)
			again, err := w.worker(1).ComposeStep(w.ctx, &m)
			w.must(err)
			if first.HTML != again.HTML || first.Text != again.Text || first.Subject != again.Subject || first.Unsubscribe != again.Unsubscribe {
				t.Error("the second mail differs")
			}
			ref := links.Ref{Message: m.ID, Lead: lead}
			if first.Unsubscribe != w.links.Unsubscribe(ref) || !strings.Contains(first.Text, w.links.Preferences(ref)) || first.FromName != "سرنخ" {
				t.Error("no way out")
			}
			for i, target := range want {
				ref.Link = i
				click := w.links.Click(ref)
				if shown := strings.Contains(first.HTML, click) && strings.Contains(first.Text, click+"\n"); shown != (lead == tracked) {
					t.Errorf("link %d: led over us %v", i, shown)
				}
				if lead == plain && !strings.Contains(first.Text, target+"\n") {
					t.Errorf("%s is not in\n%s", target, first.Text)
				}
				url, of, err := w.nurture.Target(w.ctx, ref)
				if err != nil || url != target || of.ID != m.ID || of.Step != "a" {
					t.Errorf("link %d leads to %s, %v; want %s", i, url, err, target)
				}
			}
		}
	})
}

// A link that no mail carries leads nowhere.
func TestNoOtherTarget(t *testing.T) {
	each(t, linked(), func(t *testing.T, w *world) {
		lead := w.starts()
		w.drain()
		m := w.mails(lead)[0]
		for what, ref := range map[string]links.Ref{
			"no such mail": {Message: 1, Lead: lead}, "another lead": {Message: m.ID, Lead: lead + 1}, "no such link": {Message: m.ID, Lead: lead, Link: 4},
		} {
			if url, _, err := w.nurture.Target(w.ctx, ref); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s: %q, %v", what, url, err)
			}
		}
	})
}

// A step is tried as its draft stands, before anybody gets it; a test holds nobody's way out and no value of a lead.
func TestATestMailSaysTheDraft(t *testing.T) {
	each(t, four(), func(t *testing.T, w *world) {
		q, err := w.store.Sequence(w.ctx, w.sequence.ID)
		w.must(err)
		q.Draft.Steps[0].Subject, q.Draft.Steps[0].Blocks = "پیش‌نویس {{name|دوست}}", models.TextBlocks("هنوز نوشته می‌شود")
		w.must(w.store.SaveSequence(w.ctx, q, store.DraftChange{}))
		m := &models.Message{ID: 5, Kind: models.MailTest, Merge: models.Merge{nurture.TestSequence: q.ID.String(), nurture.TestStep: "a"}}
		got, err := w.nurture.ComposeTest(w.ctx, m)
		w.must(err)
		if got.Subject != "آزمایشی: پیش‌نویس نرگس مهرآیین" || !strings.Contains(got.Text, "هنوز نوشته می‌شود") || got.Unsubscribe != "" {
			t.Errorf("%+v", got)
		}
		for _, merge := range []models.Merge{nil, {nurture.TestSequence: "1"}, {nurture.TestSequence: q.ID.String(), nurture.TestStep: "gone"}} {
			if _, err := w.nurture.ComposeTest(w.ctx, &models.Message{Merge: merge}); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%v: %v", merge, err)
			}
		}
	})
}

// N1: a lead's own coupon code is filled in.
func TestTheCodeIsTheLeadsOwn(t *testing.T) {
	doc := models.SequenceDoc{Steps: []models.Step{step("a", 0)}}
	doc.Steps[0].Blocks = models.TextBlocks("کد شما: `{{code|ندارید}}`")
	each(t, doc, func(t *testing.T, w *world) {
		has, lacks := w.starts(), w.starts()
		w.must(w.store.Apply(w.ctx, store.Change{Want: store.Want{LeadID: has, Coupon: w.campaign.ID}, Decide: func(f *store.Facts) (store.Rows, error) {
			return store.Rows{Coupon: &models.Coupon{ID: f.NewID(), CampaignID: w.campaign.ID, LeadID: has, Code: "NOWRUZ-1405", IssuedAt: f.Now}}, nil
		}}))
		w.drain()
		for lead, want := range map[models.ID]string{has: "NOWRUZ-1405", lacks: "ندارید"} {
			m := w.mails(lead)[0]
			got, err := w.nurture.ComposeStep(w.ctx, &m)
			w.must(err)
			if !strings.Contains(got.Text, want) || !strings.Contains(got.HTML, want) {
				t.Errorf("no %s in\n%s", want, got.Text)
			}
		}
	})
}

// Whatever a marketer writes, links keep their numbers whoever reads: a click finds the target that was shown.
func TestLinksKeepTheirNumbers(t *testing.T) {
	piece := rapid.SampledFrom([]string{"{{name|x}}", "{{page_url}}", "{{code}}", "[a](https://example.com/1)", "[b]({{page_url}} \"button\")", "https://example.com/2",
		"<https://example.com/3>", "![p](https://example.com/p.png)", "[![p](https://example.com/p.png)](https://example.com/4)", "**", "*", "_", "`", "> ", "- ", "1. ", "\n", "\n\n", "---", "# ", "[", "](", ")", "!", "\\", "{{", "}}", "&amp;", "<b>", "سلام "})
	n := preview(t)
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(t, "pieces"), "")
		st := &models.Step{Key: "a", Subject: "x", Blocks: models.TextBlocks(body)}
		locale := rapid.SampledFrom([]string{"fa", "en"}).Draw(t, "locale")
		for who, lead := range readers[locale] {
			m, err := n.Preview(t.Context(), st, lead, page(locale), locale, false)
			if err != nil {
				t.Fatal(err)
			}
			at := 0
			for _, target := range nurture.Targets(st) {
				if target == "{{page_url}}" {
					target = base + "/p/book"
				}
				if !strings.HasPrefix(target, "https://") || strings.Contains(target, "{{") {
					continue // the editor refuses it, and a mail shows its words alone
				}
				next := strings.Index(m.HTML[at:], `href="`+html.EscapeString(target)+`"`)
				if next < 0 {
					t.Fatalf("%s: no link to %s in its place\n%s", who, target, body)
				}
				at += next + 1
			}
		}
	})
}

// A mail says its blocks one after the other, but for those that are hidden (N1). Fields are filled in everywhere, links are
// numbered through, and a picture stands there with its whole address.
func TestBlocksOfAMail(t *testing.T) {
	step := &models.Step{Key: "blocks", Subject: "x", Blocks: []models.Block{
		{ID: "t", Type: models.BlockText, Text: &models.RichText{Heading: "For {{first_name|you}}", Body: "One [link](https://example.com/1).\n\n- a\n- b"}},
		{ID: "h", Type: models.BlockText, Hidden: true, Text: &models.RichText{Body: "Never [said](https://example.com/never)."}},
		{ID: "b", Type: models.BlockButton, Button: &models.Button{Label: "Read on, {{first_name|you}}", Link: "https://example.com/2"}},
		{ID: "p", Type: models.BlockPicture, Picture: &models.Banner{Image: &models.Image{Alt: "The desk of {{first_name}}", Sizes: []models.ImageSize{{Width: 320, Key: "s.jpg"}, {Width: 1280, Key: "l.jpg"}}}, Link: "{{page_url}}"}},
		{ID: "d", Type: models.BlockDivider},
		{ID: "g", Type: models.BlockBenefits, Benefits: &models.Benefits{Heading: "Why", Lead: "In short:", Items: []models.BenefitItem{{Heading: "Fast", Text: "In a day"}, {Heading: "Calm"}}}},
		{ID: "q", Type: models.BlockProof, Proof: &models.Proof{Heading: "Said", Quotes: []models.Quote{{Text: "It works: {{page_url}}!", Name: "Sara", Role: "Owner"}}}},
		{ID: "f", Type: models.BlockFAQ, FAQ: &models.FAQ{Heading: "Asked", Items: []models.Question{{Question: "Why?", Answer: "Because.\nAnd so."}}}},
		{ID: "e", Type: models.BlockPicture},
	}}
	m, err := preview(t).Preview(t.Context(), step, readers["en"]["known"], page("en"), "en", false)
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(m.Text, "\n--")
	name, page := readers["en"]["known"].FirstName, regexp.MustCompile(`https?://\S+/p/[a-z]+`).FindString(m.Text)
	want := "For " + name + "\n\nOne link.\nhttps://example.com/1\n\n- a\n- b\n\nRead on, " + name + ":\nhttps://example.com/2\n\n[The desk of " + name + "]\n" + page + "\n\n* * *\n\n" +
		"Why\n\nIn short:\n\n- Fast\n  In a day\n- Calm\n\nSaid\n\n> It works: " + page + "!\n>\n> Sara\n> Owner\n\nAsked\n\nWhy?\nBecause.\nAnd so.\n"
	if !strings.HasPrefix(isolates.Replace(text), want) {
		t.Errorf("it says\n%s\nwant\n%s", text, want)
	}
	if !strings.Contains(isolates.Replace(m.HTML), `/media/l.jpg" alt="The desk of `+name+`"`) || strings.Contains(m.HTML+m.Text, "ever") {
		t.Errorf("the mail is\n%s", m.HTML)
	}
	if got := nurture.Targets(step); !slices.Equal(got, []string{"https://example.com/1", "https://example.com/2", "{{page_url}}", "{{page_url}}"}) {
		t.Errorf("the links are %v", got)
	}
}

var isolates = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")
