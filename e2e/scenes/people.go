package scenes

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"sarnakh/e2e/program"
	"sarnakh/models"
	"sarnakh/seal"
)

// eager raised a hand, quiet gave only what was asked for.
func eager(locale string) string { return say(locale, "narges@barkeh.example", "nora@berkeh.example") }
func quiet(locale string) string { return say(locale, "arezu@example.com", "lena@example.com") }

// wary uses every right there is, and asks to be forgotten in the end.
func wary(locale string) string { return say(locale, "mehri@example.com", "may@example.com") }

// visit lets one language's people come by: one who wants to be called, one who gives little, one who comes
// too often, and two robots.
func (w *World) visit(locale string) error {
	page, c := slugs[locale], w.atWork.Client()
	var failed error
	send := func(page string, answers url.Values) string {
		thanks, err := c.Submit(page, answers)
		failed = errors.Join(failed, err)
		return thanks
	}
	person := url.Values{
		"name": {say(locale, "نرگس مهرآیین", "Nora Hale")}, "email": {eager(locale)},
		"phone": {say(locale, "۰۹۱۲ ۰۰۰ ۴۵۶۷", "+1 201 555 0123")}, "company": {say(locale, "نرم‌افزار برکه", "Berkeh Software")},
		"company_size": {"51-200"}, "consent.newsletter": {"1"}, "call_me": {"1"},
	}
	papers := Papers{Thanks: send(page+"?utm_source=instagram&utm_medium=story", person)}
	send(page, url.Values{"name": {say(locale, "آرزو کیانی", "Lena Novak")}, "email": {quiet(locale)}})
	for _, size := range []string{"1", "2-10", "11-50"} {
		send(page, url.Values{"name": {say(locale, "سامان دماوندی", "Omar Silva")}, "email": {often(locale)},
			"company": {say(locale, "پخش سپید", "Sepid Trading")}, "company_size": {size}})
	}
	send(page, url.Values{"name": {say(locale, "مهری تابان", "May Holt")}, "email": {wary(locale)}, "consent.newsletter": {"1"}})
	send(page, url.Values{"name": {"Best SEO https://spam.example/offer"}, "email": {"seo@spam.example"}})
	send(page, url.Values{"name": {"Robot"}, "email": {"robot." + locale + "@spam.example"}, models.TrapName: {"x"},
		"company": {"Cheap visitors http://a.example http://b.example http://c.example"}})
	if failed != nil {
		return failed
	}
	a, err := c.Get(papers.Thanks)
	if err != nil {
		return err
	}
	if papers.Download = downloadPath.FindString(a.Text); papers.Download == "" {
		return fmt.Errorf("the thank-you page answered %d, without a download", a.StatusCode)
	}
	_, err = c.Post(papers.Download, url.Values{"file": {"pdf"}})
	w.Papers[locale] = papers
	return err
}

var downloadPath = regexp.MustCompile(`/d/[\w-]+`)

// papers finds the rows that came of it, as somebody with the program's exports would.
func (w *World) papers() error {
	leads, err1 := w.atWork.Export("leads")
	subs, err2 := w.atWork.Export("submissions")
	mails, err3 := w.mailsSent()
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	w.Busy = "/admin/leads/" + leads[0].Text("id")
	for _, locale := range Locales {
		p := w.Papers[locale]
		lead := find(leads, "email", eager(locale))
		p.Lead, p.Quiet = "/admin/leads/"+lead.Text("id"), "/admin/leads/"+find(leads, "email", quiet(locale)).Text("id")
		p.Delivery = "/admin/mailbox/" + find(mails, "to", eager(locale)).Text("id")
		p.Hot = "/admin/mailbox/" + find(find2(mails, "lead_id", lead.Text("id")), "to", sales).Text("id")
		p.Release = "/admin/quarantine/" + find(subs, "email", "robot."+locale+"@spam.example").Text("id") + "/release"
		var err error
		if p.Expired, err = w.expired(find(subs, "email", eager(locale)).Text("id")); err != nil {
			return err
		}
		if p.Rights, err = w.rights(find(leads, "email", wary(locale)), find(mails, "to", wary(locale))); err != nil {
			return err
		}
		if p.Known, err = Known(w.atWork, InSteps(locale), lead.Text("id")); err != nil {
			return err
		}
		w.Papers[locale] = p
	}
	return nil
}

// find is the first row with a value; an empty one has no paths, which the scene that needs one shows.
func find(rows []program.Row, column, value string) program.Row {
	for _, r := range find2(rows, column, value) {
		return r
	}
	return program.Row{}
}

func find2(rows []program.Row, column, value string) (out []program.Row) {
	for _, r := range rows {
		if r.Text(column) == value {
			out = append(out, r)
		}
	}
	return out
}

// mailsSent waits until no mail is under way.
func (w *World) mailsSent() ([]program.Row, error) {
	for deadline := time.Now().Add(program.Patience); ; time.Sleep(100 * time.Millisecond) {
		mails, err := w.atWork.Export("messages")
		if err != nil {
			return nil, err
		}
		if len(find2(mails, "state", "queued"))+len(find2(mails, "state", "sending")) == 0 {
			return mails, nil
		}
		if time.Now().After(deadline) {
			return nil, errors.New("mails are not sent")
		}
	}
}

// expired is a download page whose link is a month old, signed as the program would have signed it then.
func (w *World) expired(submission string) (string, error) {
	secret, err := w.atWork.Secret()
	if err != nil {
		return "", err
	}
	key, err := seal.NewKey(secret, "download")
	if err != nil {
		return "", err
	}
	id, err := models.ParseID(submission)
	if err != nil {
		return "", err
	}
	payload := binary.BigEndian.AppendUint64(nil, uint64(id))
	issued := time.Now().AddDate(0, -1, 0)
	return "/d/" + key.Sign(binary.BigEndian.AppendUint32(payload, uint32(issued.Unix()/60))), nil
}
