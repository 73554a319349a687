-- Webhooks: where a task's end is told, and the outbox. A task that ends enters the outbox by trigger, so that no way of
-- ending one can forget it. `due_at` is when a pending event may be claimed; a claim sets it to the end of its lease.

ALTER TABLE task ADD COLUMN webhook TEXT CHECK (json_valid(webhook));

CREATE TABLE webhook (
  task_sequence INTEGER PRIMARY KEY REFERENCES task (sequence),
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  earlier_attempts INTEGER NOT NULL CHECK (earlier_attempts BETWEEN 0 AND attempt),
  queued_at INTEGER NOT NULL,
  due_at INTEGER,
  sender_id TEXT,
  CONSTRAINT only_pending_is_due CHECK ((state = 'pending') = (due_at IS NOT NULL)),
  CONSTRAINT only_pending_is_sent CHECK (sender_id IS NULL OR state = 'pending')
) STRICT;

CREATE INDEX webhook_due ON webhook (due_at) WHERE state = 'pending';
CREATE INDEX webhook_being_sent ON webhook (account_id, due_at) WHERE sender_id IS NOT NULL;

CREATE TABLE webhook_attempt (
  task_sequence INTEGER NOT NULL REFERENCES webhook (task_sequence),
  number INTEGER NOT NULL CHECK (number >= 1),
  at INTEGER NOT NULL,
  duration_ms INTEGER CHECK (duration_ms >= 0),
  status INTEGER,
  error TEXT,
  PRIMARY KEY (task_sequence, number),
  CONSTRAINT an_answer_is_one_thing CHECK (status IS NULL OR error IS NULL),
  CONSTRAINT an_answer_took_time CHECK ((duration_ms IS NULL) = (status IS NULL AND error IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER task_end_is_told AFTER UPDATE OF state ON task
WHEN NEW.webhook IS NOT NULL
  AND NEW.state IN ('completed', 'failed', 'cancelled')
  AND OLD.state NOT IN ('completed', 'failed', 'cancelled')
BEGIN
  INSERT INTO webhook (task_sequence, account_id, state, attempt, earlier_attempts, queued_at, due_at)
  VALUES (NEW.sequence, NEW.account_id, 'pending', 0, 0, NEW.finished_at, NEW.finished_at);
END;
