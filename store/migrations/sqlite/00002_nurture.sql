-- +goose Up

-- A consent that counts only once its link is confirmed.
ALTER TABLE consents ADD COLUMN confirm INTEGER NOT NULL DEFAULT 0;

-- The zone in which a lead is not to be woken; empty: the owner's.
ALTER TABLE leads ADD COLUMN zone TEXT NOT NULL DEFAULT '';

-- The consent without which a mail may not begin, the hours within which it may, and the step it belongs to.
ALTER TABLE messages ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN sequence_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN step TEXT NOT NULL DEFAULT '';
CREATE INDEX messages_of_sequence ON messages (sequence_id, step, state) WHERE sequence_id <> 0;

CREATE TABLE sequences (
    id          INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL,
    name        TEXT NOT NULL,
    locale      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('draft', 'live', 'paused')),
    reason      TEXT NOT NULL,
    version_id  INTEGER NOT NULL,
    draft       TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sequences_of_campaign ON sequences (campaign_id, id);

CREATE TABLE sequence_versions (
    id          INTEGER PRIMARY KEY,
    sequence_id INTEGER NOT NULL REFERENCES sequences (id),
    number      INTEGER NOT NULL,
    doc         TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (sequence_id, number)
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER sequence_versions_are_immutable BEFORE UPDATE ON sequence_versions
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
-- +goose StatementEnd

-- A lead in a sequence: once.
CREATE TABLE enrolments (
    id          INTEGER PRIMARY KEY,
    sequence_id INTEGER NOT NULL,
    lead_id     INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'done', 'stopped')),
    reason      TEXT NOT NULL,
    step        TEXT NOT NULL,
    place       INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    UNIQUE (sequence_id, lead_id)
) STRICT;
CREATE INDEX enrolments_due ON enrolments (next_at, id) WHERE state = 'active';
CREATE INDEX enrolments_waiting ON enrolments (created_at) WHERE state = 'waiting';
CREATE INDEX enrolments_of_lead ON enrolments (lead_id);
CREATE INDEX enrolments_in_step ON enrolments (sequence_id, state, step, id);

-- What came of a step beyond what its messages say.
CREATE TABLE step_counts (
    sequence_id INTEGER NOT NULL,
    step        TEXT NOT NULL,
    what        TEXT NOT NULL,
    n           INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sequence_id, step, what)
) STRICT, WITHOUT ROWID;

-- A pool's codes; coupon_id says to whom one went.
ALTER TABLE coupons ADD COLUMN pool INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX coupons_of_pool ON coupons (campaign_id, code) WHERE pool = 1;
CREATE TABLE coupon_codes (
    id          INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL,
    code        TEXT NOT NULL,
    coupon_id   INTEGER NOT NULL,
    UNIQUE (campaign_id, code)
) STRICT;
CREATE INDEX coupon_codes_free ON coupon_codes (campaign_id, id) WHERE coupon_id = 0;

-- Who was erased, by keyed hash, so that a restored backup forgets them again.
CREATE TABLE erasures (
    hash TEXT NOT NULL,
    at   INTEGER NOT NULL,
    PRIMARY KEY (hash, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_subject ON audit (subject, id);
CREATE INDEX consents_unconfirmed ON consents (created_at) WHERE confirm = 1 AND decision = 'given';
