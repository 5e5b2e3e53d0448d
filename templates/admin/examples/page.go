package examples

import (
	"sarnakh/i18n"
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

func (s set) pageEditor() []Example {
	wrong := s.editor("hero", s.heroFields()...)
	wrong.Editor.Form.Fields[0].Error = s.loc.T("invalid.required", "label", "x")
	wrong.Editor.Form.Problems = []ui.Problem{{Target: "f-heading", Text: wrong.Editor.Form.Fields[0].Error}}
	wrong.Editor.Form.NotSaved = true
	conflict := s.editor("hero", s.heroFields()...)
	conflict.Editor.Form.Conflict, conflict.Editor.Form.NotSaved = true, true
	conflict.Editor.Form.Theirs = []admin.Fact{{Label: s.say("عنوان", "Heading"), Text: s.say("عنوان او", "Their heading")}}
	gone := s.editor("hero", s.heroFields()...)
	gone.Editor.Form.Conflict, gone.Editor.Form.Gone = true, true
	empty := s.editor("")
	empty.Editor.Form, empty.Editor.Parts, empty.Editor.Undo = nil, nil, nil
	theme := s.editor("theme", s.themeFields()...)
	theme.Editor.Form.Swatches = []admin.PageSwatch{{Name: "ink", Colours: []string{"#121826", "#1f2a44", "#2f4b8f", "#8fc6f2"}}}
	form := s.editor("form")
	form.Editor.Form.Elsewhere = &layout.Crumb{Text: s.loc.T("page_editor.to_form"), URL: "/admin/campaigns/1x/form"}
	return []Example{
		{"page-editor", admin.PageEditor(s.editor("hero", s.heroFields()...))},
		{"page-editor-wrong", admin.PageEditor(wrong)},
		{"page-editor-conflict", admin.PageEditor(conflict)},
		{"page-editor-gone", admin.PageEditor(gone)},
		{"page-editor-empty", admin.PageEditor(empty)},
		{"page-editor-theme", admin.PageEditor(theme)},
		{"page-editor-form", admin.PageEditor(form)},
	}
}

func (s set) editor(kind string, fields ...admin.PageField) admin.PageEditorProps {
	at := "/admin/campaigns/1x/page"
	tab := func(key, query string, current bool) ui.Tab {
		return ui.Tab{Text: s.loc.T(key), URL: at + query, Current: current}
	}
	return admin.PageEditorProps{
		Shell: s.shell(layout.RoomCampaigns), Head: admin.CampaignHead{Name: s.say("۲۷ پیام پیگیری", "27 follow-ups"), Status: "live", PreviewURL: "/admin/campaigns/1x/preview"},
		Editor: s.blocks(at, kind, tab, fields),
	}
}

func (s set) blocks(at, kind string, tab func(key, query string, current bool) ui.Tab, fields []admin.PageField) admin.EditorProps {
	return admin.EditorProps{
		Loc: s.loc, Whole: s.loc.T("page_editor.whole.page"),
		Parts: []admin.PagePart{
			{ID: "hero", Mark: "b-hero", Icon: "flag", Type: s.loc.T("block_type.hero"), Name: s.say("۲۷ پیام پیگیری", "27 follow-ups"), Current: kind == "hero", URL: at + "?block=hero", ActURL: at + "/blocks/hero/act", First: true},
			{ID: "proof", Mark: "b-proof", Icon: "users", Type: s.loc.T("block_type.proof"), Name: s.say("از زبان خوانندگان", "What readers say"), Hidden: true, URL: at + "?block=proof", ActURL: at + "/blocks/proof/act", Last: true},
		},
		Wholes: []admin.EditorWhole{{Tab: tab("page_editor.theme", "?part=theme", kind == "theme"), Icon: "sun"}, {Tab: tab("page_editor.about", "?part=about", false), Icon: "search"}},
		Types:  []admin.PageType{{Type: "text", Icon: "edit", Name: s.loc.T("block_type.text"), About: s.loc.T("page_editor.type.text")}},
		AddURL: at + "/blocks", Undo: &admin.DraftStep{URL: "/admin/campaigns/1x/undo", What: s.loc.T("draft_step_of.theme")},
		Others:   [][]i18n.Part{s.loc.Parts("page_editor.other.page", "name", s.say("مینا یاوری", "Mina Yavari"), "when", s.loc.Ago(s.ago(180e9), s.now))},
		FrameURL: "/admin/campaigns/1x/preview?as=page", FrameTitle: s.loc.T("campaign_preview.title", "name", s.say("۲۷ پیام پیگیری", "27 follow-ups")), Width: "phone", Mark: "b-hero",
		Widths: []ui.Tab{tab("campaign_preview.phone", "", true), tab("campaign_preview.desktop", "?width=desktop", false)},
		Views:  []ui.Tab{tab("page_editor.view.parts", "?view=parts", true), tab("page_editor.view.look", "?view=look", false)},
		View:   "parts", Here: at,
		Form: &admin.PageForm{Heading: s.loc.T("block_type.hero"), Note: s.loc.T("page_editor.type.hero"), Action: at + "/blocks/hero", Base: "abc", Kind: kind, Width: "phone", Fields: fields, DiscardURL: at},
	}
}

func (s set) heroFields() []admin.PageField {
	field := func(kind, name, label string) admin.PageField {
		return admin.PageField{Kind: kind, Name: name, ID: "f-" + name, Label: s.loc.T("page_field." + label), Max: 200}
	}
	rows := field("list", "ticks", "hero.ticks")
	rows.One = s.loc.T("page_field.hero.ticks_one")
	tick := field("line", "ticks.0.text", "hero.ticks_text")
	tick.ID = "f-ticks-0-text"
	rows.Rows = [][]admin.PageField{{tick}}
	picture := field("picture", "image", "hero.image")
	picture.Picture = admin.PagePicture{URL: "/media/a.jpg", Width: 320, Height: 200, AltLabel: s.loc.T("page_field.any.alt"), Alt: s.say("کتابی روی میز", "A book on a desk")}
	until := field("moment", "until", "countdown.until")
	until.ID, until.Moment = "f-until_day", admin.Moment{Name: "until"}
	cover := field("group", "cover", "hero.cover")
	cover.Fields = []admin.PageField{field("line", "cover.title", "hero.cover_title")}
	cover.Fields[0].ID = "f-cover-title"
	target := field("target", "link", "button.link")
	target.Options, target.Fields = []ui.Option{{Value: "url", Label: s.loc.T("page_editor.target.url")}}, []admin.PageField{field("link", "link.url", "button.link_url")}
	target.Fields[0].ID = "f-link-url"
	return []admin.PageField{target, field("letter", "letter", "text.body"), field("line", "heading", "hero.heading"), field("lines", "lead", "hero.lead"), field("body", "body", "text.body"), field("link", "url", "video.url"),
		field("flag", "no_index", "about.no_index"), rows, picture, until, cover}
}

func (s set) themeFields() []admin.PageField {
	ready := []ui.Option{{Value: "ink", Label: s.loc.T("theme.name.ink")}}
	return []admin.PageField{
		{Kind: "choice", Name: "ready", ID: "f-ready", Label: s.loc.T("page_field.theme.ready"), Options: ready, Value: "ink"},
		{Kind: "choice", Name: "fonts", ID: "f-fonts", Label: s.loc.T("page_field.theme.fonts"), Options: ready},
		{Kind: "colour", Name: "accent", ID: "f-accent", Label: s.loc.T("page_field.theme.accent"), Colour: "#808080", Contrast: []admin.PageContrast{
			{Text: s.loc.T("page_editor.contrast", "what", s.loc.T("theme.check.accent"), "ratio", s.loc.Num(3.9, 1), "needed", s.loc.Num(4.5, 1)), Nearest: "#707070"},
			{Text: s.loc.T("page_editor.contrast", "what", s.loc.T("theme.check.page"), "ratio", s.loc.Num(5, 1), "needed", s.loc.Num(4.5, 1)), Passes: true}}},
	}
}
