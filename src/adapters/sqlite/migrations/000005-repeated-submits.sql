-- By what a repeated submit is recognised: the key that its caller gave it, and what it asked for. Both stand in the task's own
-- row, so that the one cannot be stored without the other.

ALTER TABLE task ADD COLUMN idempotency_key TEXT;
ALTER TABLE task ADD COLUMN fingerprint TEXT;

CREATE UNIQUE INDEX task_idempotency_key ON task (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX task_fingerprint ON task (api_key_id, fingerprint, created_at) WHERE fingerprint IS NOT NULL;
