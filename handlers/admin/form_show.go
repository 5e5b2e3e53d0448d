package admin

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/scoring"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// Parts of a form that are edited by themselves, beside its questions.
const (
	formWords    = "words"
	formConsents = "consents"
)

// fieldTypes are the questions that can be asked, in the order in which they are offered (C4).
var fieldTypes = [...]models.FieldType{
	models.TypeName, models.TypeFirstName, models.TypeLastName, models.TypeEmail, models.TypePhone, models.TypeCallMe,
	models.TypeCompany, models.TypeJobTitle, models.TypeCompanySize, models.TypeIndustry, models.TypeCountry, models.TypeProvince, models.TypeCity,
	models.TypeText, models.TypeParagraph, models.TypeNumber, models.TypeDate, models.TypeRadio, models.TypeSelect, models.TypeCheckboxes, models.TypeHidden,
}

// filled are the lead's fields that answers to a question of one's own may fill.
var fillable = [...]string{models.FieldRole, models.FieldNeed, models.FieldBudget, models.FieldAuthority, models.FieldTimeline, models.FieldWanted,
	models.FieldReferred, models.FieldReady, models.FieldRevenue, models.FieldIncome, models.FieldEducation, models.FieldCompanySize, models.FieldIndustry}

// regions are where numbers without a country code are offered to be from; any other can be typed by its code.
var regions = [...]string{"IR", "AF", "TJ", "TR", "IQ", "AE", "DE", "GB", "FR", "SE", "CA", "US", "AU"}

// FormShow is the editor of a form: its questions in order, and the one chosen, or the words around them.
func (h *Handlers) FormShow(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	p := admin.FormProps{}
	form := &draft.Doc.Form
	loc := i18n.For(h.locale(c))
	if f, ok := form.Field(c.QueryParam("field")); ok {
		p.Field = h.fieldForm(loc, &draft.Doc, f)
	} else {
		switch part := c.QueryParam("part"); {
		case part == formConsents:
			p.Consents = consentsForm(form)
		case part == "add" || part == formWords:
			p.Part = part
		}
	}
	return h.showForm(c, http.StatusOK, campaign, &draft.Doc, p)
}

// showForm shows the list beside whatever of it is edited.
func (h *Handlers) showForm(c echo.Context, status int, campaign *models.Campaign, doc *models.CampaignDoc, p admin.FormProps) error {
	shell, head, err := h.campaignShell(c, campaign, partForm)
	if err != nil {
		return err
	}
	loc, url := shell.Loc, campaignURL(campaign.ID)+partForm
	p.Shell, p.Head, p.URL, p.PreviewURL = shell, head, url, campaignURL(campaign.ID)+"/preview?as=page"
	if p.Field == nil && p.Consents == nil && p.Words == nil && p.Part != "add" {
		p.Words = wordsForm(&doc.Form)
	}
	fields := doc.Form.Fields
	step := 1
	for i := range fields {
		f := &fields[i]
		row := admin.FormRow{Name: f.Name, Label: questionName(loc, f), Type: string(f.Type), Required: f.Required, Conditional: f.ShowIf != nil, Progressive: f.Progressive}
		if f.Break && i > 0 {
			step++
			row.Step, row.StepTitle = step, f.StepTitle
		}
		at := url + "/fields/" + f.Name
		row.URL, row.CopyURL, row.DeleteURL = url+"?field="+f.Name+"#edit", at+"/copy", at+"/delete"
		if i > 0 {
			row.UpURL = at + "/up"
		}
		if i < len(fields)-1 {
			row.DownURL = at + "/down"
		}
		row.Current = p.Field != nil && p.Field.Name == f.Name
		p.Rows = append(p.Rows, row)
	}
	for _, t := range fieldTypes {
		p.Types = append(p.Types, ui.Option{Value: string(t), Label: loc.T("field_type." + string(t))})
	}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, status, admin.Form(p))
}

func wordsForm(f *models.Form) *admin.FormWords {
	return &admin.FormWords{Base: fingerprint(wordsOfForm(f)), Title: f.Title, Lead: f.Lead, Button: f.Button, Safe: f.Safe, SingleOptIn: f.SingleOptIn,
		ThanksHeading: f.Thanks.Heading, ThanksText: f.Thanks.Text, OnwardText: f.Thanks.Onward.Text, OnwardURL: f.Thanks.Onward.URL}
}

// A formFrame is what holds for all questions of a form.
type formFrame struct {
	Title, Lead, Button, Safe string
	SingleOptIn               bool
	Thanks                    models.Thanks
}

func wordsOfForm(f *models.Form) formFrame {
	return formFrame{f.Title, f.Lead, f.Button, f.Safe, f.SingleOptIn, f.Thanks}
}

func consentsForm(f *models.Form) *admin.FormConsents {
	out := &admin.FormConsents{Base: fingerprint(consentTexts(f))}
	for _, p := range formPurposes {
		row := admin.ConsentRow{Purpose: string(p)}
		for _, asked := range f.Purposes {
			if asked.Purpose == p {
				row.Text, row.Asked = asked.Text, true
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// formPurposes are those that a form can ask consent for (promises, "After the button").
var formPurposes = [...]models.Purpose{models.Newsletter, models.ByPhone, models.BySMS, models.Tracking}

// consentTexts are what is agreed to, without the numbers that publishing gives.
func consentTexts(f *models.Form) []models.ConsentRequest {
	out := slices.Clone(f.Purposes)
	for i := range out {
		out[i].TextID = 0
	}
	return out
}

// fieldForm shows a question in its fields.
func (h *Handlers) fieldForm(loc *i18n.Loc, doc *models.CampaignDoc, f *models.Field) *admin.FieldForm {
	p := &admin.FieldForm{Base: fingerprint(f), Name: f.Name, Type: string(f.Type), Label: f.Label, Hint: f.Hint, Required: f.Required, Fills: f.Fills,
		Region: f.Region, Calendar: string(f.Calendar), Value: f.Value, Progressive: f.Progressive, Break: f.Break, StepTitle: f.StepTitle,
		Choices: choiceLines(f.Choices), Min: limitText(loc, f.Min), Max: limitText(loc, f.Max), MaxLength: numberOrNone(loc, f.MaxLength)}
	if s := f.ShowIf; s != nil {
		p.ShowField, p.ShowNot = s.Field, s.Not
		if on, there := doc.Form.Field(s.Field); there {
			p.ShowValues = answerLine(loc, on, s.Values)
		}
	}
	h.fieldChoices(loc, doc, f, p)
	return p
}

// questionName is what the list of questions calls one.
func questionName(loc *i18n.Loc, f *models.Field) string {
	return cmp.Or(f.Label, loc.T("field_type."+string(f.Type)))
}

// fieldChoices are what a question's fields can be chosen from, and what its answers are worth.
func (h *Handlers) fieldChoices(loc *i18n.Loc, doc *models.CampaignDoc, f *models.Field, p *admin.FieldForm) {
	for i := range doc.Form.Fields {
		before := &doc.Form.Fields[i]
		if before.Name == f.Name {
			p.First = i == 0
			break
		}
		if before.Type != models.TypeHidden {
			p.Before = append(p.Before, ui.Option{Value: before.Name, Label: questionName(loc, before)})
		}
	}
	for _, name := range fillable {
		p.Fillable = append(p.Fillable, ui.Option{Value: name, Label: fieldLabel(loc, name)})
	}
	for _, r := range regions {
		p.Regions = append(p.Regions, ui.Option{Value: r, Label: loc.Country(r)})
	}
	if f.Region != "" && !slices.Contains(regions[:], f.Region) {
		p.Regions = append(p.Regions, ui.Option{Value: f.Region, Label: loc.Country(f.Region)})
	}
	p.Worth = h.worthOf(loc, doc.Card, f)
}

// fieldLabel is what a lead's field is called.
func fieldLabel(loc *i18n.Loc, name string) string {
	for _, key := range [...]string{"score.criterion." + name, "field." + name} {
		if loc.Has(key) {
			return loc.T(key)
		}
	}
	return name
}

// worthOf says what the answers to a question are worth to the score (S3).
func (h *Handlers) worthOf(loc *i18n.Loc, card string, f *models.Field) (out []admin.Worth) {
	doc, ok := h.cardDoc(card)
	if !ok {
		return nil
	}
	if f.Type == models.TypeCallMe {
		if w, ok := doc.Hand(); ok {
			out = append(out, admin.Worth{Text: loc.T("score.criterion." + w.Criterion), Points: int(w.Points)})
		}
		return out
	}
	target := f.Target()
	if f.Type == models.TypeEmail {
		target = scoring.FieldFreeMail
	}
	for _, w := range doc.Worths(target) {
		text := w.Value
		for _, c := range f.Choices {
			if c.Value == w.Value {
				text = c.Label
			}
		}
		if key := "company_size." + w.Value; text == w.Value && loc.Has(key) {
			text = loc.T(key)
		}
		if w.Value == "" || f.Type == models.TypeEmail {
			text = loc.T("score.criterion." + w.Criterion)
			if key := "score.criterion." + w.Level; loc.Has(key) {
				text = loc.T(key)
			}
		}
		out = append(out, admin.Worth{Text: text, Points: int(w.Points)})
	}
	return out
}

// cardDoc is a card in force, or the preset that will be.
func (h *Handlers) cardDoc(name string) (scoring.Doc, bool) {
	if card, _ := h.Campaigns.Card(name); card != nil {
		return card.Doc(), true
	}
	return scoring.Preset(name)
}

func limitText(loc *i18n.Loc, n *float64) string {
	if n == nil {
		return ""
	}
	return loc.Digits(strconv.FormatFloat(*n, 'f', -1, 64))
}

// choiceLines are choices as they are typed: a line each, with its value before a bar where it differs from its label.
func choiceLines(list []models.Choice) string {
	lines := make([]string, len(list))
	for i, c := range list {
		lines[i] = c.Label
		if c.Value != choiceValue(c.Label) {
			lines[i] = c.Value + " | " + c.Label
		}
	}
	return strings.Join(lines, "\n")
}
