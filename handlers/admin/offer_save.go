package admin

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"sarnakh/files"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"
	"sarnakh/templates/admin"

	"github.com/labstack/echo/v4"
)

// OfferSave saves what is given to the draft, with a file or codes that came along.
func (h *Handlers) OfferSave(c echo.Context) error { return h.saveOffer(c, nothingMore) }

// OfferFileAdd does the same, and takes a file in as one more format of what is given.
func (h *Handlers) OfferFileAdd(c echo.Context) error { return h.saveOffer(c, oneMoreFile) }

// OfferCodesAdd does the same, and puts the codes of a text or CSV file into the pool. They are the campaign's at once,
// whatever becomes of the draft.
func (h *Handlers) OfferCodesAdd(c echo.Context) error { return h.saveOffer(c, moreCodes) }

// What the pressed button is about beside the offer itself.
type more int

const (
	nothingMore more = iota
	oneMoreFile
	moreCodes
)

// A sentOffer is what a press on one of the offer's buttons brought.
type sentOffer struct {
	typed admin.OfferProps
	offer models.Offer
	codes codeSheet
	file  *models.File
	kind  fileKind
}

// saveOffer saves all that stands in the form, whichever of its buttons was pressed: nothing typed is lost to an upload.
func (h *Handlers) saveOffer(c echo.Context, what more) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	// Read to its end in any case: a browser that is still sending when it is answered shows the answer to nobody.
	defer func() { _, _ = io.Copy(io.Discard, c.Request().Body) }()
	part, err := sentWith(c)
	switch {
	case tooLarge(err) == files.ErrTooLarge:
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
	case err != nil:
		return echo.NewHTTPError(http.StatusBadRequest)
	}
	s := &sheet{c: c, loc: i18n.For(h.locale(c))}
	in, err := h.readOffer(s, &draft.Doc.Offer, part, what)
	if err != nil {
		return err
	}
	if len(s.problems) == 0 {
		err = h.keepOffer(c, campaign.ID, in)
	}
	switch {
	case errors.Is(err, models.ErrConflict):
		return h.offerConflict(c, in.typed)
	case errors.Is(err, errTooMany):
		s.file(err)
	case err != nil:
		return err
	}
	if len(s.problems) > 0 {
		in.typed.Problems = s.problems
		return h.showOffer(c, http.StatusUnprocessableEntity, campaign, &draft.Doc.Offer, in.typed)
	}
	return h.tellOffer(c, campaign, in)
}

// readOffer reads the form and what came with it. A file alone, without the form, leaves the offer as it is.
func (h *Handlers) readOffer(s *sheet, now *models.Offer, part *multipart.Part, what more) (in sentOffer, err error) {
	if s.c.FormValue("kind") != "" {
		in.typed, in.offer = h.typedOffer(s)
	} else {
		in.offer = *now
		shown := *now
		shown.Kind = lookedAt(s.c, now.Kind)
		in.typed = h.offerForm(s.c, &shown, fingerprint(*now))
	}
	gift := in.offer.Kind == models.OfferEbook || in.offer.Kind == models.OfferFile
	switch {
	case part != nil && len(s.problems) > 0:
		s.wrong(map[bool]string{true: "f-file", false: "f-codes-file"}[gift], s.loc.T("offer.bad.file_again"))
	case what == oneMoreFile, what == nothingMore && part != nil && gift:
		in.file, in.kind, err = h.takeFile(s, part)
	case what == moreCodes, part != nil && in.offer.Pool != nil:
		in.codes = s.codes("f-codes-file", readerOf(part))
		in.typed.Kind, in.typed.Pool = string(models.OfferCoupon), true
	}
	if in.offer.Pool != nil && in.typed.Pasted != "" {
		pasted := s.codes("f-pasted", strings.NewReader(in.typed.Pasted))
		in.codes.codes, in.codes.same = append(in.codes.codes, pasted.codes...), in.codes.same+pasted.same
	}
	if shared := in.offer.Coupon; shared != nil && shared.Code == "" && len(in.codes.codes) > 0 {
		in.offer.Coupon, in.offer.Pool = nil, &models.CouponPool{Terms: shared.Terms, From: shared.From, Until: shared.Until}
	}
	return in, err
}

// readerOf reads nothing where there is no file.
func readerOf(part *multipart.Part) io.Reader {
	if part == nil {
		return strings.NewReader("")
	}
	return part
}

func (h *Handlers) keepOffer(c echo.Context, campaign models.ID, in sentOffer) error {
	what := "offer"
	if in.file != nil {
		what = "add:file:" + in.file.Name
	}
	edit := func(doc *models.CampaignDoc) error {
		in.offer.Files = doc.Offer.Files
		if f := in.file; f != nil {
			if len(in.offer.Files) >= maxFiles {
				return errTooMany
			}
			in.offer.Files = append(slices.Clip(in.offer.Files), models.Download{FileID: f.ID, Key: fileKey(in.offer.Files, in.kind.key), Name: f.Name,
				Format: in.kind.format, Type: f.Type, Size: f.Size})
		}
		doc.Offer = in.offer
		return nil
	}
	_, err := h.savePart(c, campaign, what, in.typed.Base, func(doc *models.CampaignDoc) any { return doc.Offer }, edit)
	return err
}

func (h *Handlers) tellOffer(c echo.Context, campaign *models.Campaign, in sentOffer) error {
	id := campaign.ID.String()
	switch {
	case len(in.codes.codes) > 0:
		if err := h.addCodes(c, campaign.ID, in.codes); err != nil {
			return err
		}
	case in.file != nil:
		h.setFlash(c, undoable+"file_added", id, in.file.Name)
	default:
		h.setFlash(c, "offer_saved", id, campaign.Name)
	}
	return web.Redirect(c, campaignURL(campaign.ID)+partOffer+lookedQuery(c))
}

// offerConflict shows what somebody else saved meanwhile beside what was typed.
func (h *Handlers) offerConflict(c echo.Context, typed admin.OfferProps) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	theirs := h.offerForm(c, &draft.Doc.Offer, fingerprint(draft.Doc.Offer))
	typed.Base = theirs.Base
	typed.Theirs = theirs.Facts(i18n.For(h.locale(c)), typed)
	return h.showOffer(c, http.StatusConflict, campaign, &draft.Doc.Offer, typed)
}
