package admin

import (
	"strings"

	"sarnakh/i18n"
	"sarnakh/letters"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"
)

// mailText is a text of a mail, in which the fields of its reader can stand.
var mailText = content[models.RichText]{
	of: func(b *models.Block) **models.RichText { return &b.Text },
	parts: []binding[models.RichText]{
		line("heading", func(b *models.RichText) *string { return &b.Heading }).free(),
		text[models.RichText]{name: "body", kind: kindLetter, most: models.MaxBody, at: func(b *models.RichText) *string { return &b.Body }},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.RichText {
		return models.RichText{Body: loc.T("page_first.text.body")}
	},
}

var buttonForm = content[models.Button]{
	of: func(b *models.Block) **models.Button { return &b.Button },
	parts: []binding[models.Button]{
		line("label", func(b *models.Button) *string { return &b.Label }),
		target[models.Button]{name: "link", at: func(b *models.Button) *string { return &b.Link }},
	},
	first: func(loc *i18n.Loc, _ models.Instant) models.Button {
		return models.Button{Label: loc.T("page_first.button.label"), Link: "{{page_url}}"}
	},
}

var bannerForm = content[models.Banner]{
	of: func(b *models.Block) **models.Banner { return &b.Picture },
	parts: []binding[models.Banner]{
		picture[models.Banner]{"image", func(b *models.Banner) *models.Image { return b.Image }, func(b *models.Banner, i *models.Image) { b.Image = i }},
		target[models.Banner]{name: "link", at: func(b *models.Banner) *string { return &b.Link }, optional: true},
	},
	first: func(*i18n.Loc, models.Instant) models.Banner { return models.Banner{} },
}

// mailForms are the forms of the blocks of a mail.
var mailForms = map[models.BlockType]blockForm{
	models.BlockText: mailText, models.BlockButton: buttonForm, models.BlockPicture: bannerForm, models.BlockBenefits: benefitsForm,
	models.BlockProof: proofForm, models.BlockFAQ: faqForm, models.BlockDivider: noContent{},
}

// A target is where something in a mail leads: to an address that each reader has their own of, or to one of the web.
type target[T any] struct {
	name     string
	at       func(*T) *string
	optional bool
}

// toAddress is chosen for an address of the web, which stands in a control of its own.
const toAddress = "url"

func (t target[T]) show(f *typed, at string, from *T) {
	link := *t.at(from)
	switch field := letters.LinkField(link); {
	case letters.IsLink(field):
		f.values.Set(at+t.name, field)
	case link != "" || !t.optional:
		f.values.Set(at+t.name, toAddress)
		f.values.Set(at+t.name+".url", link)
	}
}

func (t target[T]) read(f *typed, at string, to *T) {
	switch chosen := f.values.Get(at + t.name); {
	case letters.IsLink(chosen):
		*t.at(to) = "{{" + chosen + "}}"
	case chosen == toAddress:
		*t.at(to) = strings.TrimSpace(f.values.Get(at + t.name + ".url"))
	}
}

func (t target[T]) field(f *typed, at string) admin.PageField {
	p := f.field(at+t.name, kindTarget)
	if t.optional {
		p.Options = append(p.Options, ui.Option{Value: "", Label: f.loc.T("page_editor.target.none")})
	}
	for _, to := range [...]string{letters.FieldPage, letters.FieldDownload, toAddress} {
		p.Options = append(p.Options, ui.Option{Value: to, Label: f.loc.T("page_editor.target." + to)})
	}
	address := f.field(at+t.name+".url", kindLink)
	address.Max = models.MaxURL
	if p.Value == toAddress { // what is wrong is the address
		address.Error, p.Error = p.Error, ""
	}
	p.Fields = []admin.PageField{address}
	return p
}
