package campaigns

import (
	"time"

	"sarnakh/models"
)

// A Next is the one thing to do about a campaign: the key of a sentence, its arguments, and where it is done, as the end
// of the address below the campaign's.
type Next struct {
	Key  string
	Args []any
	At   string
}

// Signs tell how a campaign stands, beside its draft.
type Signs struct {
	Now   time.Time // in the owner's zone
	Seen  bool      // somebody ever saw its page
	Codes int       // free ones of its pool, counted up to FewCodes
}

// FewCodes is from how many free codes on a pool needs nobody: below it, its owner is told that it runs out.
const FewCodes = 20

// NextThing is what to do first about a campaign, with its draft; nil for nothing.
func NextThing(c *models.Campaign, doc *models.CampaignDoc, s Signs) *Next {
	status := c.Status(models.At(s.Now))
	switch status {
	case models.StatusArchived:
		return nil
	case models.StatusPaused:
		return &Next{Key: "resume", At: "/settings#over"}
	case models.StatusEnded:
		return &Next{Key: "ended", At: "/settings#f-until_day"}
	}
	if doc == nil {
		return nil
	}
	if n := draftThing(status, c, doc); n != nil {
		return n
	}
	if status == models.StatusLive {
		return liveThing(c, doc, s)
	}
	return nil
}

// draftThing is what the draft lacks to be seen.
func draftThing(status models.CampaignStatus, c *models.Campaign, doc *models.CampaignDoc) *Next {
	if !c.Unpublished() && status != models.StatusDraft {
		return nil
	}
	if n := unwritten(doc); n > 0 {
		return &Next{Key: "write", Args: []any{"n", n}, At: "/words"}
	}
	if status == models.StatusDraft {
		return &Next{Key: "publish", At: "/publish"}
	}
	return nil
}

func liveThing(c *models.Campaign, doc *models.CampaignDoc, s Signs) *Next {
	switch {
	case doc.Offer.Pool != nil && s.Codes == 0:
		return &Next{Key: "no_codes", At: "/offer"}
	case doc.Offer.Pool != nil && s.Codes < FewCodes:
		return &Next{Key: "codes", Args: []any{"n", s.Codes}, At: "/offer"}
	case c.Until != 0 && sameDay(c.Until, s.Now):
		return &Next{Key: "ends_today", At: "/settings#f-until_day"}
	case c.Until != 0 && sameDay(c.Until, s.Now.AddDate(0, 0, 1)):
		return &Next{Key: "ends_tomorrow", At: "/settings#f-until_day"}
	case c.Unpublished():
		return &Next{Key: "publish_changes", At: "/publish"}
	case !s.Seen:
		return &Next{Key: "share", At: "/share"}
	}
	return nil
}

func sameDay(at models.Instant, day time.Time) bool {
	y, m, d := at.In(day.Location()).Date()
	yy, mm, dd := day.Date()
	return y == yy && m == mm && d == dd
}

// unwritten is how many things of a draft still wait for their owner's words.
func unwritten(doc *models.CampaignDoc) int {
	texts := Texts(doc)
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = t.Text
	}
	return len(Placeholders(all...))
}
