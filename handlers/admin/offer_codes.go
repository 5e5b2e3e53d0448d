package admin

import (
	"bufio"
	"io"
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

// A codeSheet is what was pasted or uploaded: the codes in it, and the first lines that hold none.
type codeSheet struct {
	codes  []string
	same   int      // lines that repeat another one
	bad    []string // the first few of them
	isMore bool     // than are taken at once
}

// badShown is how many lines that can't be codes are named.
const badShown = 5

// readCodes reads codes one to a line; of a table, the first column. Lines that can't be codes are named, and a heading
// is left out. Codes that differ in case alone are one: shops take them as one.
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
		folded := strings.ToLower(code)
		switch {
		case code == "" || isHeading(folded):
		case seen[folded]:
			s.same++
		case !isCode(code):
			if len(s.bad) < badShown {
				s.bad = append(s.bad, cutWords(code))
			}
		case len(s.codes) == maxCodes:
			s.isMore = true
			return s, nil
		default:
			seen[folded] = true
			s.codes = append(s.codes, code)
		}
	}
	return s, lines.Err()
}

func isHeading(folded string) bool {
	switch folded {
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

// codes are those of a text, and what is wrong with it is said beside the field that it came from.
func (s *sheet) codes(target string, text io.Reader) codeSheet {
	read, err := readCodes(text)
	switch {
	case err != nil:
		s.wrong(target, s.loc.T("offer.bad.codes_text"))
	case len(read.bad) > 0:
		s.wrong(target, s.loc.T("offer.bad.code", "code", s.loc.List(read.bad...), "n", maxOfferCode))
	case read.isMore:
		s.wrong(target, s.loc.T("offer.bad.codes_many", "n", maxCodes))
	case len(read.codes) == 0:
		s.wrong(target, s.loc.T("offer.bad.no_codes"))
	}
	return read
}

// addCodes puts codes into the pool, and tells how many were new to it.
func (h *Handlers) addCodes(c echo.Context, campaign models.ID, read codeSheet) error {
	added, err := h.Store.AddCodes(c.Request().Context(), campaign, read.codes)
	if err != nil {
		return err
	}
	if err := h.audit(c, "codes.add", campaignSubject(campaign), strconv.Itoa(added)); err != nil {
		return err
	}
	loc, what := i18n.For(h.locale(c)), "codes_added"
	said := loc.Int(int64(added))
	if known := len(read.codes) - added + read.same; known > 0 {
		what, said = "codes_known", said+"\n"+loc.Int(int64(known))
	}
	h.setFlash(c, what, campaign.String(), said)
	return nil
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
	h.setFlash(c, "codes_dropped", campaign.ID.String(), i18n.For(h.locale(c)).Int(dropped))
	return web.Redirect(c, campaignURL(campaign.ID)+partOffer+"?kind="+string(models.OfferCoupon))
}

// cutWords shortens what is quoted in a sentence.
func cutWords(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
