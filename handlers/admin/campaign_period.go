package admin

import (
	"slices"
	"strconv"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/reports"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// resultsPeriod reads which days are asked for: so many up to today, or from one to another. What can't be shown is told
// beside its field, over the usual days.
func resultsPeriod(c echo.Context, loc *i18n.Loc, today int) (reports.Period, admin.ResultsPeriod) {
	days, _ := strconv.Atoi(c.QueryParam("days"))
	if !slices.Contains(resultsDays, days) {
		days = resultsDays[1]
	}
	p, choice := reports.LastDays(days, today), admin.ResultsPeriod{Days: days, Choices: resultsDays}
	if c.QueryParams().Has("from") || c.QueryParams().Has("to") {
		asked, problems := askedDays(c, loc, today)
		if choice.Days, choice.Problems = 0, problems; len(problems) == 0 {
			p = asked
		}
	}
	choice.First, choice.Last = dayOf(p.First), dayOf(p.Last)
	choice.From, choice.To = loc.FormDay(choice.First), loc.FormDay(choice.Last)
	if len(choice.Problems) > 0 {
		choice.From, choice.To = c.QueryParam("from"), c.QueryParam("to")
	}
	return p, choice
}

// askedDays reads two days in either calendar and in either order. Days to come are left out.
func askedDays(c echo.Context, loc *i18n.Loc, today int) (p reports.Period, problems []ui.Problem) {
	read := func(name string) int {
		date, err := i18n.ParseDate(c.QueryParam(name))
		if err != nil {
			problems = append(problems, ui.Problem{Target: "f-" + name, Text: loc.T("results.period.bad_day",
				"label", loc.T("results.period."+name), "example", loc.FormDay(dayOf(today)))})
		}
		return leads.Day(date, time.UTC)
	}
	p = reports.Period{First: read("from"), Last: read("to")}
	if len(problems) > 0 {
		return p, problems
	}
	p.First, p.Last = min(p.First, p.Last), min(max(p.First, p.Last), today)
	switch {
	case p.First > today:
		problems = append(problems, ui.Problem{Target: "f-from", Text: loc.T("results.period.ahead")})
	case p.Days() > maxResultsDays:
		problems = append(problems, ui.Problem{Target: "f-from", Text: loc.T("results.period.too_long", "n", maxResultsDays)})
	}
	return p, problems
}

// dayOf is a numbered day, as midnight UTC.
func dayOf(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }
