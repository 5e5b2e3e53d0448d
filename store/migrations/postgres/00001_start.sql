-- +goose Up

-- Times are microseconds since 1970 in UTC, 0 for never. Hot tables have no foreign keys: a submission
-- writes all its rows in one transaction, and `verify` looks for orphans.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE users (
    id            BIGINT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('owner', 'marketer', 'sales', 'analyst')),
    password_hash TEXT NOT NULL,
    locale        TEXT NOT NULL,
    theme         TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    data       BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE setup_links (
    hash       TEXT PRIMARY KEY,
    user_id    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL
);

CREATE TABLE audit (
    id      BIGINT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL,
    ip      TEXT NOT NULL,
    at      BIGINT NOT NULL
);

CREATE TABLE files (
    id         BIGINT PRIMARY KEY,
    sha256     TEXT NOT NULL,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE cards (
    name       TEXT NOT NULL,
    version    BIGINT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'live', 'superseded')),
    doc        JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (name, version)
);
CREATE UNIQUE INDEX cards_live ON cards (name) WHERE state = 'live';

CREATE TABLE campaigns (
    id         BIGINT PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    locale     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'published', 'over')),
    home       BOOLEAN NOT NULL,
    version_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX campaigns_home ON campaigns (home) WHERE home;

CREATE TABLE campaign_versions (
    id          BIGINT PRIMARY KEY,
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id),
    number      BIGINT NOT NULL,
    doc         JSONB NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (campaign_id, number)
);

CREATE TABLE campaign_days (
    campaign_id BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    source      TEXT NOT NULL,
    views       BIGINT NOT NULL DEFAULT 0,
    seconds     BIGINT NOT NULL DEFAULT 0,
    starts      BIGINT NOT NULL DEFAULT 0,
    submissions BIGINT NOT NULL DEFAULT 0,
    leads       BIGINT NOT NULL DEFAULT 0,
    hot         BIGINT NOT NULL DEFAULT 0,
    downloads   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, day, source)
);

CREATE TABLE consent_texts (
    id         BIGINT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    locale     TEXT NOT NULL,
    version    BIGINT NOT NULL,
    text       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (purpose, locale, version)
);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME;
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER consent_texts_are_immutable BEFORE UPDATE ON consent_texts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER campaign_versions_are_immutable BEFORE UPDATE ON campaign_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE leads (
    id             BIGINT PRIMARY KEY,
    identity       TEXT NOT NULL UNIQUE,
    email          TEXT NOT NULL,
    name           TEXT NOT NULL,
    first_name     TEXT NOT NULL,
    last_name      TEXT NOT NULL,
    phone          TEXT NOT NULL,
    company        TEXT NOT NULL,
    domain         TEXT NOT NULL,
    fields         JSONB NOT NULL,
    locale         TEXT NOT NULL,
    stage          TEXT NOT NULL,
    kinds          JSONB NOT NULL,
    status         TEXT NOT NULL,
    status_reason  TEXT NOT NULL,
    status_until   BIGINT NOT NULL,
    score          DOUBLE PRECISION NOT NULL,
    fit            DOUBLE PRECISION NOT NULL,
    engagement     DOUBLE PRECISION NOT NULL,
    grade          TEXT NOT NULL,
    temperature    TEXT NOT NULL,
    card           TEXT NOT NULL,
    card_version   BIGINT NOT NULL,
    scored_at      BIGINT NOT NULL,
    raised_hand_at BIGINT NOT NULL,
    campaign_id    BIGINT NOT NULL,
    first_touch    JSONB NOT NULL,
    last_touch     JSONB NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    last_act_at    BIGINT NOT NULL
);
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

-- The words by which a lead is found, folded.
CREATE TABLE lead_words (
    lead_id BIGINT PRIMARY KEY,
    words   TSVECTOR NOT NULL
);
CREATE INDEX lead_words_search ON lead_words USING gin (words);

CREATE TABLE submissions (
    id          BIGINT PRIMARY KEY,
    lead_id     BIGINT NOT NULL,
    campaign_id BIGINT NOT NULL,
    version_id  BIGINT NOT NULL,
    token       BYTEA NOT NULL,
    digest      BYTEA NOT NULL,
    corrects    BIGINT NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('ok', 'spam', 'released', 'kept')),
    reasons     JSONB NOT NULL,
    email       TEXT NOT NULL,
    answers     JSONB NOT NULL,
    purposes    JSONB NOT NULL,
    attribution JSONB NOT NULL,
    ip          TEXT NOT NULL,
    user_agent  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (token, digest)
);
CREATE INDEX submissions_by_lead ON submissions (lead_id, id);
CREATE INDEX submissions_in_quarantine ON submissions (id) WHERE verdict = 'spam';

CREATE TABLE consents (
    id            BIGINT PRIMARY KEY,
    lead_id       BIGINT NOT NULL,
    submission_id BIGINT NOT NULL,
    purpose       TEXT NOT NULL,
    decision      TEXT NOT NULL,
    text_id       BIGINT NOT NULL,
    page          TEXT NOT NULL,
    method        TEXT NOT NULL,
    ip            TEXT NOT NULL,
    user_agent    TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX consents_by_lead ON consents (lead_id, id);

CREATE TABLE events (
    id          BIGINT PRIMARY KEY,
    lead_id     BIGINT NOT NULL,
    campaign_id BIGINT NOT NULL,
    kind        TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    data        JSONB NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX events_by_lead ON events (lead_id, at);

CREATE TABLE handoffs (
    id        BIGINT PRIMARY KEY,
    lead_id   BIGINT NOT NULL,
    reason    TEXT NOT NULL,
    score     DOUBLE PRECISION NOT NULL,
    opened_at BIGINT NOT NULL,
    mailed_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX handoffs_open ON handoffs (lead_id) WHERE closed_at = 0;
CREATE INDEX handoffs_by_lead ON handoffs (lead_id, id);

CREATE TABLE coupons (
    id            BIGINT PRIMARY KEY,
    campaign_id   BIGINT NOT NULL,
    lead_id       BIGINT NOT NULL,
    submission_id BIGINT NOT NULL,
    code          TEXT NOT NULL,
    issued_at     BIGINT NOT NULL,
    UNIQUE (campaign_id, lead_id)
);

-- How many coupons of a campaign are out: the one row that racing posts meet at.
CREATE TABLE coupon_stock (
    campaign_id BIGINT PRIMARY KEY,
    issued      BIGINT NOT NULL
);

CREATE TABLE messages (
    id           BIGINT PRIMARY KEY,
    lead_id      BIGINT NOT NULL,
    ident        TEXT NOT NULL UNIQUE,
    class        SMALLINT NOT NULL CHECK (class BETWEEN 0 AND 3),
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'suppressed', 'expired', 'unknown')),
    message_id   TEXT NOT NULL,
    to_email     TEXT NOT NULL,
    locale       TEXT NOT NULL,
    version_id   BIGINT NOT NULL,
    merge        JSONB NOT NULL,
    created_at   BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    not_after    BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    unknowns     BIGINT NOT NULL,
    lease_owner  TEXT NOT NULL,
    leased_until BIGINT NOT NULL,
    sent_at      BIGINT NOT NULL,
    reply        TEXT NOT NULL
);
CREATE INDEX messages_by_lead ON messages (lead_id, id);
CREATE INDEX messages_due ON messages (class, due_at, id) WHERE state = 'queued';
CREATE INDEX messages_sending ON messages (leased_until) WHERE state = 'sending';

CREATE TABLE mail_bytes (
    message_id BIGINT PRIMARY KEY,
    gzip       BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE suppressions (
    hash       TEXT NOT NULL,
    scope      TEXT NOT NULL CHECK (scope IN ('marketing', 'all')),
    reason     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (hash, scope)
);

CREATE TABLE jobs (
    id           BIGINT PRIMARY KEY,
    kind         TEXT NOT NULL,
    ident        TEXT NOT NULL,
    payload      BYTEA NOT NULL,
    due_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    lease_owner  TEXT NOT NULL,
    leased_until BIGINT NOT NULL,
    failed_at    BIGINT NOT NULL,
    last_error   TEXT NOT NULL,
    created_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX jobs_ident ON jobs (kind, ident) WHERE failed_at = 0;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE failed_at = 0;
