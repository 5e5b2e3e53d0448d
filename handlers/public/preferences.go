package public

import (
	"net/http"
	"net/url"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	page "sarnakh/templates/public"

	"github.com/labstack/echo/v4"
)

// PreferencesShow shows what a person agreed to, switch by switch (C6).
func (h *Handlers) PreferencesShow(c echo.Context) error {
	p, err := h.Leads.Preferences(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return h.showPreferences(c, p, page.PreferencesProps{})
}

// PreferencesSubmit keeps what was chosen, and shows what holds from now on.
func (h *Handlers) PreferencesSubmit(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	p, err := h.Leads.Preferences(ctx, token)
	if err != nil {
		return err
	}
	if p.Standing == leads.StandingGone {
		return h.showPreferences(c, p, page.PreferencesProps{})
	}
	p, err = h.Leads.SetPreferences(ctx, token, chosen(p.Choices, values), who(c, "/prefs"))
	if err != nil {
		return err
	}
	return h.showPreferences(c, p, page.PreferencesProps{Saved: true, Stopped: values.Has("stop")})
}

const purposePrefix = "purpose."

// chosen reads the switches that the page showed: one that is not sent is off. The button that stops all mail
// leaves what is no mail as it was.
func chosen(choices []leads.PurposeChoice, values url.Values) map[models.Purpose]bool {
	on := map[models.Purpose]bool{}
	for _, choice := range choices {
		switch {
		case !values.Has("stop"):
			on[choice.Purpose] = values.Get(purposePrefix+string(choice.Purpose)) == "1"
		case isMail(choice.Purpose):
			on[choice.Purpose] = false
		}
	}
	return on
}

// isMail: what an owner adds is taken for mail, so that stopping stops it.
func isMail(p models.Purpose) bool {
	return p != models.ByPhone && p != models.BySMS && p != models.Tracking
}

func (h *Handlers) showPreferences(c echo.Context, p *leads.Preferences, props page.PreferencesProps) error {
	props.Head, props.Action, props.To = h.linkedHead(c, p.Locale, p.Brand), here(c), p.Email
	props.Gone = p.Standing == leads.StandingGone
	props.MyData = props.Head.Site.MyDataURL
	for _, choice := range p.Choices {
		shown := page.Choice{
			Purpose: string(choice.Purpose), Text: page.Wording{Text: choice.Text, Locale: i18n.Locale(p.Locale)},
			On: choice.On, Waiting: choice.Waiting,
		}
		if key := "purpose." + shown.Purpose; props.Head.Loc.Has(key) {
			shown.Label = props.Head.Loc.T(key)
		}
		props.Choices = append(props.Choices, shown)
	}
	return web.HTML(c, http.StatusOK, page.Preferences(props))
}
