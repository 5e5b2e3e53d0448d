package models

// Purpose is what a consent is for. These four are known to the product; an owner may add more.
type Purpose string

// The purposes.
const (
	Newsletter Purpose = "newsletter"
	ByPhone    Purpose = "phone"
	BySMS      Purpose = "sms"
	Tracking   Purpose = "tracking"
)

// Decision is what the person said, or what time made of it.
type Decision string

// The decisions, by which a purpose's last consent row is read.
const (
	Given     Decision = "given"
	Confirmed Decision = "confirmed" // by the link in a mail to the address
	Refused   Decision = "refused"
	Withdrawn Decision = "withdrawn"
	Expired   Decision = "expired"
)

// Method is how a decision was made.
type Method string

// The ways to decide.
const (
	ByForm     Method = "form"
	ByLink     Method = "link"      // the confirmation page
	ByPage     Method = "page"      // the page of preferences, or of unsubscribing
	ByOneClick Method = "one_click" // a mail program's button (RFC 8058)
	ByPerson   Method = "staff"     // somebody in the back office, asked to
	ByTime     Method = "time"      // nobody answered
)

// A Consent is one decision with the exact text it was about. Rows are only ever added (C6).
type Consent struct {
	ID           ID       `gorm:"primaryKey;autoIncrement:false"`
	LeadID       ID       `gorm:"column:lead_id"`
	SubmissionID ID       `gorm:"column:submission_id"`
	Purpose      Purpose  `gorm:"column:purpose"`
	Decision     Decision `gorm:"column:decision"`
	TextID       ID       `gorm:"column:text_id"`
	Page         string   `gorm:"column:page"`
	Method       Method   `gorm:"column:method"`
	IP           string   `gorm:"column:ip"`
	UserAgent    string   `gorm:"column:user_agent"`
	CreatedAt    Instant  `gorm:"column:created_at;autoCreateTime:false"`
	// Confirm: given, it counts only once it is confirmed (double opt-in).
	Confirm bool `gorm:"column:confirm"`
}

// TableName keeps the table's name apart from the type's.
func (Consent) TableName() string { return "consents" }

// Live tells whether the person agrees now: the last word counts, but that a box left empty on a further form takes
// nothing back (I6).
func Live(rows []Consent, p Purpose) bool {
	last, ok := lastWord(rows, p)
	return ok && (last.Decision == Confirmed || last.Decision == Given && !last.Confirm)
}

// Unconfirmed is the consent that waits for its link to be confirmed.
func Unconfirmed(rows []Consent, p Purpose) (Consent, bool) {
	last, ok := lastWord(rows, p)
	return last, ok && last.Decision == Given && last.Confirm
}

// lastWord is the newest decision but refusals; rows are oldest first.
func lastWord(rows []Consent, p Purpose) (Consent, bool) {
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Purpose == p && rows[i].Decision != Refused {
			return rows[i], true
		}
	}
	return Consent{}, false
}

// A ConsentText is one version of what a box says. A version never changes.
type ConsentText struct {
	ID        ID      `gorm:"primaryKey;autoIncrement:false"`
	Purpose   Purpose `gorm:"column:purpose"`
	Locale    string  `gorm:"column:locale"`
	Version   int     `gorm:"column:version"` // counted per purpose and language
	Text      string  `gorm:"column:text"`
	SHA256    string  `gorm:"column:sha256"` // of Text, in hex
	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (ConsentText) TableName() string { return "consent_texts" }
