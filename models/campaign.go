package models

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
	CreatedAt Instant       `gorm:"column:created_at;autoCreateTime:false"`
	UpdatedAt Instant       `gorm:"column:updated_at;autoUpdateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Campaign) TableName() string { return "campaigns" }

// A CampaignVersion is what was published at one time. It never changes, so that mails and pages of its
// time can be made again.
type CampaignVersion struct {
	ID         ID          `gorm:"primaryKey;autoIncrement:false"`
	CampaignID ID          `gorm:"column:campaign_id"`
	Number     int         `gorm:"column:number"`
	Doc        CampaignDoc `gorm:"column:doc;serializer:json"`
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
	Views       int64  `gorm:"column:views"`
	Seconds     int64  `gorm:"column:seconds"` // visible, over all views
	Starts      int64  `gorm:"column:starts"`
	Submissions int64  `gorm:"column:submissions"`
	Leads       int64  `gorm:"column:leads"` // new ones
	Hot         int64  `gorm:"column:hot"`
	Downloads   int64  `gorm:"column:downloads"`
}

// TableName keeps the table's name apart from the type's.
func (CampaignDay) TableName() string { return "campaign_days" }

// Published is a campaign as visitors see it: with the version that is out.
type Published struct {
	Campaign
	Version CampaignVersion
	// Sequences that its leads are taken into.
	Sequences []LiveSequence
}
