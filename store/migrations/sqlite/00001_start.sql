-- +goose Up

-- Times are microseconds since 1970 in UTC, 0 for never. Hot tables have no foreign keys: a submission
-- writes all its rows in one transaction, and `verify` looks for orphans.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id            INTEGER PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('owner', 'marketer', 'sales', 'analyst')),
    password_hash TEXT NOT NULL,
    locale        TEXT NOT NULL,
    theme         TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    data       BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE setup_links (
    hash       TEXT PRIMARY KEY,
    user_id    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL,
    ip      TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE TABLE files (
    id         INTEGER PRIMARY KEY,
    sha256     TEXT NOT NULL,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cards (
    name       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'live', 'superseded')),
    doc        TEXT NOT NULL CHECK (json_valid(doc)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX cards_live ON cards (name) WHERE state = 'live';

CREATE TABLE campaigns (
    id         INTEGER PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    locale     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'published', 'over')),
    home       INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX campaigns_home ON campaigns (home) WHERE home = 1;

CREATE TABLE campaign_versions (
    id          INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    number      INTEGER NOT NULL,
    doc         TEXT NOT NULL CHECK (json_valid(doc)),
    created_at  INTEGER NOT NULL,
    UNIQUE (campaign_id, number)
) STRICT;

CREATE TABLE campaign_days (
    campaign_id INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    source      TEXT NOT NULL,
    views       INTEGER NOT NULL DEFAULT 0,
    seconds     INTEGER NOT NULL DEFAULT 0,
    starts      INTEGER NOT NULL DEFAULT 0,
    submissions INTEGER NOT NULL DEFAULT 0,
    leads       INTEGER NOT NULL DEFAULT 0,
    hot         INTEGER NOT NULL DEFAULT 0,
    downloads   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, day, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_texts (
    id         INTEGER PRIMARY KEY,
    purpose    TEXT NOT NULL,
    locale     TEXT NOT NULL,
    version    INTEGER NOT NULL,
    text       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (purpose, locale, version)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER consent_texts_are_immutable BEFORE UPDATE ON consent_texts
BEGIN
    SELECT RAISE(ABORT, 'a consent text never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER campaign_versions_are_immutable BEFORE UPDATE ON campaign_versions
BEGIN
    SELECT RAISE(ABORT, 'a published version never changes');
END;
-- +goose StatementEnd

CREATE TABLE leads (
    id             INTEGER PRIMARY KEY,
    identity       TEXT NOT NULL UNIQUE,
    email          TEXT NOT NULL,
    name           TEXT NOT NULL,
    first_name     TEXT NOT NULL,
    last_name      TEXT NOT NULL,
    phone          TEXT NOT NULL,
    company        TEXT NOT NULL,
    domain         TEXT NOT NULL,
    fields         TEXT NOT NULL,
    locale         TEXT NOT NULL,
    stage          TEXT NOT NULL,
    kinds          TEXT NOT NULL,
    status         TEXT NOT NULL,
    status_reason  TEXT NOT NULL,
    status_until   INTEGER NOT NULL,
    score          REAL NOT NULL,
    fit            REAL NOT NULL,
    engagement     REAL NOT NULL,
    grade          TEXT NOT NULL,
    temperature    TEXT NOT NULL,
    card           TEXT NOT NULL,
    card_version   INTEGER NOT NULL,
    scored_at      INTEGER NOT NULL,
    raised_hand_at INTEGER NOT NULL,
    campaign_id    INTEGER NOT NULL,
    first_touch    TEXT NOT NULL,
    last_touch     TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    last_act_at    INTEGER NOT NULL
) STRICT;
-- One index for each sort of the list; the common case (a cold lead in its first stage) is left out of
-- the filters' indexes, where walking a sort finds it at once.
CREATE INDEX leads_by_score ON leads (score, id);
CREATE INDEX leads_by_act ON leads (last_act_at, id);
CREATE INDEX leads_by_temperature ON leads (temperature, id) WHERE temperature <> 'cold';
CREATE INDEX leads_by_temperature_score ON leads (temperature, score, id) WHERE temperature <> 'cold';
CREATE INDEX leads_by_temperature_act ON leads (temperature, last_act_at, id) WHERE temperature <> 'cold';
CREATE INDEX leads_by_stage ON leads (stage, id) WHERE stage <> 'lead';
CREATE INDEX leads_by_stage_score ON leads (stage, score, id) WHERE stage <> 'lead';
CREATE INDEX leads_by_stage_act ON leads (stage, last_act_at, id) WHERE stage <> 'lead';
CREATE INDEX leads_by_domain ON leads (domain, last_act_at) WHERE domain <> '';

-- The words by which a lead is found, folded; kept without a copy of the text.
CREATE VIRTUAL TABLE lead_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE submissions (
    id          INTEGER PRIMARY KEY,
    lead_id     INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    version_id  INTEGER NOT NULL,
    token       BLOB NOT NULL,
    digest      BLOB NOT NULL,
    corrects    INTEGER NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('ok', 'spam', 'released', 'kept')),
    reasons     TEXT NOT NULL,
    email       TEXT NOT NULL,
    answers     TEXT NOT NULL,
    purposes    TEXT NOT NULL,
    attribution TEXT NOT NULL,
    ip          TEXT NOT NULL,
    user_agent  TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (token, digest)
) STRICT;
CREATE INDEX submissions_by_lead ON submissions (lead_id, id);
CREATE INDEX submissions_in_quarantine ON submissions (id) WHERE verdict = 'spam';

CREATE TABLE consents (
    id            INTEGER PRIMARY KEY,
    lead_id       INTEGER NOT NULL,
    submission_id INTEGER NOT NULL,
    purpose       TEXT NOT NULL,
    decision      TEXT NOT NULL,
    text_id       INTEGER NOT NULL,
    page          TEXT NOT NULL,
    method        TEXT NOT NULL,
    ip            TEXT NOT NULL,
    user_agent    TEXT NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_by_lead ON consents (lead_id, id);

CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    lead_id     INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    data        TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_lead ON events (lead_id, at);

CREATE TABLE handoffs (
    id        INTEGER PRIMARY KEY,
    lead_id   INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    score     REAL NOT NULL,
    opened_at INTEGER NOT NULL,
    mailed_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX handoffs_open ON handoffs (lead_id) WHERE closed_at = 0;
CREATE INDEX handoffs_by_lead ON handoffs (lead_id, id);

CREATE TABLE coupons (
    id            INTEGER PRIMARY KEY,
    campaign_id   INTEGER NOT NULL,
    lead_id       INTEGER NOT NULL,
    submission_id INTEGER NOT NULL,
    code          TEXT NOT NULL,
    issued_at     INTEGER NOT NULL,
    UNIQUE (campaign_id, lead_id)
) STRICT;

-- How many coupons of a campaign are out: the one row that racing posts meet at.
CREATE TABLE coupon_stock (
    campaign_id INTEGER PRIMARY KEY,
    issued      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    id           INTEGER PRIMARY KEY,
    lead_id      INTEGER NOT NULL,
    ident        TEXT NOT NULL UNIQUE,
    class        INTEGER NOT NULL CHECK (class BETWEEN 0 AND 3),
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'suppressed', 'expired', 'unknown')),
    message_id   TEXT NOT NULL,
    to_email     TEXT NOT NULL,
    locale       TEXT NOT NULL,
    version_id   INTEGER NOT NULL,
    merge        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,
    not_after    INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    unknowns     INTEGER NOT NULL,
    lease_owner  TEXT NOT NULL,
    leased_until INTEGER NOT NULL,
    sent_at      INTEGER NOT NULL,
    reply        TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_lead ON messages (lead_id, id);
CREATE INDEX messages_due ON messages (class, due_at, id) WHERE state = 'queued';
CREATE INDEX messages_sending ON messages (leased_until) WHERE state = 'sending';

CREATE TABLE mail_bytes (
    message_id INTEGER PRIMARY KEY,
    gzip       BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE suppressions (
    hash       TEXT NOT NULL,
    scope      TEXT NOT NULL CHECK (scope IN ('marketing', 'all')),
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (hash, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL,
    ident        TEXT NOT NULL,
    payload      BLOB NOT NULL,
    due_at       INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    lease_owner  TEXT NOT NULL,
    leased_until INTEGER NOT NULL,
    failed_at    INTEGER NOT NULL,
    last_error   TEXT NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX jobs_ident ON jobs (kind, ident) WHERE failed_at = 0;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE failed_at = 0;
