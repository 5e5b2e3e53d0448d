package admin

import (
	"net/url"
	"time"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/nurture"

	"github.com/labstack/echo/v4"
)

// testLife is how long a test mail may still be sent.
const testLife = 72 * time.Hour

// StepTest mails a step of the draft to whoever is signed in: as a lead would get it, where the form names one. The mail is
// nobody's but the user's, so that it counts for nothing with the lead.
func (h *Handlers) StepTest(c echo.Context) error {
	q, err := h.sequence(c)
	if err != nil {
		return err
	}
	key := c.Param("key")
	if step, _ := q.Draft.Step(key); step == nil {
		return models.ErrNotFound
	}
	lead, err := h.testedAs(c)
	if err != nil {
		return err
	}
	user, now, id := web.User(c), h.Store.Now(), h.Store.NewID()
	m := models.Message{
		ID: id, Ident: "test:" + id.String(), Class: models.ClassTransactional, Kind: models.MailTest, State: models.MessageQueued,
		MessageID: id.String() + "@" + h.mailDomain(), To: user.Email, Locale: q.Locale,
		Merge:     models.Merge{nurture.TestSequence: q.ID.String(), nurture.TestStep: key},
		CreatedAt: now, DueAt: now, NotAfter: now.Add(testLife),
	}
	what, back := key, sequenceURL(q.ID)+"/steps/"+key
	if lead != "" {
		m.Merge[nurture.TestLead] = lead
		what, back = what+", lead:"+lead, view{lead: lead}.at(back+"/preview")
	}
	if err := h.Store.OweMail(c.Request().Context(), m); err != nil {
		return err
	}
	if err := h.audit(c, "sequence.test", "sequence:"+q.ID.String(), what); err != nil {
		return err
	}
	h.setFlash(c, flashTested, q.ID.String(), user.Email)
	return web.Redirect(c, back)
}

// testedAs is the lead as whom a test is asked for, empty for nobody. That somebody reads what is theirs is recorded.
func (h *Handlers) testedAs(c echo.Context) (lead string, err error) {
	asked := c.FormValue("lead")
	if asked == "" {
		return "", nil
	}
	id, err := models.ParseID(asked)
	if err != nil {
		return "", models.ErrNotFound
	}
	if _, err := h.Store.Lead(c.Request().Context(), id); err != nil {
		return "", err
	}
	return id.String(), h.audit(c, "lead.view", "lead:"+id.String(), "test")
}

// mailDomain ends the Message-IDs of mails owed here: the host of the public address.
func (h *Handlers) mailDomain() string {
	u, err := url.Parse(h.Site.BaseURL)
	if err != nil {
		return h.Site.Host
	}
	return u.Hostname()
}
