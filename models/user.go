package models

import "fmt"

// Role is what a user may do in the back office.
type Role string

// The roles.
const (
	Owner    Role = "owner"
	Marketer Role = "marketer"
	Sales    Role = "sales"
	Analyst  Role = "analyst"
)

// Roles in order of what they may do.
var Roles = [...]Role{Owner, Marketer, Sales, Analyst}

// A User works in the back office.
type User struct {
	ID           ID      `gorm:"primaryKey;autoIncrement:false"`
	Email        string  `gorm:"column:email"` // lower case
	Name         string  `gorm:"column:name"`
	Role         Role    `gorm:"column:role"`
	PasswordHash string  `gorm:"column:password_hash"` // argon2id in PHC form; empty until chosen
	Locale       string  `gorm:"column:locale"`
	Theme        string  `gorm:"column:theme"` // system, light, dark
	CreatedAt    Instant `gorm:"column:created_at;autoCreateTime:false"`
	LastSeenAt   Instant `gorm:"column:last_seen_at"`
	InvitedAt    Instant `gorm:"column:invited_at"`  // 0: not invited, or has come
	DisabledAt   Instant `gorm:"column:disabled_at"` // may not sign in any more
	// TOTP is the second factor's secret, sealed; empty without one. Recovery are the hashes of codes that replace it
	// once each, and TOTPStep is the last time step of which a code was taken (RFC 6238: each is good once).
	TOTP     string   `gorm:"column:totp"`
	TOTPStep int64    `gorm:"column:totp_step"`
	Recovery []string `gorm:"column:recovery;serializer:json"`
}

// TableName keeps the table's name apart from the type's.
func (User) TableName() string { return "users" }

// UserState is whether somebody may come in.
type UserState string

// The states. Invited is who has not chosen a password yet.
const (
	UserActive   UserState = "active"
	UserInvited  UserState = "invited"
	UserDisabled UserState = "disabled"
)

// State is whether the user may come in.
func (u *User) State() UserState {
	switch {
	case u.DisabledAt != 0:
		return UserDisabled
	case u.PasswordHash == "":
		return UserInvited
	}
	return UserActive
}

// Owns tells whether the user is an owner who can come in: one of these there always is, once there was one.
func (u *User) Owns() bool { return u.Role == Owner && u.State() == UserActive }

// ErrLastOwner says that a server would be left without anybody who owns it.
var ErrLastOwner = fmt.Errorf("%w: the last owner", ErrConflict)

// A Session is one signed-in browser; Hash is the SHA-256 of its token in hex.
type Session struct {
	Hash      string  `gorm:"column:hash;primaryKey"`
	Data      []byte  `gorm:"column:data"`
	ExpiresAt Instant `gorm:"column:expires_at"`
	UserID    ID      `gorm:"column:user_id"` // 0: nobody has signed in
	IP        string  `gorm:"column:ip"`
	UserAgent string  `gorm:"column:user_agent"`
	CreatedAt Instant `gorm:"column:created_at;autoCreateTime:false"`
	SeenAt    Instant `gorm:"column:seen_at"`
}

// TableName keeps the table's name apart from the type's.
func (Session) TableName() string { return "sessions" }

// A SetupLink lets its holder set a password once: the first owner, and whoever lost theirs.
type SetupLink struct {
	Hash      string  `gorm:"column:hash;primaryKey"` // SHA-256 of the token in hex
	UserID    ID      `gorm:"column:user_id"`         // 0: makes the first owner
	ExpiresAt Instant `gorm:"column:expires_at"`
	UsedAt    Instant `gorm:"column:used_at"`
}

// TableName keeps the table's name apart from the type's.
func (SetupLink) TableName() string { return "setup_links" }

// An AuditEntry says who did what, without what was in it.
type AuditEntry struct {
	ID      ID      `gorm:"primaryKey;autoIncrement:false"`
	UserID  ID      `gorm:"column:user_id"` // 0: the command line or the program itself
	Action  string  `gorm:"column:action"`
	Subject string  `gorm:"column:subject"` // "lead:1x2y", "campaign:…"
	Detail  string  `gorm:"column:detail"`
	IP      string  `gorm:"column:ip"`
	At      Instant `gorm:"column:at"`
}

// TableName keeps the table's name apart from the type's.
func (AuditEntry) TableName() string { return "audit" }
