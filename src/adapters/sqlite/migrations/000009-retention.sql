-- What is kept for a time only: uploads by the moment they came, ended tasks with their files, and events that nobody waits for any
-- more. A deleted task is looked after until it is noted that its files are gone, also when the program dies in between.

CREATE TABLE upload (
  asset_id TEXT NOT NULL PRIMARY KEY,
  uploaded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_age ON upload (uploaded_at);

ALTER TABLE task ADD COLUMN files_removed INTEGER NOT NULL DEFAULT 0 CHECK (files_removed IN (0, 1));

CREATE INDEX task_ended ON task (finished_at) WHERE finished_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX task_files_left ON task (deleted_at)
WHERE deleted_at IS NOT NULL AND finished_at IS NOT NULL AND files_removed = 0;

CREATE INDEX webhook_ended ON webhook (queued_at) WHERE state <> 'pending';
