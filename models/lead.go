package models

// Stage is how far a lead has come. It moves forward by rule, back only by a person.
type Stage string

// The stages, in order.
const (
	StageLead        Stage = "lead"
	StageMQL         Stage = "mql"
	StageSQL         Stage = "sql"
	StageProspect    Stage = "prospect"
	StageOpportunity Stage = "opportunity"
	StageCustomer    Stage = "customer"
)

// Stages in order, the first being where every lead begins.
var Stages = [...]Stage{StageLead, StageMQL, StageSQL, StageProspect, StageOpportunity, StageCustomer}

// Rank is the place of a stage in the order, -1 for an unknown one.
func (s Stage) Rank() int {
	for i, x := range Stages {
		if s == x {
			return i
		}
	}
	return -1
}

// AtLeast is the later of two stages: rules only move a lead forward.
func (s Stage) AtLeast(other Stage) Stage {
	if other.Rank() > s.Rank() {
		return other
	}
	return s
}

// Kind is what a lead has been found to be; a lead may be several.
type Kind string

// The kinds of qualified lead.
const (
	KindMQL     Kind = "mql"
	KindSQL     Kind = "sql"
	KindPQL     Kind = "pql"
	KindService Kind = "service"
)

// Qualification is one kind with when and by which rule it came.
type Qualification struct {
	Kind Kind    `json:"kind"`
	At   Instant `json:"at"`
	Rule string  `json:"rule"` // score, raised_hand, accepted, bant, activation, said_so
}

// Status says whether a lead is worked on at all.
type Status string

// The two statuses.
const (
	Open         Status = "open"
	Disqualified Status = "disqualified"
)

// Temperature is how soon a salesperson should call.
type Temperature string

// The temperatures.
const (
	Hot  Temperature = "hot"
	Warm Temperature = "warm"
	Cold Temperature = "cold"
)

// A Lead is anyone who knowingly left contact details.
type Lead struct {
	ID ID `gorm:"primaryKey;autoIncrement:false"`
	// Identity is who this is: the canonical e-mail address or, lacking one, the E.164 phone number.
	Identity  string `gorm:"column:identity"`
	Email     string `gorm:"column:email"` // as typed
	Name      string `gorm:"column:name"`  // as they would be addressed in full
	FirstName string `gorm:"column:first_name"`
	LastName  string `gorm:"column:last_name"`
	Phone     string `gorm:"column:phone"` // E.164
	Company   string `gorm:"column:company"`
	// Domain of a company's mail; empty for free-mail providers, whose users are not colleagues.
	Domain string     `gorm:"column:domain"`
	Fields LeadFields `gorm:"column:fields;serializer:json"`
	Locale string     `gorm:"column:locale"`
	// Zone is where they are, as an IANA name; empty: the owner's.
	Zone string `gorm:"column:zone"`

	Stage        Stage           `gorm:"column:stage"`
	Kinds        []Qualification `gorm:"column:kinds;serializer:json"`
	Status       Status          `gorm:"column:status"`
	StatusReason string          `gorm:"column:status_reason"`
	StatusUntil  Instant         `gorm:"column:status_until"`

	Score       float64     `gorm:"column:score"` // S of the scoring rules: unclamped
	Fit         float64     `gorm:"column:fit"`
	Engagement  float64     `gorm:"column:engagement"`
	Grade       string      `gorm:"column:grade"`
	Temperature Temperature `gorm:"column:temperature"`
	Card        string      `gorm:"column:card"` // of the campaign where they came in
	CardVersion int         `gorm:"column:card_version"`
	ScoredAt    Instant     `gorm:"column:scored_at"`
	// RaisedHandAt is the last raised hand that no salesperson has answered yet.
	RaisedHandAt Instant `gorm:"column:raised_hand_at"`

	CampaignID ID          `gorm:"column:campaign_id"` // where they came in
	FirstTouch Attribution `gorm:"column:first_touch;serializer:json"`
	LastTouch  Attribution `gorm:"column:last_touch;serializer:json"`
	CreatedAt  Instant     `gorm:"column:created_at;autoCreateTime:false"`
	UpdatedAt  Instant     `gorm:"column:updated_at;autoUpdateTime:false"`
	LastActAt  Instant     `gorm:"column:last_act_at"` // the last thing they did themselves
}

// TableName keeps the table's name apart from the type's.
func (Lead) TableName() string { return "leads" }

// FieldValue is one answer on a lead with when it was given: some answers fade.
type FieldValue struct {
	Value string  `json:"v"`
	At    Instant `json:"at"`
}

// LeadFields are the answers kept on the lead beyond its columns, by field name. Several choices are
// joined by ";".
type LeadFields map[string]FieldValue

// Names of the standard fields that a form's answer can fill on a lead. The first five are columns.
const (
	FieldEmail       = "email"
	FieldName        = "name"
	FieldFirstName   = "first_name"
	FieldLastName    = "last_name"
	FieldPhone       = "phone"
	FieldCompany     = "company"
	FieldJobTitle    = "job_title"
	FieldIndustry    = "industry"
	FieldCompanySize = "company_size"
	FieldRevenue     = "revenue"
	FieldCountry     = "country"
	FieldProvince    = "province"
	FieldCity        = "city"
	FieldIncome      = "income"
	FieldEducation   = "education"
	FieldRole        = "role"      // decides, influences, uses
	FieldNeed        = "need"      // yes, no: a need that we serve (BANT)
	FieldBudget      = "budget"    // fits, unknown, below (BANT)
	FieldAuthority   = "authority" // yes, no (BANT)
	FieldTimeline    = "timeline"  // 1m, 3m, 6m, later (BANT)
	FieldWanted      = "wanted"    // sold, not_sold: asked for what we sell, or do not
	FieldReferred    = "referred"  // yes: by a customer
	FieldReady       = "ready"     // yes: ready to buy or subscribe, by own word
)

// Get is the value of any field, column or not.
func (l *Lead) Get(field string) string {
	switch field {
	case FieldEmail:
		return l.Email
	case FieldName:
		return l.Name
	case FieldFirstName:
		return l.FirstName
	case FieldLastName:
		return l.LastName
	case FieldPhone:
		return l.Phone
	case FieldCompany:
		return l.Company
	}
	return l.Fields[field].Value
}

// Set fills a field. An empty value changes nothing: a known lead is never overwritten by an empty answer.
func (l *Lead) Set(field, value string, at Instant) {
	if value == "" {
		return
	}
	switch field {
	case FieldEmail:
		l.Email = value
	case FieldName:
		l.Name = value
	case FieldFirstName:
		l.FirstName = value
	case FieldLastName:
		l.LastName = value
	case FieldPhone:
		l.Phone = value
	case FieldCompany:
		l.Company = value
	default:
		if l.Fields[field].Value == value {
			return
		}
		if l.Fields == nil {
			l.Fields = LeadFields{}
		}
		l.Fields[field] = FieldValue{Value: value, At: at}
	}
}

// Has tells whether the lead has been found to be of a kind.
func (l *Lead) Has(k Kind) bool {
	for _, q := range l.Kinds {
		if q.Kind == k {
			return true
		}
	}
	return false
}

// Clone is a copy that shares nothing that Set or a qualification could change.
func (l *Lead) Clone() *Lead {
	c := *l
	c.Kinds = append([]Qualification(nil), l.Kinds...)
	if l.Fields != nil {
		c.Fields = make(LeadFields, len(l.Fields))
		for k, v := range l.Fields {
			c.Fields[k] = v
		}
	}
	return &c
}
