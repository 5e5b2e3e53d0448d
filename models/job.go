package models

// A Job is work to be done later, once, by whichever process claims it.
type Job struct {
	ID          ID      `gorm:"primaryKey;autoIncrement:false"`
	Kind        string  `gorm:"column:kind"`
	Ident       string  `gorm:"column:ident"` // unique among unfinished jobs of a kind
	Payload     []byte  `gorm:"column:payload"`
	DueAt       Instant `gorm:"column:due_at"`
	Attempts    int     `gorm:"column:attempts"`
	LeaseOwner  string  `gorm:"column:lease_owner"`
	LeasedUntil Instant `gorm:"column:leased_until"`
	FailedAt    Instant `gorm:"column:failed_at"` // given up
	LastError   string  `gorm:"column:last_error"`
	CreatedAt   Instant `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Job) TableName() string { return "jobs" }
