package admin

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sarnakh/files"
	"sarnakh/handlers/web"
	"sarnakh/i18n"
	"sarnakh/models"

	"github.com/labstack/echo/v4"
)

const (
	// MaxFile is how large a file may be that is given.
	MaxFile = 50 << 20
	// maxFiles is in how many formats.
	maxFiles = 6
	// sniffed is how much of a file is looked at to know what it is.
	sniffed = 512
)

// A fileKind is a kind of file that may be given away, known by its first bytes, never by its name.
type fileKind struct {
	key, format, ending, media string
	is                         func(head []byte) bool
}

func begins(with string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(with)) }
}

// fileKinds: an EPUB is a ZIP whose first entry says so (OCF 3.3, 4.3).
var fileKinds = [...]fileKind{
	{"pdf", "PDF", ".pdf", "application/pdf", begins("%PDF-")},
	{"epub", "EPUB", ".epub", "application/epub+zip", func(head []byte) bool {
		return bytes.HasPrefix(head, []byte("PK\x03\x04")) && bytes.Contains(head, []byte("mimetypeapplication/epub+zip"))
	}},
	{"zip", "ZIP", ".zip", "application/zip", begins("PK\x03\x04")},
	{"png", "PNG", ".png", "image/png", begins("\x89PNG\r\n\x1a\n")},
	{"jpg", "JPEG", ".jpg", "image/jpeg", begins("\xff\xd8\xff")},
	{"webp", "WebP", ".webp", "image/webp", func(head []byte) bool {
		return bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && string(head[8:12]) == "WEBP"
	}},
}

var (
	errNoFile   = errors.New("no file was chosen")
	errBadKind  = errors.New("file of a kind that is not given away")
	errTooMany  = errors.New("too many files")
	fileProblem = map[error]string{errNoFile: "offer.bad.no_file", errBadKind: "offer.bad.file_kind", errTooMany: "offer.bad.files", files.ErrTooLarge: "offer.bad.file_size"}
)

// takeFile keeps the file that a form was sent with, as it arrives. What is wrong with it is said beside its field.
func (h *Handlers) takeFile(s *sheet, part *multipart.Part) (file *models.File, kind fileKind, err error) {
	if part == nil {
		err = errNoFile
	} else {
		file, kind, err = h.keepFile(s.c, part)
	}
	if err != nil && s.file(err) {
		return nil, kind, nil
	}
	return file, kind, err
}

// file says what is wrong with a file, and whether that is the sender's to mend.
func (s *sheet) file(err error) bool {
	for known, key := range fileProblem {
		if errors.Is(err, known) {
			s.wrong("f-file", s.loc.T(key, "size", s.loc.Bytes(MaxFile), "n", maxFiles))
			return true
		}
	}
	return false
}

// tooLarge names the fault of a body beyond what the route takes.
func tooLarge(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return files.ErrTooLarge
	}
	return err
}

func (h *Handlers) keepFile(c echo.Context, part *multipart.Part) (*models.File, fileKind, error) {
	body := bufio.NewReaderSize(part, sniffed)
	head, err := body.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fileKind{}, tooLarge(err)
	}
	i := slices.IndexFunc(fileKinds[:], func(k fileKind) bool { return k.is(head) })
	if i < 0 {
		return nil, fileKind{}, errBadKind
	}
	kind := fileKinds[i]
	sum, size, err := h.Files.Put(body, MaxFile)
	if err != nil {
		return nil, kind, tooLarge(err)
	}
	file := &models.File{SHA256: sum, Name: giftName(part.FileName(), kind), Type: kind.media, Size: size}
	return file, kind, h.Store.AddFile(c.Request().Context(), file)
}

// giftName is what a browser will save: the uploader's name without anything that a file system or a header may trip over,
// and with the ending of what the file is.
func giftName(typed string, kind fileKind) string {
	name := path.Base(strings.ReplaceAll(i18n.FoldText(typed), `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r), r == '-', r == '_', r == '.', r == ' ', r == '\u200c':
			return r
		}
		return -1
	}, name)
	if r := []rune(name); len(r) > 80 {
		name = string(r[:80])
	}
	if name = strings.Trim(name, " .-_\u200c"); name == "" {
		name = kind.key
	}
	return name + kind.ending
}

// fileKey names a format in addresses: pdf, and pdf2 where there is one already.
func fileKey(list []models.Download, key string) string {
	for n := 1; ; n++ {
		name := key
		if n > 1 {
			name += strconv.Itoa(n)
		}
		if !slices.ContainsFunc(list, func(d models.Download) bool { return d.Key == name }) {
			return name
		}
	}
}

// OfferFileDelete takes a file out of the draft. Who was given it before still gets it.
func (h *Handlers) OfferFileDelete(c echo.Context) error {
	campaign, draft, err := h.draft(c)
	if err != nil {
		return err
	}
	isIt := func(d models.Download) bool { return d.Key == c.Param("key") }
	i := slices.IndexFunc(draft.Doc.Offer.Files, isIt)
	if i < 0 {
		return models.ErrNotFound
	}
	name := draft.Doc.Offer.Files[i].Name
	_, err = h.Store.EditDraft(c.Request().Context(), campaign.ID, web.User(c).ID, "delete:file:"+name, func(doc *models.CampaignDoc) error {
		doc.Offer.Files = slices.DeleteFunc(doc.Offer.Files, isIt)
		return nil
	})
	if err != nil {
		return err
	}
	h.setFlash(c, undoable+"file_removed", campaign.ID.String(), name)
	return web.Redirect(c, campaignURL(campaign.ID)+partOffer+lookedQuery(c))
}
