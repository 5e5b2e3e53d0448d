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
	Refused   Decision = "refused"
	Withdrawn Decision = "withdrawn"
	Expired   Decision = "expired"
)

// Method is how a decision was made.
type Method string

// The ways to decide.
const (
	ByForm Method = "form"
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
}

// TableName keeps the table's name apart from the type's.
func (Consent) TableName() string { return "consents" }

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
