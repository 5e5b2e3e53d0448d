package examples

import (
	"net/http"
	"time"

	"sarnakh/i18n"
	"sarnakh/markdown"
	"sarnakh/templates/public"
)

func (s set) files() public.Download {
	return public.Download{Action: "/d/abc", Files: []public.File{
		{Key: "pdf", Format: "PDF", For: s.loc.T("public.download.for_pdf"), Bytes: 2_400_000},
		{Key: "epub", Format: "EPUB", For: s.loc.T("public.download.for_epub"), Bytes: 840_000},
	}}
}

func (s set) thanksEbook() public.ThanksProps {
	d := s.files()
	return public.ThanksProps{
		Head: s.small(), Heading: s.say("کتاب آماده است", "Your book is ready"),
		Text:  s.say("همین حالا دانلود کنید؛ خواندن بخش اول ده دقیقه وقت می‌برد.", "Download it now; the first part takes ten minutes to read."),
		Cover: s.cover(), Download: &d,
		Mail: &public.Mail{To: "n•••s@example.com", Brings: public.Gift, Confirm: true, FixURL: "/p/peygiri"},
	}
}

func (s set) thanksCoupon() public.ThanksProps {
	return public.ThanksProps{
		Head: s.small(), Text: s.say("این کد را هنگام خرید وارد کنید.", "Enter this code at the till."),
		Coupon: &public.Coupon{Code: "NOWRUZ-1405", Terms: s.say("تا ۱۳ فروردین، برای هر نفر یک بار.", "Until 2 April, once per person.")},
		Mail:   &public.Mail{To: "narges@example.com", Brings: public.Shared},
		Onward: &public.Link{Text: s.say("رفتن به فروشگاه", "Go to the shop"), URL: "/shop"},
	}
}

func (s set) thanksCall() public.ThanksProps {
	return public.ThanksProps{Head: s.small(), CallBack: true, Mail: &public.Mail{To: "n•••s@example.com", Brings: public.Nothing}}
}

func (s set) thanksEvent() public.ThanksProps {
	from := time.Date(2026, 12, 3, 18, 0, 0, 0, time.UTC)
	return public.ThanksProps{
		Head: s.small(), Event: &public.Event{When: s.loc.Occasion(from, from.Add(90*time.Minute)), Place: s.say("تهران، خیابان نمونه، سالن ۲", "12 Example Street, hall 2"), Online: true, CalendarURL: "/p/peygiri/event.ics"},
		Mail: &public.Mail{To: "n•••s@example.com", Brings: public.Meeting},
	}
}

// thanksTrial without an address waits for the owner's program.
func (s set) thanksTrial(url string) public.ThanksProps {
	brings := public.Begin
	if url == "" {
		brings = public.BeginSoon
	}
	return public.ThanksProps{Head: s.small(), Trial: &public.Trial{URL: url, Days: 14}, Mail: &public.Mail{To: "n•••s@example.com", Brings: brings}}
}

func (s set) thanksContest() public.ThanksProps {
	return public.ThanksProps{
		Head: s.small(), Contest: &public.Contest{Until: s.loc.T("public.offer.contest_until", "when", s.loc.LastDay(time.Date(2027, 3, 21, 0, 0, 0, 0, time.UTC))),
			Rules: []markdown.Block{{Spans: []markdown.Span{{Text: s.say("هر نفر یک بار.", "One entry each.")}}}}},
		Mail: &public.Mail{To: "n•••s@example.com", Brings: public.Rules},
	}
}

func (s set) thanksPool() public.ThanksProps {
	return public.ThanksProps{Head: s.small(), Mail: &public.Mail{To: "n•••s@example.com", Brings: public.Code}}
}

func (s set) thanksConfirm() public.ThanksProps {
	return public.ThanksProps{
		Head: s.small(), Heading: s.say("یک قدم مانده", "One more step"),
		Mail: &public.Mail{To: "n•••s@example.com", Brings: public.Confirm},
	}
}

func (s set) download(now time.Time) public.DownloadProps {
	return public.DownloadProps{Head: s.small(), Title: s.head.Title, Cover: s.cover(), Download: s.files(), Until: now.AddDate(0, 0, 7)}
}

func (s set) expired(sent bool) public.ExpiredProps {
	return public.ExpiredProps{Head: s.small(), Title: s.head.Title, Action: "/d/abc", Sent: sent}
}

func (s set) privacy(now time.Time) public.PrivacyProps {
	return public.PrivacyProps{
		Head: s.small(), Heading: s.say("حریم خصوصی", "Privacy"), Updated: now,
		Intro: s.say("کوتاه و ساده: چه نگه می‌داریم، چرا، و چطور پاکش کنید.", "Short and plain: what we keep, why, and how to have it deleted."),
		Sections: []public.Section{
			{
				Heading: s.say("چه نگه می‌داریم", "What we keep"),
				Text:    s.say("آنچه در فرم می‌نویسید.\nو اینکه ایمیل‌ها رسیده‌اند یا نه.", "What you write in the form.\nAnd whether our emails arrived."),
				Items:   []string{s.say("نام و ایمیل", "Name and email"), s.say("رضایت‌هایی که داده‌اید", "The consents you gave")},
			},
			{Heading: s.say("چه کسی می‌بیند", "Who sees it"), Text: s.say("فقط همکاران ما.", "Our own people only.")},
		},
	}
}

func (s set) index() public.IndexProps {
	return public.IndexProps{Head: s.small(), Next: "/?page=2", Campaigns: []public.CampaignLink{
		{Link: public.Link{Text: "۲۷ پیام پیگیری که جواب می‌گیرند", URL: "/p/peygiri"}, Description: "کتاب رایگان، ۶۴ صفحه", Locale: i18n.FA},
		{Link: public.Link{Text: "27 follow-ups that get a reply", URL: "/p/follow-ups"}, Description: "Free ebook, 64 pages", Locale: i18n.EN},
	}}
}

func (s set) errors() []public.ErrorProps {
	var out []public.ErrorProps
	for _, status := range []int{
		http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusGone, http.StatusRequestEntityTooLarge,
		http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
	} {
		p := public.ErrorProps{Head: s.small(), Status: status}
		switch status {
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			p.RetryAfter, p.RetryURL = 90*time.Second, "/p/peygiri"
		case http.StatusInternalServerError:
			p.RequestID = "01JDQ8Z3K7"
		}
		out = append(out, p)
	}
	return out
}
