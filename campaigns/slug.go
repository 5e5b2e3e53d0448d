package campaigns

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sarnakh/i18n"
	"sarnakh/models"
)

// How long an address may be.
const (
	MinSlug = 2
	MaxSlug = 60
)

// slugShape: letters, digits and single hyphens within.
var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// reserved are words that our own addresses begin with, or that people would take for a page of ours.
var reserved = []string{
	"admin", "api", "confirm", "embed", "healthz", "home", "index", "kiosk", "login", "logout", "media", "my-data", "new", "null",
	"preview", "prefs", "privacy", "qr", "readyz", "robots", "setup", "sitemap", "static", "thanks", "theme", "undefined",
}

// CheckSlug says what is wrong with an address: *models.Invalid about "slug", or nil.
func CheckSlug(slug string) error {
	bad := &models.Invalid{}
	switch {
	case slug == "":
		bad.Add("slug", "campaign.slug.none")
	case len(slug) < MinSlug || len(slug) > MaxSlug:
		bad.Add("slug", "campaign.slug.length", "min", MinSlug, "max", MaxSlug)
	case !slugShape.MatchString(slug):
		bad.Add("slug", "campaign.slug.shape")
	case slices.Contains(reserved, slug):
		bad.Add("slug", "campaign.slug.reserved", "slug", slug)
	}
	return bad.OrNil()
}

// SlugOf proposes an address for a name: Latin letters without their accents, Persian ones as they sound. It may be empty, and
// it may be somebody's already.
func SlugOf(name string) string {
	var words []string
	for _, word := range strings.FieldsFunc(strings.ToLower(norm.NFKC.String(i18n.FoldText(name))), apart) {
		if latin := latin(word); latin != "" {
			words = append(words, latin)
		}
	}
	return cut(strings.Join(words, "-"), MaxSlug-len("-00")) // room for a number
}

// apart tells where a name's words end. The half-space joins: «ثبت‌نام» is one word.
func apart(r rune) bool {
	return r != '\u200c' && r != '\'' && r != '’' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// cut shortens an address to whole words where it can.
func cut(slug string, most int) string {
	if len(slug) <= most {
		return slug
	}
	slug = slug[:most]
	if i := strings.LastIndexByte(slug, '-'); i > most/2 {
		slug = slug[:i]
	}
	return strings.Trim(slug, "-")
}

// FreeSlug is the address itself, or with the first number that makes it nobody's.
func (c *Campaigns) FreeSlug(ctx context.Context, slug string) (string, error) {
	if CheckSlug(slug) != nil {
		slug = strings.Trim("campaign-"+slug, "-")
	}
	tries := make([]string, 98)
	for i := range tries {
		if tries[i] = slug; i > 0 {
			tries[i] = cut(slug, MaxSlug-len("-00")) + "-" + strconv.Itoa(i+1)
		}
	}
	taken, err := c.store.TakenSlugs(ctx, tries)
	if err != nil {
		return "", err
	}
	for _, slug := range tries {
		if !slices.Contains(taken, slug) {
			return slug, nil
		}
	}
	return cut(slug, MaxSlug-14) + "-" + c.store.NewID().String(), nil
}
