-- +goose Up

-- The newest states of a sequence that is being written; draft_rev says which of them sequences.draft is.
CREATE TABLE sequence_revisions (
    sequence_id BIGINT NOT NULL,
    rev         BIGINT NOT NULL,
    doc         JSONB NOT NULL,
    what        TEXT NOT NULL,
    user_id     BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (sequence_id, rev)
);
ALTER TABLE sequences ADD COLUMN draft_rev BIGINT NOT NULL DEFAULT 0;

-- A mail was one text; it becomes a block that holds this text and says the same, in versions too, which else never change.
UPDATE sequences SET draft = jsonb_set(draft, '{steps}', (SELECT jsonb_agg((step - 'body') || jsonb_build_object('blocks',
    jsonb_build_array(jsonb_build_object('id', 'text', 'type', 'text', 'text', jsonb_build_object('body', step -> 'body')))) ORDER BY n)
    FROM jsonb_array_elements(draft -> 'steps') WITH ORDINALITY AS s (step, n)))
    WHERE jsonb_typeof(draft -> 'steps') = 'array' AND draft -> 'steps' <> '[]';
ALTER TABLE sequence_versions DISABLE TRIGGER sequence_versions_are_immutable;
UPDATE sequence_versions SET doc = jsonb_set(doc, '{steps}', (SELECT jsonb_agg((step - 'body') || jsonb_build_object('blocks',
    jsonb_build_array(jsonb_build_object('id', 'text', 'type', 'text', 'text', jsonb_build_object('body', step -> 'body')))) ORDER BY n)
    FROM jsonb_array_elements(doc -> 'steps') WITH ORDINALITY AS s (step, n)))
    WHERE jsonb_typeof(doc -> 'steps') = 'array' AND doc -> 'steps' <> '[]';
ALTER TABLE sequence_versions ENABLE TRIGGER sequence_versions_are_immutable;

-- Nothing is found by it.
DROP INDEX enrolments_waiting;
