package scoring_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"sarnakh/models"
	"sarnakh/scoring"
)

func data(k models.EventKind, d models.EventData) models.Event { return at(0, k, d) }

// Each event pays the criteria it should, and no others (S2).
func TestWhatEventsPay(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	seen := func(k models.PageKind, seconds float64) models.Event {
		return data(models.PageViewed, models.EventData{PageKind: k, Seconds: seconds})
	}
	content := func(o models.OfferKind, f models.Funnel) models.Event {
		return data(models.FormSubmitted, models.EventData{OfferKind: o, Funnel: f})
	}
	verdict := func(k models.EventKind, v models.Verdict) models.Event {
		return models.Event{Kind: k, Verdict: v, At: ago(0)}
	}
	pays := func(pairs ...any) map[string]float64 {
		m := map[string]float64{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = float64(pairs[i+1].(int))
		}
		return m
	}
	for name, c := range map[string]struct {
		event models.Event
		want  map[string]float64
	}{
		"home, 10 s":              {seen(models.PageHome, 10), pays("home_page", 2)},
		"blog, 9.9 s":             {seen(models.PageBlog, 9.9), pays()},
		"product, 2 s":            {seen(models.PageProduct, 2), pays("product_page", 10)},
		"product, 1.9 s":          {seen(models.PageProduct, 1.9), pays()},
		"price":                   {seen(models.PagePrice, 60), pays("price_page", 15)},
		"case study":              {seen(models.PageCase, 60), pays("case_page", 8)},
		"comparison":              {seen(models.PageCompare, 60), pays("case_page", 8)},
		"careers":                 {seen(models.PageCareers, 60), pays("careers_page", -15)},
		"other page":              {seen(models.PageOther, 60), pays()},
		"page seen by a machine":  {models.Event{Kind: models.PageViewed, Verdict: models.Machine, Data: models.EventData{PageKind: models.PagePrice, Seconds: 9}, At: ago(0)}, pays()},
		"chat":                    {data(models.ChatStarted, models.EventData{}), pays("chat_started", 15)},
		"cart is off in B2B":      {data(models.CartLeft, models.EventData{}), pays()},
		"ebook":                   {content(models.OfferEbook, ""), pays("content_consideration", 10)},
		"ebook for awareness":     {content(models.OfferEbook, models.FunnelAwareness), pays("content_awareness", 4)},
		"file for decision":       {content(models.OfferFile, models.FunnelDecision), pays("content_decision", 15)},
		"podcast":                 {data(models.Activated, models.EventData{Name: "podcast_heard"}), pays("content_awareness", 4)},
		"download adds nothing":   {data(models.ContentDownloaded, models.EventData{OfferKind: models.OfferEbook}), pays()},
		"webinar":                 {form(0, models.OfferWebinar), pays("webinar_signed_up", 5)},
		"webinar attended":        {data(models.Activated, models.EventData{Name: "webinar_attended"}), pays("webinar_attended", 15)},
		"newsletter":              {form(0, models.OfferNewsletter), pays("newsletter", 5)},
		"coupon":                  {form(0, models.OfferCoupon), pays()},
		"demo":                    {form(0, models.OfferDemo), pays("contact_asked", 40)},
		"contact":                 {form(0, models.OfferContact), pays("contact_asked", 40)},
		"contact and call me":     {data(models.FormSubmitted, models.EventData{OfferKind: models.OfferContact, CallMe: true}), pays("contact_asked", 40)},
		"ebook and call me":       {data(models.FormSubmitted, models.EventData{OfferKind: models.OfferEbook, CallMe: true}), pays("content_consideration", 10, "contact_asked", 40)},
		"price and call me":       {data(models.FormSubmitted, models.EventData{OfferKind: models.OfferPrice, CallMe: true}), pays("price_asked", 30, "contact_asked", 40, "limit.sales", -10)},
		"trial":                   {form(0, models.OfferTrial), pays("trial_ordered", 30)},
		"sample":                  {data(models.Activated, models.EventData{Name: "sample_ordered"}), pays("trial_ordered", 30)},
		"any other activation":    {data(models.Activated, models.EventData{Name: "something"}), pays()},
		"click by a person":       {verdict(models.MailClicked, models.Human), pays("mail_clicked", 5)},
		"click by a machine":      {verdict(models.MailClicked, models.Machine), pays()},
		"click not sure of":       {verdict(models.MailClicked, models.Unsure), pays()},
		"click not judged":        {verdict(models.MailClicked, ""), pays()},
		"open":                    {data("mail_opened", models.EventData{}), pays()},
		"reply":                   {data(models.MailReplied, models.EventData{}), pays("mail_replied", 20)},
		"reply to sales":          {data(models.MailReplied, models.EventData{Name: "sales"}), pays("sales_mail_replied", 20)},
		"SMS click":               {verdict(models.SMSClicked, ""), pays("sms_clicked", 5)},
		"SMS click by a machine":  {verdict(models.SMSClicked, models.Machine), pays()},
		"SMS reply":               {data(models.SMSReplied, models.EventData{}), pays("sms_replied", 15)},
		"unsubscribed":            {data(models.Unsubscribed, models.EventData{}), pays("unsubscribed", -20)},
		"follow":                  {data(models.SocialFollowed, models.EventData{}), pays("social_followed", 2)},
		"like":                    {data(models.SocialLiked, models.EventData{}), pays("social_followed", 2)},
		"comment":                 {data(models.SocialCommented, models.EventData{}), pays("social_shared", 4)},
		"share":                   {data(models.SocialShared, models.EventData{}), pays("social_shared", 4)},
		"message":                 {data(models.SocialMessaged, models.EventData{}), pays("social_messaged", 10)},
		"call, interested":        {data(models.CallReached, models.EventData{}), pays("call_reached", 25)},
		"call, no answer":         {data(models.CallMissed, models.EventData{}), pays()},
		"call, not interested":    {data(models.CallRefused, models.EventData{}), pays("call_refused", -30)},
		"meeting":                 {data(models.MeetingHeld, models.EventData{}), pays("meeting_held", 30)},
		"meeting missed":          {data(models.MeetingMissed, models.EventData{}), pays("meeting_missed", -15)},
		"three of a company":      {data(models.FormSubmitted, models.EventData{People: 3}), pays("colleagues", 15)},
		"two of a company":        {data(models.FormSubmitted, models.EventData{People: 2}), pays()},
		"4 minutes ahead":         {models.Event{Kind: models.ChatStarted, At: models.At(now.Add(4 * time.Minute))}, pays("chat_started", 15)},
		"6 minutes ahead":         {models.Event{Kind: models.ChatStarted, At: models.At(now.Add(6 * time.Minute))}, pays()},
		"a kind nobody knows yet": {data("flew_by", models.EventData{}), pays()},
	} {
		got := reasons(card.Score(scoring.Facts{Events: []models.Event{c.event}}, now))
		delete(got, scoring.Under)
		if !maps.Equal(got, c.want) {
			t.Errorf("%s pays %v, want %v", name, got, c.want)
		}
	}
}

// Each answer pays what it should (S2, S6).
func TestWhatAnswersPay(t *testing.T) {
	d := preset(t, "b2b")
	d.Targets["industry"] = []string{"Software", "بیمه"}
	d.Targets["region"] = []string{"IR-23", "DE"}
	d.Targets["income"] = []string{"2000-5000"}
	card := compile(t, d)
	for _, c := range []struct {
		answers []string
		want    map[string]float64
	}{
		{[]string{"company_size", "120"}, map[string]float64{"company_size_in": 15}},
		{[]string{"company_size", " 11-50 "}, map[string]float64{"company_size_in": 15}},
		{[]string{"company_size", "11–50"}, map[string]float64{"company_size_in": 15}},
		{[]string{"company_size", "500"}, map[string]float64{"company_size_in": 15}},
		{[]string{"company_size", "501"}, map[string]float64{"company_size_near": 5}},
		{[]string{"company_size", "2-10"}, map[string]float64{"company_size_near": 5}},
		{[]string{"company_size", "1"}, nil},
		{[]string{"company_size", "1001+"}, nil},
		{[]string{"company_size", "5000"}, nil},
		{[]string{"company_size", "many"}, nil},
		{[]string{"industry", "software"}, map[string]float64{"industry": 10}},
		{[]string{"industry", "بیمه"}, map[string]float64{"industry": 10}},
		{[]string{"industry", "mining"}, nil},
		{[]string{"country", "IR", "province", "IR-23"}, map[string]float64{"region": 5}},
		{[]string{"country", "de"}, map[string]float64{"region": 5}},
		{[]string{"country", "FR", "province", "IR-10"}, nil},
		{[]string{"income", "2500"}, map[string]float64{"income": 10}},
		{[]string{"income", "5000.5"}, nil},
		{[]string{"education", "PhD"}, nil}, // off until the owner sets whom to look for
		{[]string{"revenue", "1000000"}, nil},
		{[]string{"role", "decides"}, map[string]float64{"role_decides": 15}},
		{[]string{"role", "influences"}, map[string]float64{"role_influences": 8}},
		{[]string{"role", "uses"}, map[string]float64{"role_uses": 3}},
		{[]string{"authority", "yes"}, map[string]float64{"authority": 10}},
		{[]string{"authority", "no"}, nil},
		{[]string{"authority", "yes", "role", "decides"}, map[string]float64{"role_decides": 15}},
		{[]string{"authority", "yes", "role", "uses"}, map[string]float64{"role_uses": 3}},
		{[]string{"authority", "yes", "role", "unknown"}, map[string]float64{"authority": 10}},
		{[]string{"need", "yes"}, map[string]float64{"need": 10}},
		{[]string{"need", "no"}, nil},
		{[]string{"budget", "fits"}, map[string]float64{"budget_fits": 10}},
		{[]string{"budget", "unknown"}, nil},
		{[]string{"budget", "below"}, map[string]float64{"budget_below": -15}},
		{[]string{"timeline", "1m"}, map[string]float64{"timeline_1m": 15}},
		{[]string{"timeline", "3m"}, map[string]float64{"timeline_3m": 10}},
		{[]string{"timeline", "6m"}, map[string]float64{"timeline_6m": 5}},
		{[]string{"timeline", "later"}, nil},
		{[]string{"wanted", "sold"}, map[string]float64{"wanted_sold": 10}},
		{[]string{"wanted", "not_sold"}, map[string]float64{"wanted_not_sold": -25}},
		{[]string{"referred", "yes"}, map[string]float64{"referred": 20}},
		{[]string{"company_size", "60", "industry", "software", "role", "decides", "need", "yes", "budget", "fits"},
			map[string]float64{"company_size_in": 15, "industry": 10, "role_decides": 15, "need": 10,
				"budget_fits": 10, "limit.fit": -10}},
		{[]string{"need", "yes", "budget", "fits", "timeline", "1m", "wanted", "sold"},
			map[string]float64{"need": 10, "budget_fits": 10, "timeline_1m": 15, "wanted_sold": 10, "limit.product_fit": -5}},
	} {
		got := reasons(card.Score(scoring.Facts{Lead: answered(c.answers...)}, now))
		delete(got, scoring.Under)
		if !maps.Equal(got, c.want) {
			t.Errorf("%v pays %v, want %v", c.answers, got, c.want)
		}
	}
}

// What is next to the target is not in it, whichever is asked first.
func TestSizesNextToTheTarget(t *testing.T) {
	d := preset(t, "b2b")
	slices.Reverse(d.Criterion("company_size").Levels)
	d.Targets["company_size"] = []string{"1", "11-50", "51-200", "1001+"}
	card := compile(t, d)
	for size, want := range map[string]float64{"1": 15, "2-10": 5, "11-50": 15, "51-200": 15, "201-500": 5, "501-1000": 5, "1001+": 15} {
		near(t, size, card.Value(scoring.Facts{Lead: answered("company_size", size)}, now).S, want, 0)
	}
}

func TestFreeMail(t *testing.T) {
	for name, want := range map[string]float64{"b2b": -5, "b2b-fa": 0, "b2c": 0} {
		card := compile(t, preset(t, name))
		near(t, name, card.Value(scoring.Facts{FreeMail: true}, now).S, want, 0)
		near(t, name+" at work", card.Value(scoring.Facts{}, now).S, 0, 0)
	}
}

// Fit does not fade, but for answers that grow old: a plan, a recommendation.
func TestAnswersFade(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	f := scoring.Facts{Lead: answered("need", "yes", "timeline", "1m", "referred", "yes")}
	for _, c := range []struct{ days, want float64 }{
		{0, 10 + 15 + 20 - 5}, {60, 10 + 7.5 + 20*0.6299605249474366}, {360, 10 + 15.0/64 + 20.0/16},
	} {
		then := now.Add(time.Duration(c.days * float64(dayLong)))
		near(t, "fit", card.Value(f, then).Fit, c.want, 1e-9)
	}
	before := now.Add(-time.Hour)
	near(t, "an answer not given yet", card.Value(f, before).Fit, 0, 0)
}

// Coming back counts days on the owner's calendar, not the server's (S2).
func TestCameBackOnAnotherDay(t *testing.T) {
	card := compile(t, preset(t, "b2b"))
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	visit := func(when string, kind models.PageKind) models.Event {
		x, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		return models.Event{Kind: models.PageViewed, At: models.At(x),
			Data: models.EventData{PageKind: kind, Seconds: 5}}
	}
	const other, price = models.PageOther, models.PagePrice
	for name, c := range map[string]struct {
		zone   *time.Location
		visits []models.Event
		want   int
	}{
		"once":                       {tehran, []models.Event{visit("2026-11-20T08:00:00Z", other)}, 0},
		"twice a day":                {tehran, []models.Event{visit("2026-11-20T08:00:00Z", other), visit("2026-11-20T19:00:00Z", other)}, 0},
		"midnight in Tehran between": {tehran, []models.Event{visit("2026-11-19T20:20:00Z", other), visit("2026-11-19T20:40:00Z", other)}, 1},
		"the same in UTC":            {time.UTC, []models.Event{visit("2026-11-19T20:20:00Z", other), visit("2026-11-19T20:40:00Z", other)}, 0},
		"no zone is UTC":             {nil, []models.Event{visit("2026-11-19T20:20:00Z", other), visit("2026-11-20T20:40:00Z", other)}, 1},
		"three days":                 {tehran, []models.Event{visit("2026-11-10T08:00:00Z", other), visit("2026-11-12T08:00:00Z", other), visit("2026-11-12T09:00:00Z", other), visit("2026-11-14T08:00:00Z", other)}, 2},
		"first seen on price":        {tehran, []models.Event{visit("2026-11-10T08:00:00Z", price), visit("2026-11-12T08:00:00Z", other)}, 1},
		"price pays for itself":      {tehran, []models.Event{visit("2026-11-10T08:00:00Z", other), visit("2026-11-12T08:00:00Z", price)}, 0},
		"a day of 25 hours": {berlin, []models.Event{ // 25 October 2026, clocks go back
			visit("2026-10-24T22:30:00Z", other), visit("2026-10-25T22:30:00Z", other)}, 0},
		"after a day of 25 hours": {berlin, []models.Event{
			visit("2026-10-24T22:30:00Z", other), visit("2026-10-25T23:30:00Z", other)}, 1},
		"a day of 23 hours": {berlin, []models.Event{ // 29 March 2026, clocks go forward
			visit("2026-03-28T22:59:00Z", other), visit("2026-03-28T23:01:00Z", other), visit("2026-03-29T22:01:00Z", other)}, 2},
	} {
		for range 2 { // in either order
			s := card.Score(scoring.Facts{Events: c.visits, Zone: c.zone}, now)
			got := 0
			for _, l := range s.Lines {
				if l.Criterion == "came_back" {
					got = l.Count
				}
			}
			if got != c.want {
				t.Errorf("%s: came back %d times, want %d", name, got, c.want)
			}
			slices.Reverse(c.visits)
		}
	}
}

// Repeats count half of the one before, at most twice the points, at most twenty of them.
func TestRepeatsAndCaps(t *testing.T) {
	d := preset(t, "b2b")
	same := func(n int, e models.Event) []models.Event { return slices.Repeat([]models.Event{e}, n) }
	card := compile(t, d)
	value := func(c *scoring.Card, events []models.Event) float64 {
		return c.Value(scoring.Facts{Events: events}, now).S
	}
	near(t, "three product pages", value(card, same(3, page(0, models.PageProduct))), 10+5+2.5, 0)
	near(t, "newsletter is capped at 5", value(card, same(3, form(0, models.OfferNewsletter))), 5, 0)
	near(t, "careers stop at -15", value(card, same(9, page(0, models.PageCareers))), -15, 0)
	near(t, "messages stop at 10", value(card, same(9, data(models.SocialMessaged, models.EventData{}))), 10, 0)
	near(t, "colleagues are three once", value(card, same(9, data(models.FormSubmitted, models.EventData{People: 5}))), 15, 0)

	one := 1.0
	home := d.Criterion("home_page")
	home.Repeat, home.Cap, d.Criterion("came_back").Points, d.Groups[3].Cap = &one, 1000, 0, 0
	near(t, "twenty count", value(compile(t, d), same(50, page(0, models.PageHome))), 40, 0)
	near(t, "the twenty newest", value(compile(t, d), append(same(20, page(0, models.PageHome)),
		same(20, page(7, models.PageHome))...)), 40, 0)
	near(t, "one of them old", value(compile(t, d), append(same(19, page(0, models.PageHome)),
		same(20, page(7, models.PageHome))...)), 39, 1e-12)
}
