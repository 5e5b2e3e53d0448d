package models

// SubmissionVerdict says what became of a submission at the door.
type SubmissionVerdict string

// A submission is taken, or kept aside as spam until someone releases it or agrees with the verdict.
const (
	Accepted SubmissionVerdict = "ok"
	Spam     SubmissionVerdict = "spam"
	Released SubmissionVerdict = "released"
	KeptSpam SubmissionVerdict = "kept"
)

// Answers are a form's answers by field name, in canonical form; several choices are joined by ";".
type Answers map[string]string

// A Submission is one sending of a form. It is never changed, only released from quarantine.
type Submission struct {
	ID         ID `gorm:"primaryKey;autoIncrement:false"`
	LeadID     ID `gorm:"column:lead_id"` // 0 while in quarantine, or where no contact was left
	CampaignID ID `gorm:"column:campaign_id"`
	VersionID  ID `gorm:"column:version_id"` // of the published page that was shown
	// Token is the view's own number, from its sealed form token; with Digest, of what was answered, it
	// is unique: the same answers under one token are one submission (I1).
	Token       []byte            `gorm:"column:token"`
	Digest      []byte            `gorm:"column:digest"`
	Corrects    ID                `gorm:"column:corrects"` // the earlier submission of this token
	Verdict     SubmissionVerdict `gorm:"column:verdict"`
	Reasons     []string          `gorm:"column:reasons;serializer:json"` // why it was judged spam
	Email       string            `gorm:"column:email"`                   // as typed
	Answers     Answers           `gorm:"column:answers;serializer:json"`
	Purposes    map[string]bool   `gorm:"column:purposes;serializer:json"` // consents as ticked
	Attribution Attribution       `gorm:"column:attribution;serializer:json"`
	IP          string            `gorm:"column:ip"`
	UserAgent   string            `gorm:"column:user_agent"`
	CreatedAt   Instant           `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Submission) TableName() string { return "submissions" }
