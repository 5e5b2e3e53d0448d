package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"sarnakh/campaigns"
	"sarnakh/leads"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// A Problem is an error as the outside sees it.
type Problem struct {
	Status     int
	Code       string // stable, for programs
	RetryAfter time.Duration
	RequestID  string
}

// overloadWait is how long an overloaded server asks to be left alone.
const overloadWait = 2 * time.Second

// outageWait is how long a server whose database is gone asks for.
const outageWait = 10 * time.Second

// ProblemOf turns any error into one status and one code; what isn't known is a fault of ours.
func ProblemOf(err error) Problem {
	tooMany, limited := errors.AsType[*leads.TooMany](err)
	_, invalid := errors.AsType[*models.Invalid](err)
	_, large := errors.AsType[*http.MaxBytesError](err)
	said, http4xx := errors.AsType[*echo.HTTPError](err)
	switch {
	case limited:
		return Problem{Status: http.StatusTooManyRequests, Code: "too_many", RetryAfter: tooMany.RetryAfter}
	case errors.Is(err, models.ErrOverloaded):
		return Problem{Status: http.StatusServiceUnavailable, Code: "overloaded", RetryAfter: overloadWait}
	case errors.Is(err, models.ErrUnavailable):
		return Problem{Status: http.StatusServiceUnavailable, Code: "unavailable", RetryAfter: outageWait}
	case errors.Is(err, models.ErrNotFound):
		return Problem{Status: http.StatusNotFound, Code: "not_found"}
	case errors.Is(err, campaigns.ErrOver):
		return Problem{Status: http.StatusGone, Code: "over"}
	case errors.Is(err, models.ErrConflict):
		return Problem{Status: http.StatusConflict, Code: "conflict"}
	case errors.Is(err, models.ErrForbidden):
		return Problem{Status: http.StatusForbidden, Code: "forbidden"}
	case invalid:
		return Problem{Status: http.StatusUnprocessableEntity, Code: "invalid"}
	case large:
		return Problem{Status: http.StatusRequestEntityTooLarge, Code: "request_entity_too_large"}
	case http4xx:
		return Problem{Status: said.Code, Code: strings.ReplaceAll(strings.ToLower(http.StatusText(said.Code)), " ", "_")}
	}
	return Problem{Status: http.StatusInternalServerError, Code: "fault"}
}

// ErrorPage draws a problem for a person.
type ErrorPage func(c echo.Context, p Problem) error

// ErrorHandler answers every error that a handler returns: JSON for programs, else the page of the area.
func ErrorHandler(public, admin ErrorPage) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		p := ProblemOf(err)
		p.RequestID = RequestID(c.Request().Context())
		if p.RetryAfter > 0 {
			RetryAfter(c, p.RetryAfter)
		}
		page := public
		switch path := c.Request().URL.Path; {
		case c.Request().Method == http.MethodHead:
			_ = c.NoContent(p.Status)
			return
		case WantsJSON(c):
			_ = problemJSON(c, p, err)
			return
		case strings.HasPrefix(path, "/admin"):
			page = admin
		}
		if page(c, p) != nil && !c.Response().Committed {
			_ = c.NoContent(http.StatusInternalServerError)
		}
	}
}

type problemBody struct {
	Error     string              `json:"error"`
	Fields    []models.FieldError `json:"fields,omitempty"`
	RequestID string              `json:"request_id,omitempty"`
}

func problemJSON(c echo.Context, p Problem, err error) error {
	body := problemBody{Error: p.Code, RequestID: p.RequestID}
	if invalid, ok := errors.AsType[*models.Invalid](err); ok {
		body.Fields = invalid.Fields
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.Blob(p.Status, "application/json", raw)
}

// WantsJSON tells a program from a browser.
func WantsJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().URL.Path, "/api/") || strings.HasPrefix(c.Request().Header.Get("Accept"), "application/json")
}
