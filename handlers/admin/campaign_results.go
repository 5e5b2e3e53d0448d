package admin

import (
	"context"
	"net/http"
	"slices"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/reports"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// What the page of results shows.
const (
	maxResultsDays = 366
	resultsSources = 10
	resultsPeople  = 6
	resultsForms   = 2000 // whose senders' scores are spread
)

// resultsDays are the periods to choose from; the first page has the second of them.
var resultsDays = []int{7, 30, 90}

// CampaignResults is the first page of a campaign: what it achieved, from its counters alone (A1).
func (h *Handlers) CampaignResults(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	shell, head, err := h.campaignShell(c, campaign, partResults)
	if err != nil {
		return err
	}
	p := admin.ResultsProps{Shell: shell, Head: head}
	if campaign.VersionID == 0 {
		p.Draft, err = h.resultsDraft(c, campaign, head)
		return answerResults(c, http.StatusOK, p, err)
	}
	ctx, today := c.Request().Context(), leads.Day(h.Clock(), h.Site.Zone)
	period, choice := resultsPeriod(c, shell.Loc, today)
	choice.URL = campaignURL(campaign.ID)
	tally, err := h.Store.CampaignTally(ctx, campaign.ID, period.Before().First, period.First, period.Last)
	if err != nil {
		return err
	}
	p.Goal = h.resultsGoal(campaign, tally.Ever.Leads, today)
	if tally.Ever.Views == 0 && tally.Ever.Submissions == 0 {
		p.Empty = resultsEmpty(head, campaign)
		return answerResults(c, http.StatusOK, p, nil)
	}
	doc := h.publishedDoc(campaign.ID)
	funnel := reports.FunnelOf(period.Sum(tally.Days), asksToConfirm(&doc.Form))
	p.Figures = &admin.ResultsFigures{
		Period: choice, Steps: resultsSteps(funnel), Worst: string(funnel.Worst), Unseen: funnel.Unseen,
		Series:  resultsSeries(period, tally.Days),
		Sources: resultsFrom(reports.SourcesOf(tally.Sources, period.Sum(tally.Days), resultsSources)),
	}
	if p.Figures.Spread, err = h.resultsSpread(ctx, campaign.ID, doc.Card); err != nil {
		return err
	}
	if head.PreviewURL != "" { // who may change it
		if p.Next, err = h.resultsNext(ctx, campaign); err != nil {
			return err
		}
	}
	if slices.Contains(withPeople, web.User(c).Role) {
		if p.Figures.People, err = h.resultsPeople(ctx, campaign.ID); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if len(choice.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return answerResults(c, status, p, nil)
}

// resultsNext is what to do first about the campaign.
func (h *Handlers) resultsNext(ctx context.Context, campaign *models.Campaign) (*admin.NextThing, error) {
	_, draft, err := h.Store.Draft(ctx, campaign.ID)
	if err != nil {
		return nil, err
	}
	signs, err := h.Store.CampaignSigns(ctx, []models.ID{campaign.ID}, campaigns.FewCodes)
	if err != nil {
		return nil, err
	}
	return nextThing(campaign, &draft.Doc, signs[campaign.ID], h.Clock().In(h.Site.Zone)), nil
}

// withPeople may see who somebody is.
var withPeople = []models.Role{models.Owner, models.Marketer, models.Sales}

func answerResults(c echo.Context, status int, p admin.ResultsProps, err error) error {
	if err != nil {
		return err
	}
	return web.HTML(c, status, admin.Results(p))
}

// publishedDoc is what visitors see, empty where nobody knows it.
func (h *Handlers) publishedDoc(id models.ID) *models.CampaignDoc {
	if p := h.Campaigns.Snapshot().Campaign(id); p != nil {
		return &p.Version.Doc
	}
	return &models.CampaignDoc{}
}

// asksToConfirm tells whether a form's newsletter waits for a button in a mail.
func asksToConfirm(f *models.Form) bool {
	return f.Confirms(models.Newsletter) && slices.ContainsFunc(f.Purposes, func(p models.ConsentRequest) bool { return p.Purpose == models.Newsletter })
}

func resultsSteps(f reports.Funnel) []admin.ResultsStep {
	out := make([]admin.ResultsStep, len(f.Steps))
	for i, s := range f.Steps {
		out[i] = admin.ResultsStep{Stage: string(s.Stage), Count: s.Count, OfVisits: s.OfVisits, Lost: s.Lost, Height: s.Height}
	}
	return out
}

func resultsSeries(p reports.Period, days []models.CampaignDay) admin.ResultsSeries {
	s := admin.ResultsSeries{First: dayOf(p.First), Now: p.Series(days, reports.Leads)}
	if before := p.Before().Sum(days); before.Views > 0 || before.Leads > 0 {
		s.Before = p.Before().Series(days, reports.Leads)
	}
	return s
}

func resultsFrom(sources []reports.Source) (out []admin.ResultsSource) {
	for _, s := range sources {
		out = append(out, admin.ResultsSource{Name: s.Name, Leads: s.Leads, Rate: s.Rate})
	}
	return out
}

// resultsSpread tones each ten of points by the middle of it, as the campaign's rules have it now.
func (h *Handlers) resultsSpread(ctx context.Context, campaign models.ID, name string) (*admin.ResultsSpread, error) {
	card, _ := h.Campaigns.Card(name)
	if card == nil {
		return nil, nil
	}
	scores, more, err := h.Store.LatestScores(ctx, campaign, resultsForms)
	if err != nil {
		return nil, err
	}
	warm, hot := card.Bounds()
	s := &admin.ResultsSpread{}
	if more {
		s.Forms = resultsForms
	}
	for i, n := range reports.SpreadOf(scores) {
		tone, middle := models.Cold, float64(10*i+5)
		switch {
		case middle >= hot:
			tone = models.Hot
		case middle >= warm:
			tone = models.Warm
		}
		s.Bars = append(s.Bars, ui.Pillar{Value: n, Tone: string(tone)})
	}
	return s, nil
}

func (h *Handlers) resultsPeople(ctx context.Context, campaign models.ID) (*admin.ResultsPeople, error) {
	list, at, err := h.Store.LatestLeads(ctx, campaign, resultsPeople)
	if err != nil {
		return nil, err
	}
	p := &admin.ResultsPeople{URL: campaignURL(campaign) + partLeads}
	for i := range list {
		l := &list[i]
		p.Rows = append(p.Rows, admin.ResultsPerson{URL: "/admin/leads/" + l.ID.String(), Name: l.Name, Email: l.Email, Phone: leads.ShownPhone(l.Phone),
			Temperature: string(l.Temperature), Score: min(max(int(l.Score+0.5), 0), 100), At: h.in(at[i])})
	}
	return p, nil
}

// resultsGoal is nil where there is neither a goal nor an end.
func (h *Handlers) resultsGoal(campaign *models.Campaign, leadsEver int64, today int) *admin.ResultsGoal {
	if campaign.Goal == 0 && campaign.Until == 0 {
		return nil
	}
	g := &admin.ResultsGoal{Leads: leadsEver, Goal: int64(campaign.Goal), Until: h.in(campaign.Until)}
	if campaign.Until != 0 {
		g.Ended = campaign.Until <= h.Store.Now()
		g.Left = max(leads.Day(campaign.Until.Time(), h.Site.Zone)-today, 0)
	}
	return g
}

// resultsDraft is what keeps visitors from seeing a campaign, for whoever can do something about it.
func (h *Handlers) resultsDraft(c echo.Context, campaign *models.Campaign, head admin.CampaignHead) (*admin.ResultsDraft, error) {
	d := &admin.ResultsDraft{PublishURL: head.PublishURL}
	if campaign.NextID != 0 {
		d.Planned = h.in(campaign.NextAt)
	}
	if head.PublishURL == "" {
		return d, nil
	}
	r, err := h.release(c)
	if err != nil {
		return nil, err
	}
	for _, x := range r.problems {
		d.Checks = append(d.Checks, admin.CheckLine{Text: i18n.For(h.locale(c)).T(x.Key, x.Args...), URL: campaignURL(campaign.ID) + x.At, Stops: x.Stops})
	}
	d.Checks = append(d.Checks, r.mails...)
	return d, nil
}

func resultsEmpty(head admin.CampaignHead, campaign *models.Campaign) *admin.ResultsEmpty {
	e := &admin.ResultsEmpty{Address: head.Address}
	if head.Address != "" {
		e.QR = "/p/" + campaign.Slug + "/qr.svg"
	}
	return e
}
