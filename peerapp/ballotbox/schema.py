"""Which tables does the box have? These four, complete. No row stands for a person or for an answer sheet.

Keys are known at opening, and no table has row ids, so neither tells anything of arrival. The triggers refuse plain
SQL that would change an open round or a release. Somebody who drops them changes the fingerprint, and the round ends
without a release.
"""

SCHEMA = """
CREATE TABLE IF NOT EXISTS box (
    round_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    public_key BLOB NOT NULL,
    closes_at TEXT NOT NULL,
    release TEXT,
    PRIMARY KEY (round_id, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS count_ (
    round_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (round_id, part, question_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS comments (
    round_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    texts TEXT NOT NULL,
    PRIMARY KEY (round_id, question_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (
    round_id TEXT NOT NULL PRIMARY KEY,
    serials TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS box_keeps_its_manifest
BEFORE UPDATE OF round_id, part, manifest, public_key, closes_at ON box
BEGIN SELECT RAISE(ABORT, 'an open round does not change'); END;

CREATE TRIGGER IF NOT EXISTS box_is_released_once
BEFORE UPDATE OF release ON box WHEN OLD.release IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a release does not change'); END;

CREATE TRIGGER IF NOT EXISTS box_is_not_replaced
BEFORE INSERT ON box WHEN
    EXISTS (SELECT 1 FROM spent WHERE round_id = NEW.round_id)
    OR EXISTS (SELECT 1 FROM box WHERE round_id = NEW.round_id AND (part = NEW.part OR manifest <> NEW.manifest))
BEGIN SELECT RAISE(ABORT, 'an open round does not change'); END;

CREATE TRIGGER IF NOT EXISTS box_leaves_last
BEFORE DELETE ON box WHEN EXISTS (SELECT 1 FROM spent WHERE round_id = OLD.round_id)
BEGIN SELECT RAISE(ABORT, 'an open round does not change'); END;
"""
