package admin

import (
	"context"
	"strconv"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/static"
	"sarnakh/store"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"

	"github.com/labstack/echo/v4"
)

// Parts of a page that are no block.
const (
	partTheme = "theme"
	partAbout = "about"
)

// A pageMatter is a campaign's page as it is being written.
type pageMatter struct {
	h        *Handlers
	campaign *models.Campaign
	draft    *models.Draft
}

type pageDesk = desk[models.CampaignDoc]

func (h *Handlers) pageDesk(c echo.Context) (*pageDesk, error) {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return nil, err
	}
	m := &pageMatter{h: h, campaign: campaign, draft: draft}
	d := &pageDesk{
		h: h, kind: "page", matter: m, doc: &draft.Doc, at: campaignURL(campaign.ID) + partPage, locale: campaign.Locale,
		blocks: func(doc *models.CampaignDoc) *[]models.Block { return &doc.Page.Blocks },
		forms:  blockForms, types: blockTypes[:], check: (*models.Block).Check, dress: m.dress,
		wholes: []part[models.CampaignDoc]{colours, m.about(c.Request().Context())},
		looks:  previewWidths[:], frame: func(string) string { return campaignURL(campaign.ID) + "/preview?as=page&marked=1" },
		title: i18n.For(h.locale(c)).T("campaign_preview.title", "name", campaign.Name),
	}
	d.asked(c)
	return d, nil
}

func (m *pageMatter) read(c echo.Context) (doc *models.CampaignDoc, err error) {
	if m.campaign, m.draft, err = m.h.draft(c); err != nil {
		return nil, err
	}
	return &m.draft.Doc, nil
}

func (m *pageMatter) edit(c echo.Context, what string, change func(*models.CampaignDoc) error) (*models.CampaignDoc, error) {
	draft, err := m.h.Store.EditDraft(c.Request().Context(), m.campaign.ID, web.User(c).ID, what, change)
	if err != nil {
		return nil, err
	}
	m.draft = draft
	return &draft.Doc, nil
}

func (m *pageMatter) steps(c echo.Context, loc *i18n.Loc) (undo, redo *admin.DraftStep, err error) {
	return m.h.draftSteps(c, loc, m.campaign, &m.draft.Doc)
}

func (m *pageMatter) people(c echo.Context, since models.Instant) ([]store.DraftPerson, error) {
	return m.h.Store.DraftPeople(c.Request().Context(), m.campaign.ID, since, web.User(c).ID)
}

func (m *pageMatter) told(c echo.Context, what, name string) {
	m.h.setFlash(c, what, m.campaign.ID.String(), name+"\n"+strconv.Itoa(m.draft.Rev))
}

func (m *pageMatter) answer(c echo.Context, status int, p admin.EditorProps) error {
	shell, head, err := m.h.campaignShell(c, m.campaign, partPage)
	if err != nil {
		return err
	}
	shell.Assets.Scripts = deskScripts()
	return web.HTML(c, status, admin.PageEditor(admin.PageEditorProps{Shell: shell, Head: head, Editor: p}))
}

func deskScripts() []string {
	return []string{static.URL("htmx.min.js"), static.URL("sortable.min.js"), static.URL("insert.js"), static.URL("editor.js")}
}

// dress sends to the page of its own where the visitors' form is written.
func (m *pageMatter) dress(kind models.BlockType, f *typed, form *admin.PageForm) error {
	if kind == models.BlockForm {
		form.Elsewhere = &layout.Crumb{Text: f.loc.T("page_editor.to_form"), URL: campaignURL(m.campaign.ID) + partForm}
	}
	return nil
}

// colours is the part of colours and fonts.
var colours = part[models.CampaignDoc]{
	kind: partTheme, query: "part=theme", what: "theme", icon: "sun",
	now:    func(doc *models.CampaignDoc) any { return themeOf(&doc.Page) },
	show:   func(f *typed, doc *models.CampaignDoc) { showParts(f, themeForm, themeOf(&doc.Page)) },
	fields: themeFields,
	put: func(f *typed, doc *models.CampaignDoc) error {
		t := readParts(f, themeForm)
		doc.Page.Theme, doc.Page.Brand.Logo = t.Theme, t.Logo
		return t.Theme.Check()
	},
	dress: func(_ *typed, form *admin.PageForm) error {
		form.Swatches = swatches()
		return nil
	},
}

// about is what the page says of itself. Whether it is the home page is none of the draft: it holds at once.
func (m *pageMatter) about(ctx context.Context) part[models.CampaignDoc] {
	home := m.campaign.Home
	return part[models.CampaignDoc]{
		kind: partAbout, query: "part=about", what: "about", icon: "search",
		now: func(doc *models.CampaignDoc) any { return aboutOf(&doc.Page) },
		show: func(f *typed, doc *models.CampaignDoc) {
			showParts(f, aboutForm, aboutOf(&doc.Page))
			if m.campaign.Home {
				f.values.Set("home", "1")
			}
		},
		fields: func(f *typed) (out []admin.PageField) {
			for _, b := range aboutForm {
				out = append(out, b.field(f, ""))
			}
			return append(out, f.field("home", kindFlag))
		},
		put: func(f *typed, doc *models.CampaignDoc) error {
			home = f.values.Get("home") != ""
			a := readParts(f, aboutForm)
			a.put(&doc.Page)
			return doc.Page.CheckAbout()
		},
		after: func() error { return m.h.setHome(ctx, m.campaign, home) },
	}
}

// setHome makes a campaign the one at /, or no longer.
func (h *Handlers) setHome(ctx context.Context, campaign *models.Campaign, home bool) error {
	if campaign.Home == home {
		return nil
	}
	if _, err := h.Store.EditCampaign(ctx, campaign.ID, func(c *models.Campaign) error {
		c.Home = home
		return nil
	}); err != nil {
		return err
	}
	return h.Campaigns.Reload(ctx)
}

// PageEdit is where a campaign's page is made: its blocks, the page itself, and the form of one part.
func (h *Handlers) PageEdit(c echo.Context) error { return h.atPage(c, (*pageDesk).open) }

// BlockAdd adds a block to the page.
func (h *Handlers) BlockAdd(c echo.Context) error { return h.atPage(c, (*pageDesk).add) }

// BlockAct does what a button of a block says.
func (h *Handlers) BlockAct(c echo.Context) error { return h.atPage(c, (*pageDesk).act) }

// BlockSave saves what is in a block.
func (h *Handlers) BlockSave(c echo.Context) error {
	return h.atPage(c, (*pageDesk).saveBlock)
}

// PageThemeSave saves the colours and fonts to the draft.
func (h *Handlers) PageThemeSave(c echo.Context) error {
	return h.atPage(c, saveWhole[models.CampaignDoc](partTheme))
}

// PageAboutSave saves what the page says of itself to the draft.
func (h *Handlers) PageAboutSave(c echo.Context) error {
	return h.atPage(c, saveWhole[models.CampaignDoc](partAbout))
}

func (h *Handlers) atPage(c echo.Context, do func(*pageDesk, echo.Context) error) error {
	d, err := h.pageDesk(c)
	if err != nil {
		return err
	}
	return do(d, c)
}
