package public

import (
	"net/http"
	"net/url"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

const myDataPage = "/my-data"

// MyDataShow asks for an address or, behind a mailed link, shows what is kept of it and gives it away as a file.
func (h *Handlers) MyDataShow(c echo.Context) error {
	token := c.QueryParam("token")
	if token == "" {
		return h.askMyData(c, http.StatusOK, page.MyDataAskProps{})
	}
	d, err := h.Leads.MyData(c.Request().Context(), token)
	if err != nil {
		return err
	}
	switch format := c.QueryParam("format"); {
	case d.Standing != leads.StandingOpen:
		return h.tellMyData(c, d, token, page.MyDataState(d.Standing))
	case format == "json":
		return h.myDataJSON(c, d)
	case format == "csv":
		return h.myDataCSV(c, d)
	}
	view := &myDataView{h: h, c: c, head: h.linkedHead(c, d.Locale, models.Brand{}), data: d}
	props, err := view.props(token)
	if err != nil {
		return err
	}
	return web.HTML(c, http.StatusOK, page.MyData(props))
}

// MyDataSubmit mails a link to an address or, with a link's token, forgets whoever it belongs to: the first press
// asks whether they are sure, the second does it.
func (h *Handlers) MyDataSubmit(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	token := values.Get("token")
	if token == "" {
		return h.mailMyData(c, values.Get("email"))
	}
	ctx := c.Request().Context()
	d, err := h.Leads.MyData(ctx, token)
	if err != nil {
		return err
	}
	switch {
	case d.Standing == leads.StandingOld && values.Get("fresh") == "1" && d.Lead != nil:
		return h.mailMyData(c, d.Lead.Email)
	case d.Standing != leads.StandingOpen:
		return h.tellMyData(c, d, token, page.MyDataState(d.Standing))
	case values.Get("erase") != "2":
		return h.tellMyData(c, d, token, page.MyDataSure)
	}
	if err := h.Leads.Erase(ctx, token, who(c, myDataPage)); err != nil {
		return err
	}
	return h.tellMyData(c, d, token, page.MyDataErased)
}

// mailMyData gives every address the same answer.
func (h *Handlers) mailMyData(c echo.Context, address string) error {
	head := h.plainHead(c)
	err := h.Leads.AskMyData(c.Request().Context(), address, head.Loc.Locale(), who(c, myDataPage))
	if err == nil {
		return web.HTML(c, http.StatusOK, page.MyDataTell(page.MyDataTellProps{Head: head, State: page.MyDataAsked}))
	}
	problem := web.ProblemOf(err)
	props := page.MyDataAskProps{Email: address}
	switch problem.Status {
	case http.StatusUnprocessableEntity:
		props.Error = head.Loc.T("invalid.email", "example", head.Loc.T("example.email"))
		if strings.TrimSpace(address) == "" {
			props.Error = head.Loc.T("invalid.required_email")
		}
	case http.StatusTooManyRequests:
		props.Problem = head.Loc.T("my_data.ask.too_many", "span", problem.RetryAfter)
	case http.StatusServiceUnavailable:
		props.Problem = head.Loc.T("public.form.unavailable")
	default:
		return err
	}
	if problem.RetryAfter > 0 {
		web.RetryAfter(c, problem.RetryAfter)
	}
	return h.askMyData(c, problem.Status, props)
}

func (h *Handlers) askMyData(c echo.Context, status int, props page.MyDataAskProps) error {
	props.Head, props.Action = h.plainHead(c), here(c)
	return web.HTML(c, status, page.MyDataAsk(props))
}

func (h *Handlers) tellMyData(c echo.Context, d *leads.MyData, token string, state page.MyDataState) error {
	return web.HTML(c, http.StatusOK, page.MyDataTell(page.MyDataTellProps{
		Head: h.linkedHead(c, d.Locale, models.Brand{}), State: state, Action: here(c), Token: token, To: d.Email, Back: myDataAt(c, token, ""),
	}))
}

// myDataAt is the address of what is kept, as a page or as a file.
func myDataAt(c echo.Context, token, format string) string {
	query := url.Values{"token": {token}}
	if format != "" {
		query.Set("format", format)
	}
	if asked, ok := i18n.ParseLocale(c.QueryParam("lang")); ok {
		query.Set("lang", string(asked))
	}
	return myDataPage + "?" + query.Encode()
}
