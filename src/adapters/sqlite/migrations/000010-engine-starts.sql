-- Starts of paid jobs: what is noted before one is sent, and since when a task is parked because nobody can say what became of its
-- start. A parked task is still processing, by nobody: its worker is called so, and its lease never expires.

ALTER TABLE task ADD COLUMN engine_start TEXT CHECK (json_valid(engine_start));
ALTER TABLE task ADD COLUMN parked_at INTEGER CHECK (parked_at IS NULL OR (state = 'processing' AND worker_id = 'nobody'));

CREATE INDEX task_parked ON task (parked_at) WHERE parked_at IS NOT NULL;
