package models

import "strings"

// Class is why a mail is sent; a lower class is always sent first.
type Class int8

// The four classes, in the order in which they are sent.
const (
	ClassSales Class = iota
	ClassTransactional
	ClassMarketing
	ClassBulk
)

var classNames = [...]string{"sales", "transactional", "marketing", "bulk"}

// String is the class's public name.
func (c Class) String() string {
	if c < 0 || int(c) >= len(classNames) {
		return ""
	}
	return classNames[c]
}

// MarshalText makes classes words in JSON.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MessageState is where a mail stands.
type MessageState string

// The states. Queued and sending are on the way; the others are final, but that a transactional mail of
// unknown fate is repeated once.
const (
	MessageQueued     MessageState = "queued"
	MessageSending    MessageState = "sending"
	MessageSent       MessageState = "sent"
	MessageFailed     MessageState = "failed"
	MessageSuppressed MessageState = "suppressed"
	MessageExpired    MessageState = "expired"
	MessageUnknown    MessageState = "unknown"
)

// MessageKind names the function that composes a mail.
type MessageKind string

// The kinds of mail.
const (
	MailDelivery MessageKind = "delivery" // what a form promised, and the button that confirms a consent
	MailHot      MessageKind = "hot"      // a hot lead, to a salesperson
	MailStep     MessageKind = "step"     // a step of a sequence
	MailConfirm  MessageKind = "confirm"  // a fresh button
	MailMyData   MessageKind = "my_data"  // the link to what is kept of somebody
	MailTest     MessageKind = "test"     // a step, to whoever is writing it
	MailTrial    MessageKind = "trial"    // the address of a trial that the owner's program has made
	MailInvite   MessageKind = "invite"   // the link with which a new user comes in
)

// DeliveryIdent names the mail that answers a submission, TrialIdent the one that brings the trial made for it.
func DeliveryIdent(submission ID) string { return deliveries + submission.String() }

// TrialIdent is explained there.
func TrialIdent(submission ID) string { return trials + submission.String() }

const deliveries, trials = "delivery:", "trial:"

// Completes tells whether one mail only brings the rest of what another has promised: a trial, which takes a while to make.
func Completes(ident, delivery string) bool {
	sub, ok := strings.CutPrefix(ident, trials)
	return ok && delivery == deliveries+sub
}

// A Message is one mail to one recipient. It is owed from the transaction that inserted it (I2).
type Message struct {
	ID     ID `gorm:"primaryKey;autoIncrement:false"`
	LeadID ID `gorm:"column:lead_id"`
	// Ident makes the mail one of its kind: a second row for the same debt is refused by the database.
	Ident     string       `gorm:"column:ident"`
	Class     Class        `gorm:"column:class"`
	Kind      MessageKind  `gorm:"column:kind"`
	State     MessageState `gorm:"column:state"`
	MessageID string       `gorm:"column:message_id"` // RFC 5322, without the angle brackets
	To        string       `gorm:"column:to_email"`
	Locale    string       `gorm:"column:locale"`
	// VersionID is the published version whose words it speaks, 0 for none.
	VersionID ID    `gorm:"column:version_id"`
	Merge     Merge `gorm:"column:merge;serializer:json"`

	// Purpose is the consent without which it may not begin, empty for none (I6).
	Purpose Purpose `gorm:"column:purpose"`
	// Hours within which it may begin: a Sending as a word.
	Hours string `gorm:"column:hours"`
	// SequenceID and Step are what owes it, where it is nurture.
	SequenceID ID     `gorm:"column:sequence_id"`
	Step       string `gorm:"column:step"`

	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"` // also its Date header
	DueAt     Instant `gorm:"column:due_at"`
	NotAfter  Instant `gorm:"column:not_after"`
	Attempts  int     `gorm:"column:attempts"`
	// Unknowns is how often its fate became unknown: it is repeated after the first time only (I3).
	Unknowns    int     `gorm:"column:unknowns"`
	LeaseOwner  string  `gorm:"column:lease_owner"`
	LeasedUntil Instant `gorm:"column:leased_until"`
	SentAt      Instant `gorm:"column:sent_at"`
	// Reply is the last that the mail server said, without addresses; or why it was not sent.
	Reply string `gorm:"column:reply"`
}

// TableName keeps the table's name apart from the type's.
func (Message) TableName() string { return "messages" }

// TestLead is the key of a test mail's values under which stands the lead as whom it is written: what it says goes when
// the lead is erased.
const TestLead = "lead"

// Merge holds the values a mail is composed with, at most 1 KiB as JSON.
type Merge map[string]string

// MailBytes are the bytes of a mail as sent, compressed with gzip: kept 30 days for mail to salespeople
// and transactional mail, so that a repeat is the same mail; the built-in mailbox reads them too.
type MailBytes struct {
	MessageID ID      `gorm:"column:message_id;primaryKey;autoIncrement:false"`
	Gzip      []byte  `gorm:"column:gzip"`
	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (MailBytes) TableName() string { return "mail_bytes" }

// SuppressionScope says which mail an address no longer gets.
type SuppressionScope string

// Marketing after an unsubscribe; all after a hard bounce or a complaint.
const (
	SuppressMarketing SuppressionScope = "marketing"
	SuppressAll       SuppressionScope = "all"
)

// A Suppression keeps an address from being mailed. It holds a keyed hash, so that it outlives the
// erasure of the address itself (I7).
type Suppression struct {
	Hash      string           `gorm:"column:hash;primaryKey"` // of the lead's identity
	Scope     SuppressionScope `gorm:"column:scope;primaryKey"`
	Reason    string           `gorm:"column:reason"` // bounce, complaint, unsubscribe, objection, erasure
	CreatedAt Instant          `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Suppression) TableName() string { return "suppressions" }

// An Erasure remembers that somebody was forgotten, by the keyed hash of their identity alone.
type Erasure struct {
	Hash string  `gorm:"column:hash;primaryKey"`
	At   Instant `gorm:"column:at;primaryKey"`
}

// TableName keeps the table's name apart from the type's.
func (Erasure) TableName() string { return "erasures" }
