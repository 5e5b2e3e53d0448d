-- +goose Up

-- A version that is to come, an end, and whose campaign it is.
ALTER TABLE campaigns ADD COLUMN next_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN draft_rev INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN published_rev INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN owner_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN goal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN archived_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaign_versions ADD COLUMN user_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaigns_by_change ON campaigns (updated_at, id);
CREATE INDEX campaigns_turning ON campaigns (id) WHERE next_id <> 0 OR until <> 0;

-- The newest states of what is being worked on; draft_rev says which of them is shown.
CREATE TABLE campaign_drafts (
    campaign_id INTEGER NOT NULL,
    rev         INTEGER NOT NULL,
    doc         TEXT NOT NULL,
    what        TEXT NOT NULL,
    user_id     INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, rev)
) STRICT, WITHOUT ROWID;
INSERT INTO campaign_drafts (campaign_id, rev, doc, what, user_id, at)
    SELECT c.id, 1, v.doc, 'published', 0, v.created_at FROM campaigns c JOIN campaign_versions v ON v.id = c.version_id;
UPDATE campaigns SET draft_rev = 1, published_rev = 1;

-- Addresses that campaigns had before.
CREATE TABLE campaign_addresses (
    slug        TEXT PRIMARY KEY,
    campaign_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE campaign_days ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX submissions_by_campaign ON submissions (campaign_id, id);

CREATE TABLE uploads (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    image      TEXT NOT NULL,
    user_id    INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- People who work here: invited, gone, and their second factor.
ALTER TABLE users ADD COLUMN invited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN disabled_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN totp TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN recovery TEXT NOT NULL DEFAULT '[]';
-- Whose the sessions are was not known: everybody signs in again.
DELETE FROM sessions;
ALTER TABLE sessions ADD COLUMN user_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN ip TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sessions_of_user ON sessions (user_id) WHERE user_id <> 0;

-- Shops tell codes apart without looking at their case: of such a pair the one that nobody has is no code.
DELETE FROM coupon_codes WHERE coupon_id = 0 AND id IN (SELECT id FROM (SELECT id,
    row_number() OVER (PARTITION BY campaign_id, lower(code) ORDER BY coupon_id = 0, id) AS nth FROM coupon_codes) twins WHERE nth > 1);
CREATE UNIQUE INDEX coupon_codes_folded ON coupon_codes (campaign_id, lower(code));
