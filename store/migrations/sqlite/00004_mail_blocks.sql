-- +goose Up

-- The newest states of a sequence that is being written; draft_rev says which of them sequences.draft is.
CREATE TABLE sequence_revisions (
    sequence_id INTEGER NOT NULL,
    rev         INTEGER NOT NULL,
    doc         TEXT NOT NULL,
    what        TEXT NOT NULL,
    user_id     INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (sequence_id, rev)
) STRICT, WITHOUT ROWID;
ALTER TABLE sequences ADD COLUMN draft_rev INTEGER NOT NULL DEFAULT 0;

-- A mail was one text; it becomes a block that holds this text and says the same, in versions too, which else never change.
UPDATE sequences SET draft = json_set(draft, '$.steps', (SELECT json_group_array(json_remove(json_set(step,
    '$.blocks', json_array(json_object('id', 'text', 'type', 'text', 'text', json_object('body', json_extract(step, '$.body'))))), '$.body'))
    FROM (SELECT value AS step FROM json_each(draft, '$.steps') WHERE value IS NOT NULL ORDER BY key)))
    WHERE json_array_length(draft, '$.steps') > 0;
DROP TRIGGER sequence_versions_are_immutable;
UPDATE sequence_versions SET doc = json_set(doc, '$.steps', (SELECT json_group_array(json_remove(json_set(step,
    '$.blocks', json_array(json_object('id', 'text', 'type', 'text', 'text', json_object('body', json_extract(step, '$.body'))))), '$.body'))
    FROM (SELECT value AS step FROM json_each(doc, '$.steps') WHERE value IS NOT NULL ORDER BY key)))
    WHERE json_array_length(doc, '$.steps') > 0;
-- +goose StatementBegin
CREATE TRIGGER sequence_versions_are_immutable BEFORE UPDATE ON sequence_versions
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
-- +goose StatementEnd

-- Nothing is found by it.
DROP INDEX enrolments_waiting;
