package models

import "slices"

// SequenceState is whether a sequence writes to anybody.
type SequenceState string

// The states of a sequence. A paused one takes leads in and goes on where it stood.
const (
	SequenceDraft  SequenceState = "draft"
	SequenceLive   SequenceState = "live"
	SequencePaused SequenceState = "paused"
)

// A Sequence is the mails that a campaign's leads get over the weeks after the form (N1).
type Sequence struct {
	ID         ID            `gorm:"primaryKey;autoIncrement:false"`
	CampaignID ID            `gorm:"column:campaign_id"` // whose leads it takes in
	Name       string        `gorm:"column:name"`
	Locale     string        `gorm:"column:locale"`
	State      SequenceState `gorm:"column:state"`
	Reason     string        `gorm:"column:reason"`     // why it is paused
	VersionID  ID            `gorm:"column:version_id"` // the one in force; 0 before the first
	Draft      SequenceDoc   `gorm:"column:draft;serializer:json"`
	DraftRev   int           `gorm:"column:draft_rev"` // of its SequenceRevision; 0 where nothing was changed yet
	CreatedAt  Instant       `gorm:"column:created_at;autoCreateTime:false"`
	UpdatedAt  Instant       `gorm:"column:updated_at;autoUpdateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Sequence) TableName() string { return "sequences" }

// A SequenceRevision is one state of a sequence that is being written. The newest are kept, so that each change can be undone.
type SequenceRevision struct {
	SequenceID ID          `gorm:"column:sequence_id;primaryKey;autoIncrement:false"`
	Rev        int         `gorm:"column:rev;primaryKey;autoIncrement:false"`
	Doc        SequenceDoc `gorm:"column:doc;serializer:json"`
	What       string      `gorm:"column:what"`    // what was changed: "block:8f3a@first", "head:mail@first", "delete:mail:Subject"
	UserID     ID          `gorm:"column:user_id"` // who did; 0: the program
	At         Instant     `gorm:"column:at"`
}

// TableName keeps the table's name apart from the type's.
func (SequenceRevision) TableName() string { return "sequence_revisions" }

// A SequenceVersion is what was put in force at one time. It never changes, so that a mail can be made again.
type SequenceVersion struct {
	ID         ID          `gorm:"primaryKey;autoIncrement:false"`
	SequenceID ID          `gorm:"column:sequence_id"`
	Number     int         `gorm:"column:number"`
	Doc        SequenceDoc `gorm:"column:doc;serializer:json"`
	CreatedAt  Instant     `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (SequenceVersion) TableName() string { return "sequence_versions" }

// A LiveSequence is a sequence with the version in force.
type LiveSequence struct {
	Sequence
	Version SequenceVersion
}

// A SequenceDoc is the steps of a sequence in their order.
type SequenceDoc struct {
	Steps []Step `json:"steps"`
	// Quiet are hours within which nobody is written to, in the lead's zone.
	Quiet Hours `json:"quiet,omitzero"`
	// KeepHot goes on writing to a lead that has become hot and so belongs to a salesperson.
	KeepHot bool `json:"keep_hot,omitempty"`
	// Goal reached, a lead leaves; none where it is empty.
	Goal []Condition `json:"goal,omitempty"`
}

// A Step is one mail of a sequence.
type Step struct {
	// Key names the step over all versions of the sequence: in mails, counts and conditions.
	Key   string `json:"key"`
	Delay int    `json:"delay"` // minutes after the step before; the first: after the confirmation
	// Window is when it may be sent, in the lead's zone; any time where it is empty.
	Window Window `json:"window,omitzero"`
	// Conditions that all have to hold when its time has come, else it is skipped.
	Conditions []Condition `json:"conditions,omitempty"`
	Subject    string      `json:"subject"`
	Preview    string      `json:"preview,omitempty"` // what a mail program shows beside the subject
	// Blocks are what it says, of the types of MailBlocks.
	Blocks []Block `json:"blocks"`
}

// MailBlocks are the types of block that a mail can hold, in the order in which they are offered.
var MailBlocks = [...]BlockType{BlockText, BlockButton, BlockPicture, BlockBenefits, BlockProof, BlockFAQ, BlockDivider}

// Block finds a block of the mail by its ID, with its place; -1 where there is none.
func (s *Step) Block(id string) (*Block, int) { return FindBlock(s.Blocks, id) }

// Step finds a step by its key, with its place; -1 where there is none.
func (d *SequenceDoc) Step(key string) (*Step, int) {
	for i := range d.Steps {
		if d.Steps[i].Key == key {
			return &d.Steps[i], i
		}
	}
	return nil, -1
}

// ConditionOn is what a condition looks at.
type ConditionOn string

// What conditions can look at.
const (
	OnStage       ConditionOn = "stage"
	OnTemperature ConditionOn = "temperature"
	OnScore       ConditionOn = "score"
	OnClicked     ConditionOn = "clicked" // Name: the step whose links
	OnAnswer      ConditionOn = "answer"  // Name: the lead's field
)

// ConditionOp is how a condition compares.
type ConditionOp string

// The comparisons. At least and under are for scores and stages; is and is not for the rest; a click and an
// answer are known or not.
const (
	OpIs      ConditionOp = "is"
	OpIsNot   ConditionOp = "is_not"
	OpAtLeast ConditionOp = "at_least"
	OpUnder   ConditionOp = "under"
	OpKnown   ConditionOp = "known"
	OpUnknown ConditionOp = "unknown"
)

// A Condition is one thing that has to be so.
type Condition struct {
	On    ConditionOn `json:"on"`
	Name  string      `json:"name,omitempty"`
	Op    ConditionOp `json:"op"`
	Value string      `json:"value,omitempty"`
}

// EnrolmentState is where a lead stands in a sequence.
type EnrolmentState string

// The states: waiting for the confirmation of the consent, on its way, at the end, or taken out.
const (
	EnrolmentWaiting EnrolmentState = "waiting"
	EnrolmentActive  EnrolmentState = "active"
	EnrolmentDone    EnrolmentState = "done"
	EnrolmentStopped EnrolmentState = "stopped"
)

// StopReason is why a lead was taken out of a sequence.
type StopReason string

// The reasons.
const (
	StopHot          StopReason = "hot"
	StopUnsubscribed StopReason = "unsubscribed"
	StopDisqualified StopReason = "disqualified"
	StopGoal         StopReason = "goal"
	StopExpired      StopReason = "expired" // the consent was never confirmed
	StopByHand       StopReason = "by_hand"
)

// An Enrolment is a lead in a sequence; a lead is in each once.
type Enrolment struct {
	ID         ID             `gorm:"primaryKey;autoIncrement:false"`
	SequenceID ID             `gorm:"column:sequence_id"`
	LeadID     ID             `gorm:"column:lead_id"`
	CampaignID ID             `gorm:"column:campaign_id"` // where they came in
	State      EnrolmentState `gorm:"column:state"`
	Reason     StopReason     `gorm:"column:reason"`
	// Step is the key of the step that comes next, empty before the first was given its time; Place is where it
	// stood, by which to go on where a later version has it no more.
	Step      string  `gorm:"column:step"`
	Place     int     `gorm:"column:place"`
	NextAt    Instant `gorm:"column:next_at"` // when the next step is decided
	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"`
	StartedAt Instant `gorm:"column:started_at"` // when the consent counted
	EndedAt   Instant `gorm:"column:ended_at"`
}

// TableName keeps the table's name apart from the type's.
func (Enrolment) TableName() string { return "enrolments" }

// Start lets an enrolment begin now.
func (e *Enrolment) Start(now Instant) {
	e.State, e.StartedAt, e.NextAt = EnrolmentActive, now, now
}

// Stop takes a lead out for a reason.
func (e *Enrolment) Stop(why StopReason, now Instant) {
	e.State, e.Reason, e.EndedAt = EnrolmentStopped, why, now
}

// Running tells whether more is to come.
func (e *Enrolment) Running() bool {
	return e.State == EnrolmentWaiting || e.State == EnrolmentActive
}

// What a step is counted by, beyond what its messages say. A skipped step is counted as "skipped:" with the thing
// that its condition looked at.
const (
	CountClicked      = "clicked"
	CountUnsubscribed = "unsubscribed"
	CountHot          = "hot"
	CountGoal         = "goal"
	CountSkipped      = "skipped:"
)

// A StepCount counts leads of whom something came of a step. Counting adds.
type StepCount struct {
	SequenceID ID     `gorm:"column:sequence_id;primaryKey"`
	Step       string `gorm:"column:step;primaryKey"`
	What       string `gorm:"column:what;primaryKey"`
	N          int64  `gorm:"column:n"`
}

// TableName keeps the table's name apart from the type's.
func (StepCount) TableName() string { return "step_counts" }

// Credit counts what came of a lead to the step that was sent last: the one before the next, or an earlier one where mail
// of it has not begun. Nothing is counted where nothing was sent yet, or the sequence is gone.
func (q *LiveSequence) Credit(e *Enrolment, unsent []Message, what string) []StepCount {
	if q == nil || e.Step == "" {
		return nil
	}
	steps := q.Version.Doc.Steps
	_, next := q.Version.Doc.Step(e.Step)
	if next < 0 {
		next = e.Place
	}
	for i := min(next, len(steps)) - 1; i >= 0; i-- {
		waits := slices.ContainsFunc(unsent, func(m Message) bool {
			return m.SequenceID == q.ID && m.Step == steps[i].Key && m.LeadID == e.LeadID
		})
		if !waits {
			return []StepCount{{SequenceID: q.ID, Step: steps[i].Key, What: what, N: 1}}
		}
	}
	return nil
}
