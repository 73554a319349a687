-- What the histories of tasks need: one by time within an account (in place of one by number), the mark of a deleted task, and
-- whether its caller wants the clip itself in the answer.

ALTER TABLE task ADD COLUMN deleted_at INTEGER;
ALTER TABLE task ADD COLUMN inline_output INTEGER NOT NULL DEFAULT 0 CHECK (inline_output IN (0, 1));

DROP INDEX task_of_account;
CREATE INDEX task_of_account ON task (account_id, created_at);
