package admin

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

// maxCodes is how many codes are taken in at once.
const maxCodes = 100_000

// A codeSheet is what was pasted or uploaded: the codes in it, and the first line that holds none.
type codeSheet struct {
	codes []string
	bad   string
	more  bool // than are taken at once
}

// readCodes reads codes one to a line; of a table, the first column. A line that can't be a code is named, and a heading
// is left out.
func readCodes(text io.Reader) (codeSheet, error) {
	var s codeSheet
	seen := map[string]bool{}
	lines := bufio.NewScanner(text)
	for lines.Scan() {
		line := strings.TrimPrefix(lines.Text(), "\ufeff")
		if i := strings.IndexAny(line, ",;\t"); i >= 0 {
			line = line[:i]
		}
		code := strings.Trim(strings.TrimSpace(line), `"'`)
		switch {
		case code == "" || seen[code] || isHeading(code):
			continue
		case !isCode(code):
			if s.bad == "" {
				s.bad = code
			}
			continue
		case len(s.codes) == maxCodes:
			s.more = true
			return s, nil
		}
		seen[code] = true
		s.codes = append(s.codes, code)
	}
	return s, lines.Err()
}

func isHeading(s string) bool {
	switch strings.ToLower(s) {
	case "code", "codes", "coupon", "coupon code", "کد", "کد تخفیف":
		return true
	}
	return false
}

// isCode: what can be typed into a shop's field.
func isCode(s string) bool {
	if len(s) > maxOfferCode {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
}

// OfferCodesAdd puts codes into the pool: pasted, or uploaded as a text or CSV file. They are the campaign's at once, whatever
// becomes of the draft.
func (h *Handlers) OfferCodesAdd(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	props := h.offerForm(c, &draft.Doc.Offer, fingerprint(draft.Doc.Offer))
	props.Kind, props.Pool, props.Pasted = string(models.OfferCoupon), true, c.FormValue("pasted")
	text := io.Reader(strings.NewReader(props.Pasted))
	if file, err := c.FormFile("file"); err == nil {
		opened, err := file.Open()
		if err != nil {
			return err
		}
		defer opened.Close()
		text = io.MultiReader(text, strings.NewReader("\n"), opened)
	} else if !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	read, err := readCodes(text)
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	switch {
	case err != nil:
		s.wrong("f-pasted", s.loc.T("offer.bad.codes_text"))
	case read.bad != "":
		s.wrong("f-pasted", s.loc.T("offer.bad.code", "code", cutWords(read.bad), "n", maxOfferCode))
	case read.more:
		s.wrong("f-pasted", s.loc.T("offer.bad.codes_many", "n", maxCodes))
	case len(read.codes) == 0:
		s.wrong("f-pasted", s.loc.T("offer.bad.no_codes"))
	}
	if len(s.problems) > 0 {
		props.Problems = s.problems
		return h.showOffer(c, http.StatusUnprocessableEntity, campaign, &draft.Doc.Offer, props)
	}
	return h.addCodes(c, campaign, read.codes)
}

func (h *Handlers) addCodes(c echo.Context, campaign *models.Campaign, codes []string) error {
	added, err := h.Store.AddCodes(c.Request().Context(), campaign.ID, codes)
	if err != nil {
		return err
	}
	if err := h.audit(c, "codes.add", "campaign:"+campaign.ID.String(), strconv.Itoa(added)); err != nil {
		return err
	}
	what := "codes_added"
	if added < len(codes) {
		what = "codes_known"
	}
	h.setFlash(c, what, campaign.ID.String(), strconv.Itoa(added))
	return web.Redirect(c, campaignURL(campaign.ID)+partOffer+"?kind="+string(models.OfferCoupon))
}

// OfferCodesDrop takes the codes out that nobody has.
func (h *Handlers) OfferCodesDrop(c echo.Context) error {
	campaign, err := h.campaign(c)
	if err != nil {
		return err
	}
	dropped, err := h.Store.DropCodes(c.Request().Context(), campaign.ID)
	if err != nil {
		return err
	}
	if err := h.audit(c, "codes.drop", "campaign:"+campaign.ID.String(), strconv.FormatInt(dropped, 10)); err != nil {
		return err
	}
	h.setFlash(c, "codes_dropped", campaign.ID.String(), strconv.FormatInt(dropped, 10))
	return web.Redirect(c, campaignURL(campaign.ID)+partOffer+"?kind="+string(models.OfferCoupon))
}

// cutWords shortens what is quoted in a sentence.
func cutWords(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
