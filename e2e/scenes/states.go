package scenes

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"sarnakh/campaigns"
	"sarnakh/campaigns/starter"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/store"
)

// A stateWorld makes campaigns in each state in which their draft, and what visitors see of it, can be.
type stateWorld struct {
	ctx    context.Context
	store  *store.Store
	camps  *campaigns.Campaigns
	user   models.ID
	of     starter.Campaign // that they are made from
	failed error            // the first fault; nothing is done after it
}

// states are the campaigns, each with what becomes of it once it is made.
var states = []struct {
	kind, fa, en string
	make         func(w *stateWorld, id models.ID)
}{
	{"first", "کارگاه نخستین تماس", "First call workshop", func(*stateWorld, models.ID) {}},
	{"ready", "دورهٔ پیگیری سرنخ‌ها", "Course on following up", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.rework(id)
	}},
	{"calm", "بروشور خدمات", "Service brochure", func(w *stateWorld, id models.ID) { w.publish(id, 0) }},
	{"faults", "جشنوارهٔ زمستان", "Winter festival", (*stateWorld).spoil},
	{"advice", "تخفیف پایان فصل", "End of season discount", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.weaken(id)
	}},
	{"soon", "پیش‌فروش نوروز", "New year presale", func(w *stateWorld, id models.ID) { w.publish(id, plannedAt) }},
	{"later", "فهرست قیمت بهار", "Spring price list", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.heading(id, "یک نوبت تازه برای بهار", "A new round for spring")
		w.publish(id, plannedAt)
	}},
	{"halted", "مشاورهٔ رایگان", "Free consultation", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.then(w.store.PauseCampaign(w.ctx, id))
	}},
	{"held", "دورهٔ تابستان", "Summer course", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.then(w.store.PauseCampaign(w.ctx, id))
		w.heading(id, "یک نوبت تازه برای تابستان", "A new round for summer")
		w.publish(id, plannedAt)
	}},
	{"ended", "قرعه‌کشی پاییز", "Autumn draw", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.until(id, w.store.Now().Add(-time.Hour))
	}},
	{"kept", "نمایشگاه پارسال", "Last year’s fair", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.then(w.store.ArchiveCampaign(w.ctx, id))
	}},
	{"mails", "راهنمای «فروش آرام»", "The “calm selling” guide", func(w *stateWorld, id models.ID) {
		w.publish(id, 0)
		w.write(id, w.of.Sequence.Doc)
	}},
	{"many", "کتاب کار فروشنده", "The seller’s workbook", (*stateWorld).revise},
}

// inState is the slug of the campaign in a state.
func inState(kind, locale string) string { return kind + "-" + locale }

// plannedAt is when planned versions are seen.
var plannedAt = models.At(time.Date(2099, 3, 21, 5, 30, 0, 0, time.UTC))

// PublishStates makes them over the data in a folder, in each language, and one that is as its template left it.
func PublishStates(dir string) (err error) {
	w := stateWorld{ctx: context.Background()}
	log := slog.New(slog.DiscardHandler)
	if w.store, err = store.Open(w.ctx, store.Config{URL: filepath.Join(dir, "sarnakh.db"), Log: log}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.store.Close()) }()
	if w.camps, err = campaigns.New(w.ctx, w.store, log); err != nil {
		return err
	}
	users, err := w.store.Users(w.ctx)
	if err != nil {
		return err
	}
	w.user = users[0].ID
	starters, err := starter.Campaigns()
	if err != nil {
		return err
	}
	for _, w.of = range starters {
		for _, s := range states {
			s.make(&w, w.add(s.kind, say(w.of.Locale, s.fa, s.en)))
		}
		_, err := w.camps.Begin(w.ctx, campaigns.Beginning{Template: "webinar", User: w.user,
			Campaign: models.Campaign{Slug: inState("gaps", w.of.Locale), Name: say(w.of.Locale, "وبینار پاییز", "Autumn webinar"), Locale: w.of.Locale}})
		w.then(err)
	}
	return w.failed
}

func (w *stateWorld) then(err error) {
	if w.failed == nil {
		w.failed = err
	}
}

// add makes a draft that is ready.
func (w *stateWorld) add(kind, name string) models.ID {
	c := models.Campaign{Slug: inState(kind, w.of.Locale), Name: name, Locale: w.of.Locale}
	doc := w.of.Doc
	doc.Page.Twin, doc.Page.NoIndex = "", false
	doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: doc.Offer.Title, Coupon: &models.SharedCoupon{Code: BoothCode}}
	w.then(w.store.BeginCampaign(w.ctx, &c, doc, nil, w.user))
	return c.ID
}

func (w *stateWorld) publish(id models.ID, at models.Instant) {
	c, draft, err := w.store.Draft(w.ctx, id)
	if w.then(err); w.failed != nil {
		return
	}
	_, err = w.store.PublishDraft(w.ctx, store.Publication{Campaign: id, User: w.user, Rev: draft.Rev, After: c.LastVersion(), At: at})
	w.then(err)
}

func (w *stateWorld) change(id models.ID, what string, edit func(*models.CampaignDoc)) {
	_, err := w.store.EditDraft(w.ctx, id, w.user, what, func(doc *models.CampaignDoc) error {
		edit(doc)
		return nil
	})
	w.then(err)
}

func (w *stateWorld) heading(id models.ID, fa, en string) {
	w.change(id, "block:hero", func(doc *models.CampaignDoc) { doc.Page.Blocks[0].Hero.Heading = say(w.of.Locale, fa, en) })
}

func (w *stateWorld) until(id models.ID, at models.Instant) {
	_, err := w.store.EditCampaign(w.ctx, id, func(c *models.Campaign) error {
		c.Until = at
		return nil
	})
	w.then(err)
}

// write gives a campaign a sequence that nobody gets yet.
func (w *stateWorld) write(id models.ID, doc models.SequenceDoc) {
	w.then(w.store.AddSequence(w.ctx, &models.Sequence{CampaignID: id, Name: w.of.Sequence.Name, Locale: w.of.Locale, State: models.SequenceDraft, Draft: doc}))
}

// rework changes something of every part.
func (w *stateWorld) rework(id models.ID) {
	w.heading(id, "پیگیری، بی آنکه مزاحم باشید", "Follow up without being a nuisance")
	w.change(id, "page", func(doc *models.CampaignDoc) {
		p := &doc.Page
		at := slices.IndexFunc(p.Blocks, func(b models.Block) bool { return b.FAQ != nil })
		p.Blocks[at].Hidden = true
		at = slices.IndexFunc(p.Blocks, func(b models.Block) bool { return b.Benefits != nil })
		p.Blocks = slices.Delete(slices.Clone(p.Blocks), at, at+1)
		p.Blocks[1], p.Blocks[2] = p.Blocks[2], p.Blocks[1]
		p.Blocks = append(p.Blocks, models.Block{ID: "more", Type: models.BlockText, Text: &models.RichText{
			Heading: say(w.of.Locale, "برنامهٔ سه روز", "The three days"), Body: say(w.of.Locale, "هر روز **چهار ساعت**.", "**Four hours** a day.")}})
		p.Theme.Accent = "#f3b329"
		p.Description += " " + say(w.of.Locale, "با گواهی پایان دوره.", "With a certificate.")
		doc.Form.Fields[0].Label = say(w.of.Locale, "شما را چه صدا کنیم؟", "What shall we call you?")
		doc.Form.Button = say(w.of.Locale, "جای من را نگه دارید", "Keep a seat for me")
		doc.Form.Purposes[0].Text += " " + say(w.of.Locale, "ماهی یک بار.", "Once a month.")
		doc.Offer.Coupon.Terms = say(w.of.Locale, "برای هر نفر یک بار", "Once per person")
	})
}

// spoil makes every mistake that can be made.
func (w *stateWorld) spoil(id models.ID) {
	gap := say(w.of.Locale, "[نام جشنواره]", "[name of the festival]")
	w.change(id, "page", func(doc *models.CampaignDoc) {
		p := &doc.Page
		p.Title, p.Description, p.Brand.Name = "", "", ""
		p.Blocks[0].Hero.Heading = gap
		for i := range p.Blocks {
			p.Blocks[i].Hidden = p.Blocks[i].Type == models.BlockForm
		}
		doc.Form.Fields = []models.Field{
			{Name: "name", Type: models.TypeName},
			{Name: "when", Type: models.TypeDate, Label: say(w.of.Locale, "کی می‌آیید؟", "When will you come?"), ShowIf: &models.ShowIf{Field: "gone"}},
		}
		doc.Form.Purposes[0].Text = ""
		doc.Offer = models.Offer{Kind: models.OfferCoupon, Title: gap, Pool: &models.CouponPool{}}
	})
	w.weaken(id)
	w.until(id, w.store.Now().Add(-time.Hour))
	w.write(id, models.SequenceDoc{Steps: []models.Step{{Key: "a", Blocks: models.TextBlocks(gap + " {{nickname}}")}}})
}

// weaken leaves nothing that stops a publication, and much to be said about it.
func (w *stateWorld) weaken(id models.ID) {
	w.change(id, "page", func(doc *models.CampaignDoc) {
		p := &doc.Page
		p.Description, p.Brand.Name = "", ""
		p.Theme = models.Theme{Hero: "#0b3d3a", Hero2: "#f5f2ec", Primary: "#f8c85c"}
		p.Blocks = slices.Insert(slices.Clone(p.Blocks), len(p.Blocks)-1,
			models.Block{ID: "past", Type: models.BlockCountdown, Countdown: &models.Countdown{Heading: say(w.of.Locale, "تا پایان تخفیف", "Until the discount ends"), Until: w.store.Now().Add(-time.Hour)}},
			models.Block{ID: "pictures", Type: models.BlockGallery, Gallery: &models.Gallery{Images: []models.Picture{{}}}},
			models.Block{ID: "terms", Type: models.BlockText, Text: &models.RichText{Body: say(w.of.Locale, "شرایط در /p/sharayet هست.", "The terms are at /p/terms now.")}})
	})
}

// revise publishes more versions than a page shows, and plans one more.
func (w *stateWorld) revise(id models.ID) {
	w.publish(id, 0)
	for n := range int64(23) {
		edition := i18n.For(i18n.Locale(w.of.Locale)).Int(n + 2)
		w.heading(id, "کتاب کار فروشنده، ویرایش "+edition, "The seller’s workbook, edition "+edition)
		w.publish(id, 0)
	}
	w.rework(id)
	w.publish(id, plannedAt)
}
