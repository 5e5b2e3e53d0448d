package public

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/reports"

	"github.com/labstack/echo/v4"
)

// kept is one thing that is kept of somebody: its values by the names that files give them.
type kept map[string]string

// A keptPart is all things of a kind, newest first.
type keptPart struct {
	name   string
	things []kept
}

// keep collects the things of a kind, without values that are empty.
func keep[T any](name string, rows []T, thing func(*T) kept) keptPart {
	part := keptPart{name: name, things: []kept{}}
	for i := range rows {
		t := thing(&rows[i])
		maps.DeleteFunc(t, func(_, value string) bool { return value == "" })
		part.things = append(part.things, t)
	}
	return part
}

// parts are everything that is kept, as files hold it: stored values, and times in UTC.
func (h *Handlers) parts(d *leads.MyData) []keptPart {
	slug := func(id models.ID) string {
		if p := h.Campaigns.Snapshot().Campaign(id); p != nil {
			return p.Slug
		}
		return ""
	}
	var person []models.Lead
	if d.Lead != nil {
		person = []models.Lead{*d.Lead}
	}
	return []keptPart{
		keep("person", person, func(l *models.Lead) kept { return keptPerson(l, slug(l.CampaignID)) }),
		keep("form", d.Submissions, func(s *models.Submission) kept { return keptForm(s, slug(s.CampaignID)) }),
		keep("consent", d.Consents, func(c *models.Consent) kept {
			text := d.Texts[c.TextID]
			return kept{"purpose": string(c.Purpose), "decision": string(c.Decision), "method": string(c.Method), "page": c.Page, "ip": c.IP,
				"user_agent": c.UserAgent, "at": c.CreatedAt.String(), "text": text.Text, "text_locale": text.Locale, "text_sha256": text.SHA256}
		}),
		keep("email", d.Mails, keptMail),
		keep("event", d.Events, func(e *models.Event) kept {
			return kept{"kind": string(e.Kind), "verdict": string(e.Verdict), "campaign": slug(e.CampaignID), "name": e.Data.Name, "at": e.At.String()}
		}),
		keep("coupon", d.Coupons, func(c *models.Coupon) kept {
			return kept{"code": c.Code, "campaign": slug(c.CampaignID), "at": c.IssuedAt.String()}
		}),
		keep("series", d.Enrolments, func(e *models.Enrolment) kept {
			return kept{"campaign": slug(e.CampaignID), "state": string(e.State), "reason": string(e.Reason), "at": e.CreatedAt.String(), "ended_at": e.EndedAt.String()}
		}),
	}
}

func keptPerson(l *models.Lead, campaign string) kept {
	k := kept{"email": l.Email, "name": l.Name, "first_name": l.FirstName, "last_name": l.LastName, "phone": l.Phone, "company": l.Company,
		"locale": l.Locale, "time_zone": l.Zone, "stage": string(l.Stage), "status": string(l.Status), "status_reason": l.StatusReason,
		"temperature": string(l.Temperature), "grade": l.Grade, "score": strconv.FormatFloat(l.Score, 'f', -1, 64), "campaign": campaign,
		"created_at": l.CreatedAt.String(), "scored_at": l.ScoredAt.String()}
	for name, f := range l.Fields {
		k["field."+name] = f.Value
	}
	for _, q := range l.Kinds {
		k["kind."+string(q.Kind)] = q.At.String()
	}
	for touch, a := range map[string]models.Attribution{"first": l.FirstTouch, "last": l.LastTouch} {
		addTouch(k, touch+"_touch.", a)
	}
	return k
}

func keptForm(s *models.Submission, campaign string) kept {
	k := kept{"campaign": campaign, "email": s.Email, "verdict": string(s.Verdict), "ip": s.IP, "user_agent": s.UserAgent, "at": s.CreatedAt.String()}
	for name, value := range s.Answers {
		k["answer."+name] = value
	}
	for purpose, ticked := range s.Purposes {
		k["consent."+purpose] = strconv.FormatBool(ticked)
	}
	addTouch(k, "", s.Attribution)
	return k
}

func addTouch(k kept, prefix string, a models.Attribution) {
	for name, value := range map[string]string{"channel": string(a.Channel), "source": a.Source, "medium": a.Medium, "utm_campaign": a.Campaign,
		"term": a.Term, "content": a.Content, "click_id": a.ClickID, "referrer": a.Referrer, "landing": a.Landing} {
		k[prefix+name] = value
	}
}

func keptMail(m *models.Message) kept {
	return kept{"kind": string(m.Kind), "class": m.Class.String(), "state": string(m.State), "to": m.To, "step": m.Step,
		"created_at": m.CreatedAt.String(), "sent_at": m.SentAt.String()}
}

// attached has a file saved, not shown.
func attached(c echo.Context, kind, name string) {
	header := c.Response().Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

func (h *Handlers) myDataJSON(c echo.Context, d *leads.MyData) error {
	file := map[string][]kept{}
	for _, part := range h.parts(d) {
		file[part.name] = part.things
	}
	attached(c, "application/json", "my-data.json")
	c.Response().WriteHeader(http.StatusOK)
	out := json.NewEncoder(c.Response())
	out.SetIndent("", "  ")
	return out.Encode(file)
}

// myDataCSV has a line for each value; no cell can become a formula.
func (h *Handlers) myDataCSV(c echo.Context, d *leads.MyData) error {
	attached(c, "text/csv; charset=utf-8", "my-data.csv")
	c.Response().WriteHeader(http.StatusOK)
	w, err := reports.NewWriter("csv", c.Response(), false)
	if err != nil {
		return err
	}
	if err := w.Header([]string{"part", "number", "name", "value"}); err != nil {
		return err
	}
	for _, part := range h.parts(d) {
		for i, thing := range part.things {
			for _, name := range slices.Sorted(maps.Keys(thing)) {
				if err := w.Row([]any{part.name, i + 1, name, thing[name]}); err != nil {
					return err
				}
			}
		}
	}
	return w.Close()
}
