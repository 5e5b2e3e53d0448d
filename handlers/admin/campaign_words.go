package admin

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"sarnakh/campaigns"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

const (
	partWords = "/words" // no tab: what it asks is asked once
	// maxWords is how many placeholders are asked for at once.
	maxWords = 40
	// maxWord is how long what is written in place of one may be.
	maxWord = 600
)

// wordsOf are the placeholders that a draft and its mails still hold, each once, with a text in which it stands.
func (h *Handlers) wordsOf(ctx context.Context, campaign *models.Campaign, doc *models.CampaignDoc) ([]admin.WordField, []models.Sequence, error) {
	sequences, err := h.Store.SequencesOf(ctx, campaign.ID)
	if err != nil {
		return nil, nil, err
	}
	texts := campaigns.Texts(doc)
	for i := range sequences {
		for _, s := range sequences[i].Draft.Steps {
			texts = append(texts, campaigns.StepTexts(&s)...)
		}
	}
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = t.Text
	}
	var out []admin.WordField
	for i, words := range campaigns.Placeholders(all...) {
		if i == maxWords {
			break
		}
		out = append(out, admin.WordField{Name: "w" + strconv.Itoa(i), Words: words, In: around(all, "["+words+"]")})
	}
	return out, sequences, nil
}

// What of Markdown is no word is left out: a link reads as its text and where it leads.
var (
	unmarked = strings.NewReplacer("**", "", "##", "")
	linked   = regexp.MustCompile(`\[([^\[\]]+)\]\((.+?)( "[a-z]+")?\)`)
)

// around is the line of the first text that holds words, empty where the line is nothing else.
func around(texts []string, words string) string {
	for _, t := range texts {
		for line := range strings.Lines(t) {
			if line = strings.Trim(linked.ReplaceAllString(unmarked.Replace(line), "$1: $2"), " \n>-"); strings.Contains(line, words) && line != words {
				return line
			}
		}
	}
	return ""
}

// WordsShow asks for all that the owner alone knows, each thing once, wherever it stands in the campaign.
func (h *Handlers) WordsShow(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	fields, _, err := h.wordsOf(c.Request().Context(), campaign, &draft.Doc)
	if err != nil {
		return err
	}
	return h.showWords(c, http.StatusOK, campaign, admin.CampaignWordsProps{Fields: fields})
}

func (h *Handlers) showWords(c echo.Context, status int, campaign *models.Campaign, p admin.CampaignWordsProps) error {
	shell, head, err := h.campaignShell(c, campaign, partWords)
	if err != nil {
		return err
	}
	url := campaignURL(campaign.ID)
	p.Shell, p.Head, p.Action, p.SkipURL = shell, head, url+partWords, url+partPage
	return web.HTML(c, status, admin.CampaignWords(p))
}

// WordsSave writes them into the draft and its mails. Those left empty stay to be written, which publishing asks for.
func (h *Handlers) WordsSave(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	fields, sequences, err := h.wordsOf(ctx, campaign, &draft.Doc)
	if err != nil {
		return err
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	words := s.words(fields)
	if len(s.problems) > 0 {
		return h.showWords(c, http.StatusUnprocessableEntity, campaign, admin.CampaignWordsProps{Fields: fields, Problems: s.problems})
	}
	if len(words) == 0 {
		return web.Redirect(c, campaignURL(campaign.ID)+partPage)
	}
	_, err = h.Store.EditDraft(ctx, campaign.ID, web.User(c).ID, "words", func(doc *models.CampaignDoc) error { return campaigns.Fill(doc, words) })
	if err != nil {
		return err
	}
	for i := range sequences {
		_, err := h.change(c, sequences[i].ID, "words", func(q *models.Sequence) error { return campaigns.FillSteps(&q.Draft, words) })
		if err != nil {
			return err
		}
	}
	h.setFlash(c, "words_filled", campaign.ID.String(), strconv.Itoa(len(words)))
	return web.Redirect(c, campaignURL(campaign.ID)+partPage)
}

// words reads what was written, by the placeholder that each field says it is of: the page may have been open for long.
func (s *sheet) words(fields []admin.WordField) map[string]string {
	out := map[string]string{}
	for i := range fields {
		f := &fields[i]
		for j := range maxWords { // where it stood when the page was made
			name := "w" + strconv.Itoa(j)
			if s.c.FormValue("of_"+name) == f.Words {
				f.Value = i18n.FoldLines(s.c.FormValue(name))
				break
			}
		}
		switch {
		case len([]rune(f.Value)) > maxWord:
			s.wrong("f-"+f.Name, s.loc.T("invalid.too_long", "label", f.Words, "n", maxWord))
		case campaigns.Placeholder(f.Value) != "":
			s.wrong("f-"+f.Name, s.loc.T("campaign_words.brackets", "label", f.Words))
		case strings.TrimSpace(f.Value) != "":
			out[f.Words] = strings.TrimSpace(f.Value)
		}
	}
	return out
}
