package models

// HandoffReason is why a lead was handed to sales.
type HandoffReason string

// The reasons.
const (
	HandoffScore HandoffReason = "score"
	HandoffHand  HandoffReason = "raised_hand"
)

// A Handoff is a lead given to sales to answer. A lead has at most one open one.
type Handoff struct {
	ID       ID            `gorm:"primaryKey;autoIncrement:false"`
	LeadID   ID            `gorm:"column:lead_id"`
	Reason   HandoffReason `gorm:"column:reason"`
	Score    float64       `gorm:"column:score"`
	OpenedAt Instant       `gorm:"column:opened_at"`
	MailedAt Instant       `gorm:"column:mailed_at"` // when salespeople were last told
	ClosedAt Instant       `gorm:"column:closed_at"` // 0 while open
}

// TableName keeps the table's name apart from the type's.
func (Handoff) TableName() string { return "handoffs" }
