package models

import "cmp"

// CampaignState is whether visitors can see a campaign.
type CampaignState string

// The states of a campaign.
const (
	CampaignDraft     CampaignState = "draft"
	CampaignPublished CampaignState = "published"
	CampaignOver      CampaignState = "over" // 410 to visitors
)

// A Campaign is one offer with its page, form and mails, under one address.
type Campaign struct {
	ID        ID            `gorm:"primaryKey;autoIncrement:false"`
	Slug      string        `gorm:"column:slug"`
	Name      string        `gorm:"column:name"`
	Locale    string        `gorm:"column:locale"`
	State     CampaignState `gorm:"column:state"`
	Home      bool          `gorm:"column:home"`       // shown at /
	VersionID ID            `gorm:"column:version_id"` // the version that visitors see
	// NextID is a version that takes its place at NextAt; both 0 where none is planned.
	NextID ID      `gorm:"column:next_id"`
	NextAt Instant `gorm:"column:next_at"`
	Until  Instant `gorm:"column:until"` // when it ends by itself; 0: never
	// DraftRev is the state of the draft that is being worked on, PublishedRev the one that says what was last published.
	DraftRev     int     `gorm:"column:draft_rev"`
	PublishedRev int     `gorm:"column:published_rev"`
	OwnerID      ID      `gorm:"column:owner_id"` // the user who looks after it; 0: nobody
	Goal         int     `gorm:"column:goal"`     // leads hoped for; 0: none set
	ArchivedAt   Instant `gorm:"column:archived_at"`
	CreatedAt    Instant `gorm:"column:created_at;autoCreateTime:false"`
	UpdatedAt    Instant `gorm:"column:updated_at;autoUpdateTime:false"` // of its draft, settings or state
}

// TableName keeps the table's name apart from the type's.
func (Campaign) TableName() string { return "campaigns" }

// CampaignStatus is what people call the state of a campaign.
type CampaignStatus string

// The statuses. A paused campaign was ended by hand and can go on; an ended one reached its last day.
const (
	StatusDraft     CampaignStatus = "draft"
	StatusScheduled CampaignStatus = "scheduled"
	StatusLive      CampaignStatus = "live"
	StatusPaused    CampaignStatus = "paused"
	StatusEnded     CampaignStatus = "ended"
	StatusArchived  CampaignStatus = "archived"
)

// Statuses in the order in which a campaign goes through them.
var Statuses = [...]CampaignStatus{StatusDraft, StatusScheduled, StatusLive, StatusPaused, StatusEnded, StatusArchived}

// Status is what people call its state at a moment.
func (c *Campaign) Status(now Instant) CampaignStatus {
	switch {
	case c.ArchivedAt != 0:
		return StatusArchived
	case c.State == CampaignPublished && c.Until != 0 && c.Until <= now,
		c.State == CampaignOver && c.Until != 0 && c.Until <= now:
		return StatusEnded
	case c.State == CampaignOver:
		return StatusPaused
	case c.State == CampaignPublished:
		return StatusLive
	case c.NextID != 0:
		return StatusScheduled
	}
	return StatusDraft
}

// StaysPaused tells whether visitors don't see a version that is planned for a time: somebody has paused the campaign, and it
// is for them to resume it. Where its last day comes first, the version begins it anew.
func (c *Campaign) StaysPaused(at Instant) bool {
	return c.State == CampaignOver && (c.Until == 0 || c.Until > at)
}

// LastVersion is the version last published, seen by visitors or planned; 0 where there is none.
func (c *Campaign) LastVersion() ID { return cmp.Or(c.NextID, c.VersionID) }

// Unpublished tells whether the draft holds changes that visitors don't see yet.
func (c *Campaign) Unpublished() bool { return c.DraftRev != c.PublishedRev }

// A Draft is one state of what a marketer is working on. The newest states are kept, so that each change can
// be undone.
type Draft struct {
	CampaignID ID          `gorm:"column:campaign_id;primaryKey;autoIncrement:false"`
	Rev        int         `gorm:"column:rev;primaryKey;autoIncrement:false"`
	Doc        CampaignDoc `gorm:"column:doc;serializer:json"`
	What       string      `gorm:"column:what"`    // the part that was changed: "block:hero", "field:phone", "theme"
	UserID     ID          `gorm:"column:user_id"` // who did; 0: the program
	At         Instant     `gorm:"column:at"`
}

// TableName keeps the table's name apart from the type's.
func (Draft) TableName() string { return "campaign_drafts" }

// A CampaignAddress is a slug that a campaign had before; it leads to the present one.
type CampaignAddress struct {
	Slug       string `gorm:"column:slug;primaryKey"`
	CampaignID ID     `gorm:"column:campaign_id"`
}

// TableName keeps the table's name apart from the type's.
func (CampaignAddress) TableName() string { return "campaign_addresses" }

// A CampaignVersion is what was published at one time. It never changes, so that mails and pages of its
// time can be made again.
type CampaignVersion struct {
	ID         ID          `gorm:"primaryKey;autoIncrement:false"`
	CampaignID ID          `gorm:"column:campaign_id"`
	Number     int         `gorm:"column:number"`
	Doc        CampaignDoc `gorm:"column:doc;serializer:json"`
	UserID     ID          `gorm:"column:user_id"` // who published it; 0: the program
	CreatedAt  Instant     `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (CampaignVersion) TableName() string { return "campaign_versions" }

// A CampaignDoc is everything that a campaign shows, asks, gives and writes.
type CampaignDoc struct {
	Page  Page  `json:"page"`
	Form  Form  `json:"form"`
	Offer Offer `json:"offer"`
	// Card names the scoring rules of leads that come in here.
	Card string `json:"card"`
}

// A CampaignDay counts what happened on a campaign on one day from one source. Counting adds; a row is
// never counted again from events.
type CampaignDay struct {
	CampaignID  ID     `gorm:"column:campaign_id;primaryKey"`
	Day         int    `gorm:"column:day;primaryKey"` // days since 1970 on the owner's calendar
	Source      string `gorm:"column:source;primaryKey"`
	Views       int64  `gorm:"column:views"`   // as the page's script reports them: browsers without it are not among them
	Seconds     int64  `gorm:"column:seconds"` // visible, over all views
	Starts      int64  `gorm:"column:starts"`
	Submissions int64  `gorm:"column:submissions"`
	Leads       int64  `gorm:"column:leads"`     // new ones
	Confirmed   int64  `gorm:"column:confirmed"` // who came in here and confirmed their address for the first time
	Hot         int64  `gorm:"column:hot"`
	Downloads   int64  `gorm:"column:downloads"`
}

// TableName keeps the table's name apart from the type's.
func (CampaignDay) TableName() string { return "campaign_days" }

// Add adds what another one has counted.
func (d *CampaignDay) Add(o *CampaignDay) {
	d.Views += o.Views
	d.Seconds += o.Seconds
	d.Starts += o.Starts
	d.Submissions += o.Submissions
	d.Leads += o.Leads
	d.Confirmed += o.Confirmed
	d.Hot += o.Hot
	d.Downloads += o.Downloads
}

// Published is a campaign as visitors see it: with the version that is out.
type Published struct {
	Campaign
	Version CampaignVersion
	// Sequences that its leads are taken into.
	Sequences []LiveSequence
}
