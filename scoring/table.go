package scoring

import "sarnakh/models"

// The columns of a row's points.
const (
	b2b = iota
	b2c
)

type points [2]float64

type actRow struct {
	group, key string
	points     points
	halfLife   float64
	limit      float64
	when       []When
}

func (r actRow) criterion(column int) Criterion {
	return Criterion{Key: r.key, Group: r.group, Points: r.points[column], HalfLife: r.halfLife,
		Cap: r.limit, When: r.when}
}

// acts are the criteria on what a lead did.
func acts() []actRow {
	const web, mail, social, content, sales = "website", "email", "social", "content", "sales"
	return []actRow{
		{web, "home_page", points{2, 2}, 7, 0, pages(10, models.PageHome, models.PageBlog)},
		{web, "product_page", points{10, 10}, 14, 0, pages(2, models.PageProduct)},
		{web, "price_page", points{15, 15}, 14, 0, pages(2, models.PagePrice)},
		{web, "case_page", points{8, 5}, 21, 0, pages(2, models.PageCase, models.PageCompare)},
		// Pages with points of their own pay for repeats already; coming back is for the others.
		{web, "came_back", points{5, 5}, 14, 15,
			pages(2, models.PageHome, models.PageBlog, models.PageOther)},
		{web, "careers_page", points{-15, -5}, 60, 15, pages(2, models.PageCareers)},
		{web, "cart_left", points{0, 30}, 7, 0, on(models.CartLeft)},
		{web, "chat_started", points{15, 15}, 14, 0, on(models.ChatStarted)},

		{content, "content_awareness", points{4, 4}, 30, 0,
			reading(models.FunnelAwareness, "article_read", "podcast_heard")},
		{content, "content_consideration", points{10, 8}, 30, 0,
			reading(models.FunnelConsideration, "video_watched", "webinar_replayed")},
		{content, "content_decision", points{15, 10}, 21, 0,
			reading(models.FunnelDecision, "tool_used")},
		{content, "webinar_signed_up", points{5, 5}, 30, 0, offers(models.OfferWebinar)},
		{content, "webinar_attended", points{15, 10}, 30, 0, named("webinar_attended")},

		{mail, "newsletter", points{5, 5}, 90, 5,
			append(offers(models.OfferNewsletter), named("newsletter_joined")...)},
		{mail, "mail_clicked", points{5, 5}, 14, 12, on(models.MailClicked)},
		{mail, "mail_replied", points{20, 15}, 30, 0,
			[]When{{Kind: models.MailReplied, NotNames: []string{"sales"}}}},
		{mail, "sms_clicked", points{5, 8}, 14, 0, on(models.SMSClicked)},
		{mail, "sms_replied", points{15, 15}, 14, 0, on(models.SMSReplied)},
		{mail, "unsubscribed", points{-20, -15}, 180, 0, on(models.Unsubscribed)},

		{social, "social_followed", points{2, 2}, 30, 10, on(models.SocialFollowed, models.SocialLiked)},
		{social, "social_shared", points{4, 5}, 30, 10, on(models.SocialCommented, models.SocialShared)},
		{social, "social_messaged", points{10, 10}, 30, 10, on(models.SocialMessaged)},

		{sales, "contact_asked", points{40, 30}, 30, 0,
			append(offers(models.OfferDemo, models.OfferContact), When{Kind: models.FormSubmitted, CallMe: true})},
		{sales, "trial_ordered", points{30, 25}, 30, 0,
			append(offers(models.OfferTrial), named(sampleOrdered)...)},
		{sales, "price_asked", points{30, 30}, 21, 0, offers(models.OfferPrice)},
		{sales, "call_reached", points{25, 20}, 30, 0, on(models.CallReached)},
		{sales, "sales_mail_replied", points{20, 15}, 30, 0,
			[]When{{Kind: models.MailReplied, Names: []string{"sales"}}}},
		{sales, "meeting_held", points{30, 25}, 45, 0, on(models.MeetingHeld)},
		{sales, "meeting_missed", points{-15, -10}, 60, 0, on(models.MeetingMissed)},
		{sales, "call_refused", points{-30, -30}, 90, 0, on(models.CallRefused)},

		{Combined, "colleagues", points{15, 0}, 30, 0, []When{{Kind: models.FormSubmitted, People: 3}}},
	}
}

// sampleOrdered names the activation of who ordered a sample; trials are an offer of their own.
const sampleOrdered = "sample_ordered"

func on(kinds ...models.EventKind) (w []When) {
	for _, k := range kinds {
		w = append(w, When{Kind: k})
	}
	return w
}

func pages(seconds float64, kinds ...models.PageKind) []When {
	return []When{{Kind: models.PageViewed, Pages: kinds, Seconds: seconds}}
}

func offers(kinds ...models.OfferKind) []When {
	return []When{{Kind: models.FormSubmitted, Offers: kinds}}
}

func named(names ...string) []When {
	return []When{{Kind: models.Activated, Names: names}}
}

// reading is content of one part of the funnel: asked for by form, or used where no form stands before
// it, which other programs report as an activation. An ebook whose part nobody chose is for consideration.
func reading(part models.Funnel, names ...string) []When {
	form := When{Kind: models.FormSubmitted, Funnels: []models.Funnel{part},
		Offers: []models.OfferKind{models.OfferEbook, models.OfferFile}}
	if part == models.FunnelConsideration {
		form.Funnels = append(form.Funnels, "")
	}
	return append([]When{form}, named(names...)...)
}

type answerRow struct {
	group, key string
	fields     []string
	halfLife   float64
	notWith    string
	levels     []levelRow
}

type levelRow struct {
	key    string
	points points
	in     string
	target Match
}

func (r answerRow) criterion(column int) Criterion {
	c := Criterion{Key: r.key, Group: r.group, Fields: r.fields, HalfLife: r.halfLife, NotWith: r.notWith}
	for _, l := range r.levels {
		level := Level{Key: l.key, Points: l.points[column], Target: l.target}
		if l.in != "" {
			level.In = []string{l.in}
		}
		c.Levels = append(c.Levels, level)
	}
	return c
}

// answers are the criteria on who a lead is.
func answers() []answerRow {
	const company, person, need = "company", "demographic", "product_fit"
	target := func(group, key string, p points, fields ...string) answerRow {
		return answerRow{group, key, fields, 0, "", []levelRow{{key, p, "", InTarget}}}
	}
	return []answerRow{
		{company, "company_size", []string{models.FieldCompanySize}, 0, "", []levelRow{
			{"company_size_in", points{15, 0}, "", InTarget},
			{"company_size_near", points{5, 0}, "", NearTarget}}},
		target(company, "industry", points{10, 0}, models.FieldIndustry),
		target(company, "revenue", points{10, 0}, models.FieldRevenue),

		{person, "role", []string{models.FieldRole}, 0, "", []levelRow{
			{"role_decides", points{15, 0}, "decides", ""},
			{"role_influences", points{8, 0}, "influences", ""},
			{"role_uses", points{3, 0}, "uses", ""}}},
		{person, "free_mail", []string{FieldFreeMail}, 0, "", []levelRow{
			{"free_mail", points{-5, 0}, "yes", ""}}},
		target(person, "region", points{5, 5}, models.FieldCountry, models.FieldProvince),
		target(person, "income", points{10, 10}, models.FieldIncome),
		target(person, "education", points{5, 5}, models.FieldEducation),

		{need, "need", []string{models.FieldNeed}, 0, "", []levelRow{{"need", points{10, 10}, "yes", ""}}},
		{need, "budget", []string{models.FieldBudget}, 0, "", []levelRow{
			{"budget_fits", points{10, 8}, "fits", ""},
			{"budget_below", points{-15, -10}, "below", ""}}},
		{need, "authority", []string{models.FieldAuthority}, 0, "role", []levelRow{
			{"authority", points{10, 0}, "yes", ""}}},
		{need, "timeline", []string{models.FieldTimeline}, 60, "", []levelRow{
			{"timeline_1m", points{15, 15}, "1m", ""},
			{"timeline_3m", points{10, 8}, "3m", ""},
			{"timeline_6m", points{5, 3}, "6m", ""}}},
		{need, "wanted", []string{models.FieldWanted}, 0, "", []levelRow{
			{"wanted_sold", points{10, 10}, "sold", ""},
			{"wanted_not_sold", points{-25, -25}, "not_sold", ""}}},
		{need, "referred", []string{models.FieldReferred}, 90, "", []levelRow{
			{"referred", points{20, 20}, "yes", ""}}},
	}
}

type combinedRow struct {
	key      string
	points   points
	halfLife float64
	days     float64
	members  [][]string
}

func (r combinedRow) combination(column int) Combination {
	return Combination{Key: r.key, Points: r.points[column], HalfLife: r.halfLife, Days: r.days, Members: r.members}
}

func combined() []combinedRow {
	return []combinedRow{
		{"price_ebook_webinar", points{15, 10}, 30, 30, [][]string{
			{"price_page"}, {"content_consideration"}, {"webinar_signed_up", "webinar_attended"}}},
		{"price_case", points{10, 8}, 14, 14, [][]string{{"price_page"}, {"case_page"}}},
	}
}
