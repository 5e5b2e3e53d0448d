package models

// CardState is where a version of the scoring card stands.
type CardState string

// The states of a card.
const (
	CardDraft      CardState = "draft"
	CardLive       CardState = "live"
	CardSuperseded CardState = "superseded"
)

// A Card is one version of a set of scoring rules. Doc is the document that package scoring reads. All
// cards share one scale (20 points double the odds), so that leads of different cards can be compared.
type Card struct {
	Name      string    `gorm:"column:name;primaryKey"` // "b2b"; a campaign names the card of its leads
	Version   int       `gorm:"column:version;primaryKey;autoIncrement:false"`
	State     CardState `gorm:"column:state"`
	Doc       string    `gorm:"column:doc"` // JSON
	CreatedAt Instant   `gorm:"column:created_at;autoCreateTime:false"`
}

// TableName keeps the table's name apart from the type's.
func (Card) TableName() string { return "cards" }

// A Setting is one value that the owner or the program keeps in the database.
type Setting struct {
	Key   string `gorm:"column:key;primaryKey"`
	Value string `gorm:"column:value"`
}

// TableName keeps the table's name apart from the type's.
func (Setting) TableName() string { return "settings" }
