package scenes

import (
	"errors"
	"time"

	"sarnakh/e2e/program"
	"sarnakh/links"
	"sarnakh/models"
)

// Rights are the paths behind the links of one person's mails. The late ones are of mails of long ago.
type Rights struct {
	Confirm, ConfirmLate     string
	Unsubscribe, Preferences string
	MyData, MyDataLate       string
}

// rights signs the links of a mail to a lead.
func (w *World) rights(lead, mail program.Row) (Rights, error) {
	l, err1 := w.atWork.Links()
	person, err2 := models.ParseID(lead.Text("id"))
	message, err3 := models.ParseID(mail.Text("id"))
	if err := errors.Join(err1, err2, err3); err != nil {
		return Rights{}, err
	}
	ref, late := links.Ref{Message: message, Lead: person, At: time.Now()}, links.Ref{Message: message, Lead: person, At: time.Now().AddDate(0, 0, -5)}
	lasting := links.Ref{Message: message, Lead: person}
	return Rights{
		Confirm: l.Confirm(ref), ConfirmLate: l.Confirm(late), Unsubscribe: l.Unsubscribe(lasting), Preferences: l.Preferences(lasting),
		MyData: l.MyData(ref), MyDataLate: l.MyData(late),
	}, nil
}

// rights are one person's way through their rights: each scene finds what the one before has left.
func rights() []Scene {
	at := func(path func(r Rights) string) func(s *Stage) {
		return open(func(s *Stage) string { return path(s.Papers[s.Locale].Rights) })
	}
	press := func(path func(r Rights) string, button string) func(s *Stage) {
		return func(s *Stage) {
			at(path)(s)
			s.Press(button)
		}
	}
	confirm, late := func(r Rights) string { return r.Confirm }, func(r Rights) string { return r.ConfirmLate }
	stop, choices := func(r Rights) string { return r.Unsubscribe }, func(r Rights) string { return r.Preferences }
	data, dataLate := func(r Rights) string { return r.MyData }, func(r Rights) string { return r.MyDataLate }
	return []Scene{
		{Name: "confirm", Who: Visitor, Open: at(confirm)},
		{Name: "confirm-late", Who: Visitor, Open: at(late)},
		{Name: "confirm-afresh", Who: Visitor, Open: press(late, "main .btn--accent")},
		{Name: "preferences-waiting", Who: Visitor, Open: at(choices)},
		{Name: "confirm-done", Who: Visitor, Open: press(confirm, "main .btn--accent")},
		{Name: "unsubscribe", Who: Visitor, Open: at(stop)},
		{Name: "unsubscribe-done", Who: Visitor, Open: press(stop, "main .btn--accent")},
		{Name: "preferences", Who: Visitor, Open: at(choices)},
		{Name: "preferences-saved", Who: Visitor, Open: func(s *Stage) {
			at(choices)(s)
			s.Click("label:has([name='purpose.newsletter'])")
			s.Press("main .btn--accent")
		}},
		{Name: "preferences-stopped", Who: Visitor, Open: press(choices, "main [name=stop]")},
		{Name: "my-data-ask", Who: Visitor, Open: open(func(s *Stage) string { return "/my-data?lang=" + s.Locale })},
		{Name: "my-data-wrong", Who: Visitor, Open: func(s *Stage) {
			s.Open("/my-data?lang=" + s.Locale)
			s.Press("main .btn--accent")
		}},
		{Name: "my-data-asked", Who: Visitor, Open: func(s *Stage) {
			s.Open("/my-data?lang=" + s.Locale)
			s.Fill("#f-email", wary(s.Locale))
			s.Press("main .btn--accent")
		}},
		{Name: "my-data-late", Who: Visitor, Open: at(dataLate)},
		{Name: "my-data", Who: Visitor, Open: at(data)},
		{Name: "my-data-sure", Who: Visitor, Open: press(data, "main .btn--danger")},
		{Name: "my-data-erased", Who: Visitor, Open: func(s *Stage) {
			press(data, "main .btn--danger")(s)
			s.Press("main .btn--danger")
		}},
		{Name: "my-data-gone", Who: Visitor, Open: at(data)},
		{Name: "confirm-gone", Who: Visitor, Open: at(confirm)},
		{Name: "unsubscribe-gone", Who: Visitor, Open: at(stop)},
		{Name: "preferences-gone", Who: Visitor, Open: at(choices)},
	}
}
