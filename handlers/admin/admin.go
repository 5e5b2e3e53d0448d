// Package admin is the back office: signing in, leads, mailbox, quarantine.
package admin

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"sarnakh/campaigns"
	"sarnakh/files"
	"sarnakh/handlers/public"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/nurture"
	"sarnakh/reach"
	"sarnakh/reports"
	"sarnakh/static"
	"sarnakh/store"
	"sarnakh/team"
	"sarnakh/templates/layout"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
)

// Handlers answers the addresses under /admin.
type Handlers struct {
	*web.Web
	Store *store.Store
	// Pages draws what visitors see, for previews.
	Pages      *public.Handlers
	Files      files.Store
	Campaigns  *campaigns.Campaigns
	Leads      *leads.Leads
	Totals     *reports.Totals // of all campaigns
	Nurture    *nurture.Nurture
	Team       *team.Team
	Reach      *reach.Checker
	Sessions   *scs.SessionManager
	Exporter   func(context.Context) (*reports.Exporter, error)
	NeedFactor bool // everybody who works here needs a second factor
	// Mailbox: no mail leaves the house, it is all to be read here.
	Mailbox bool
	Speed   float64 // nurture.speed
	Version string

	slowdown web.Slowdown // of passwords
	codes    web.Slowdown // of second factors: only who knows a password is counted
	looks    web.Slowdown // of where links lead: each asks servers of others
	// onePicture: a decoded picture takes much memory, so there is one at a time.
	onePicture sync.Mutex
}

const sessionLocale = "locale"

// locale is the person's own, else the one chosen in this browser, else as the browser asks.
func (h *Handlers) locale(c echo.Context) i18n.Locale {
	if u := web.User(c); u != nil {
		if l, ok := i18n.ParseLocale(u.Locale); ok {
			return l
		}
	}
	if web.Met(c) {
		if l, ok := i18n.ParseLocale(h.Sessions.GetString(c.Request().Context(), sessionLocale)); ok {
			return l
		}
	}
	return h.VisitorLocale(c)
}

// fonts: the one file worth fetching first.
var fonts = map[i18n.Locale]string{i18n.FA: "vazirmatn-arabic-wght-normal.woff2", i18n.EN: "inter-latin-wght-normal.woff2"}

func (h *Handlers) head(c echo.Context) layout.AdminHead {
	locale := h.locale(c)
	head := layout.AdminHead{
		Loc: i18n.For(locale),
		Assets: layout.Assets{
			Stylesheet: static.URL("admin.css"), Font: static.URL(fonts[locale]),
			Icon: static.URL("logo.svg"), TouchIcon: static.URL("apple-touch-icon.png"),
		},
		Theme:   layout.ThemeSystem,
		Now:     h.Clock().In(h.Site.Zone),
		Path:    c.Request().URL.RequestURI(),
		Actions: layout.AdminActions{Home: "/admin", Locale: "/admin/locale", Theme: "/admin/theme", SignOut: "/admin/logout", Account: accountURL},
		Version: h.Version,
		Zone:    h.Site.Zone.String(),
	}
	if u := web.User(c); u != nil {
		head.Theme = layout.Theme(u.Theme)
	}
	return head
}

// shell is the frame of a page for whoever is signed in.
func (h *Handlers) shell(c echo.Context, current layout.Room) (layout.AdminShell, error) {
	user := web.User(c)
	s := layout.AdminShell{AdminHead: h.head(c), Current: current, User: layout.AdminUser{Name: user.Name, Role: string(user.Role)}}
	if slices.Contains([]models.Role{models.Owner, models.Marketer, models.Sales}, user.Role) {
		s.Actions.Search = "/admin/leads"
	}
	var err error
	if s.Nav, err = h.nav(c, user); err != nil {
		return s, err
	}
	paused, err := h.Store.MailPaused(c.Request().Context())
	if err != nil {
		return s, err
	}
	if paused != "" {
		s.Notices = append(s.Notices, h.pausedNotice(s.Loc, user, paused))
	}
	if h.Speed != 1 {
		s.Notices = append(s.Notices, layout.SpeedNotice(s.Loc, h.Speed))
	}
	if h.Mailbox {
		mailbox := ""
		if user.Role == models.Owner || user.Role == models.Marketer {
			mailbox = "/admin/mailbox"
		}
		s.Notices = append(s.Notices, layout.MailboxNotice(s.Loc, mailbox))
	}
	s.Flash = h.flash(c, s.Loc)
	return s, nil
}

// pausedNotice says why no mail leaves; the owner may let it.
func (h *Handlers) pausedNotice(loc *i18n.Loc, user *models.User, reason string) layout.Notice {
	if key := "admin.notice.paused_why." + reason; loc.Has(key) {
		reason = loc.T(key)
	}
	resume := ""
	if user.Role == models.Owner {
		resume = "/admin/mail/resume"
	}
	return layout.PausedNotice(loc, reason, resume)
}

// maxCount is how far the menu counts.
const maxCount = 1000

func (h *Handlers) nav(c echo.Context, user *models.User) (items []layout.NavItem, err error) {
	if user.Role == models.Analyst {
		return []layout.NavItem{{Room: layout.RoomCampaigns, URL: campaignsURL}}, nil
	}
	ctx := c.Request().Context()
	hot, err := h.Store.OpenHandoffs(ctx, maxCount)
	if err != nil {
		return nil, err
	}
	if user.Role != models.Sales {
		items = append(items, layout.NavItem{Room: layout.RoomCampaigns, URL: campaignsURL})
	}
	items = append(items, layout.NavItem{Room: layout.RoomLeads, URL: "/admin/leads", Count: int64(hot)})
	if user.Role == models.Sales {
		return items, nil
	}
	kept, err := h.Store.QuarantineSize(ctx, maxCount)
	items = append(items, layout.NavItem{Room: layout.RoomSequences, URL: sequencesURL}, layout.NavItem{Room: layout.RoomMailbox, URL: "/admin/mailbox"},
		layout.NavItem{Room: layout.RoomQuarantine, URL: "/admin/quarantine", Count: int64(kept)})
	if user.Role == models.Owner {
		items = append(items, layout.NavItem{Room: layout.RoomTeam, URL: teamURL})
	}
	return items, err
}

// HomeShow leads to the room in which the person works.
func (h *Handlers) HomeShow(c echo.Context) error {
	if web.User(c).Role == models.Sales {
		return web.Redirect(c, "/admin/leads")
	}
	return web.Redirect(c, campaignsURL)
}

// ownPath keeps a way back within the back office.
func ownPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || (u.Path != "/admin" && !strings.HasPrefix(u.Path, "/admin/")) || strings.ContainsAny(path, "\\\r\n") {
		return "/admin"
	}
	return u.RequestURI()
}

func (h *Handlers) in(i models.Instant) time.Time {
	if i == 0 {
		return time.Time{}
	}
	return i.In(h.Site.Zone)
}

// audit records what a person did. Where it can't be recorded it is not done.
func (h *Handlers) audit(c echo.Context, action, subject, detail string) error {
	entry := models.AuditEntry{Action: action, Subject: subject, Detail: detail, IP: c.RealIP()}
	if u := web.User(c); u != nil {
		entry.UserID = u.ID
	}
	return h.Store.Audit(c.Request().Context(), entry)
}
