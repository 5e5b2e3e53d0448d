package leads_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"sync"
	"time"

	"sarnakh/leads"
	"sarnakh/links"
	"sarnakh/models"
)

// A place is where something is counted.
type place struct {
	campaign models.ID
	day      int
	source   string
}

// A bustle is everybody at once.
type bustle struct {
	*world
	zone     *time.Location
	r        *rand.Rand
	visits   *leads.Visits
	posts    []leads.Post
	reported map[place]models.CampaignDay // by pages: of a visit nothing else is kept
	released map[models.ID]models.Instant
	later    int // leads that became hot by something else than a form
}

// lower has leads become hot by less than a raised hand: by a further form, a confirmation or a file.
func (b *bustle) lower(hot float64) {
	for _, slug := range []string{"rahnama", "playbook"} {
		card, _ := b.camps.Card(b.page(slug).Version.Doc.Card)
		doc := card.Doc()
		doc.Hot = hot
		if err := b.camps.PublishCard(b.ctx, doc); err != nil {
			b.t.Fatal(err)
		}
	}
	b.reload()
}

var origins = []models.Attribution{
	{}, {Channel: models.ChannelDirect}, {Channel: models.ChannelSocial, Source: "instagram"}, {Channel: models.ChannelSearch, Source: "google.com"},
	{Channel: models.ChannelPaid, Source: "یک نام بلند"}, {Channel: models.ChannelEvent, Source: "booth-7"},
}

func (b *bustle) act() {
	b.pass(time.Duration(b.r.Int64N(int64(90 * time.Minute))))
	acts := []func(){b.visit, b.visit, b.submit, b.submit, b.submit, b.crowd, b.repeat, b.correct, b.spam, b.release, b.keep, b.confirm, b.confirm, b.prefer, b.quit, b.download}
	acts[b.r.IntN(len(acts))]()
}

func (b *bustle) slug() string { return []string{"rahnama", "playbook"}[b.r.IntN(2)] }

// visit is reported by a page, as its script does.
func (b *bustle) visit() {
	p, from := b.page(b.slug()), origins[b.r.IntN(len(origins))]
	seen := models.CampaignDay{CampaignID: p.ID, Views: 1, Starts: int64(b.r.IntN(2)), Seconds: b.r.Int64N(90)}
	b.visits.Count(seen, from)
	if b.r.IntN(3) == 0 {
		b.visits.Flush(b.ctx)
	}
	at := b.at(p.ID, b.store.Now(), from)
	sum := b.reported[at]
	sum.Views, sum.Starts, sum.Seconds = sum.Views+seen.Views, sum.Starts+seen.Starts, sum.Seconds+seen.Seconds
	b.reported[at] = sum
}

// people are how many come by.
const people = 30

func (b *bustle) form() leads.Post { return b.formOf(b.r.IntN(people)) }

// formOf is filled in by one of them.
func (b *bustle) formOf(person int) leads.Post {
	f := b.open(b.slug())
	f.token = string(b.leads.AppendView(nil, b.page(f.slug), origins[b.r.IntN(len(origins))]))
	b.pass(20 * time.Second)
	f.with("email", fmt.Sprintf("person%d@firm.example", person))
	if b.r.IntN(3) > 0 {
		f.with("consent.newsletter", "1")
	}
	if b.r.IntN(8) == 0 {
		f.with("call_me", "1")
	}
	return f.post()
}

func (b *bustle) send(posts ...leads.Post) {
	b.t.Helper()
	var wait sync.WaitGroup
	for _, p := range posts {
		wait.Go(func() {
			if _, err := b.leads.Capture(b.ctx, p); err != nil {
				b.t.Error(err)
			}
		})
	}
	wait.Wait()
	b.posts = append(b.posts, posts...)
}

func (b *bustle) submit() { b.send(b.form()) }

// crowd is four of them at once.
func (b *bustle) crowd() {
	who := b.r.Perm(people)
	b.send(b.formOf(who[0]), b.formOf(who[1]), b.formOf(who[2]), b.formOf(who[3]))
}

// young is a form that was sent lately enough to be sent again.
func (b *bustle) young() (leads.Post, bool) {
	if len(b.posts) == 0 {
		return leads.Post{}, false
	}
	p := b.posts[max(0, len(b.posts)-1-b.r.IntN(5))]
	values := url.Values{}
	for name, v := range p.Values {
		values[name] = slices.Clone(v)
	}
	p.Values = values
	return p, true
}

func (b *bustle) repeat() {
	if p, ok := b.young(); ok {
		b.send(p, p)
	}
}

func (b *bustle) correct() {
	if p, ok := b.young(); ok {
		p.Values.Set("name", fmt.Sprint("Nora ", string(rune('A'+b.r.IntN(26)))))
		b.send(p)
	}
}

func (b *bustle) spam() {
	p := b.form()
	p.Values.Set(models.TrapName, "x")
	b.send(p)
}

func (b *bustle) quarantined() (models.ID, bool) {
	list, err := b.store.Quarantined(b.ctx, 0, 10)
	if err != nil {
		b.t.Fatal(err)
	}
	if len(list) == 0 {
		return 0, false
	}
	return list[b.r.IntN(len(list))].ID, true
}

func (b *bustle) release() {
	if id, ok := b.quarantined(); ok {
		if _, err := b.leads.Release(b.ctx, id); err != nil {
			b.t.Fatal(err)
		}
		b.released[id] = b.store.Now()
	}
}

func (b *bustle) keep() {
	if id, ok := b.quarantined(); ok && b.r.IntN(3) == 0 {
		if err := b.store.KeepSpam(b.ctx, id); err != nil {
			b.t.Fatal(err)
		}
	}
}

// mailed is a lead with a mail that was owed to it in the last days.
func (b *bustle) mailed(kind models.MessageKind) (models.Message, bool) {
	mails := b.mails(kind)
	if len(mails) == 0 {
		return models.Message{}, false
	}
	return mails[max(0, len(mails)-1-b.r.IntN(12))], true
}

func (b *bustle) confirm() {
	if m, ok := b.mailed(models.MailDelivery); ok {
		token := token(b.addresses().Confirm(links.Ref{Message: m.ID, Lead: m.LeadID, At: b.clock()}))
		if _, err := b.leads.Confirm(b.ctx, token, visitor); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *bustle) prefer() {
	if m, ok := b.mailed(models.MailDelivery); ok && b.cool(m.LeadID) {
		token := token(b.addresses().Preferences(links.Ref{Message: m.ID, Lead: m.LeadID, At: b.clock()}))
		if _, err := b.leads.SetPreferences(b.ctx, token, map[models.Purpose]bool{models.Newsletter: b.r.IntN(2) == 0}, visitor); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *bustle) quit() {
	if m, ok := b.mailed(models.MailDelivery); ok && b.cool(m.LeadID) {
		if _, err := b.leads.Unsubscribe(b.ctx, token(b.addresses().Unsubscribe(links.Ref{Message: m.ID, Lead: m.LeadID, At: b.clock()})), models.ByOneClick, visitor); err != nil {
			b.t.Fatal(err)
		}
	}
}

// cool: no hot lead cools down here, for the hand-off by which the scan knows that it became hot is opened once.
func (b *bustle) cool(lead models.ID) bool {
	l, err := b.store.Lead(b.ctx, lead)
	if err != nil {
		b.t.Fatal(err)
	}
	return l.Temperature != models.Hot
}

func (b *bustle) download() {
	subs := all(b.world, b.store.EachSubmission)
	if len(subs) == 0 {
		return
	}
	sub := subs[b.r.IntN(len(subs))]
	d, err := b.leads.Download(b.ctx, b.addresses().DownloadToken(sub.ID, b.clock()))
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.leads.TakeDownload(b.ctx, d, []string{"pdf", "epub"}[b.r.IntN(2)]); err != nil {
		b.t.Fatal(err)
	}
}
