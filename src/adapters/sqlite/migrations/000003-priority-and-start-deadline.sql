-- A task's priority within its account (0 normal, 1 low), and the moment by which a worker must have claimed it once.

ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (0, 1));
ALTER TABLE task ADD COLUMN start_by INTEGER;

DROP INDEX task_waiting;
CREATE INDEX task_waiting ON task (account_id, priority, sequence) WHERE state = 'created';
CREATE INDEX task_start_by ON task (start_by) WHERE state = 'created' AND start_by IS NOT NULL;
