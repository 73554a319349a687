CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_turn (
  account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
  waiting INTEGER NOT NULL CHECK (waiting >= 0),
  last_served INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX account_turn_served ON account_turn (last_served);

CREATE INDEX account_turn_waiting ON account_turn (last_served) WHERE waiting > 0;

CREATE TABLE api_key (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('member', 'admin')),
  prefix TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

CREATE INDEX api_key_of_account ON api_key (account_id);

CREATE TABLE file_rule (
  asset_id TEXT NOT NULL PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES account (id),
  expires_at INTEGER,
  access TEXT CHECK (json_valid(access))
) STRICT, WITHOUT ROWID;

CREATE INDEX file_rule_expires ON file_rule (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE ledger_balance (
  ledger_account TEXT NOT NULL PRIMARY KEY,
  balance INTEGER NOT NULL,
  CONSTRAINT only_funding_may_be_negative CHECK (balance >= 0 OR ledger_account = 'funding')
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_entry (
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'hold', 'settlement')),
  account_id TEXT NOT NULL REFERENCES account (id),
  task_sequence INTEGER REFERENCES task (sequence),
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (task_sequence, kind),
  CONSTRAINT grants_have_no_task CHECK ((kind = 'grant') = (task_sequence IS NULL))
) STRICT;

CREATE INDEX ledger_entry_of_account ON ledger_entry (account_id, sequence);

CREATE TRIGGER entry_is_kept BEFORE DELETE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never deleted');
END;

CREATE TRIGGER entry_is_permanent BEFORE UPDATE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never changed');
END;

CREATE TABLE ledger_posting (
  entry_sequence INTEGER NOT NULL REFERENCES ledger_entry (sequence),
  ledger_account TEXT NOT NULL CHECK (
    ledger_account IN ('revenue', 'funding') OR ledger_account GLOB 'wallet:?*' OR ledger_account GLOB 'held:?*'
  ),
  amount INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (entry_sequence, ledger_account)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER posting_is_kept BEFORE DELETE ON ledger_posting BEGIN
  SELECT RAISE(ABORT, 'a ledger posting is never deleted');
END;

CREATE TRIGGER posting_is_permanent BEFORE UPDATE ON ledger_posting BEGIN
  SELECT RAISE(ABORT, 'a ledger posting is never changed');
END;

CREATE TRIGGER posting_moves_balance AFTER INSERT ON ledger_posting BEGIN
  INSERT INTO ledger_balance (ledger_account, balance) VALUES (NEW.ledger_account, 0)
  ON CONFLICT (ledger_account) DO NOTHING;
  UPDATE ledger_balance SET balance = balance + NEW.amount WHERE ledger_account = NEW.ledger_account;
END;

CREATE TABLE migration (number INTEGER PRIMARY KEY, file_name TEXT NOT NULL) STRICT;

CREATE TABLE part_upload (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  file_name TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX part_upload_expires ON part_upload (expires_at);

CREATE TABLE session (
  hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  kind TEXT NOT NULL CHECK (kind IN ('ticket', 'page')),
  api_key_id TEXT NOT NULL REFERENCES api_key (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE task (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  api_key_id TEXT NOT NULL REFERENCES api_key (id),
  protocol TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  request TEXT NOT NULL CHECK (json_valid(request)),
  input TEXT NOT NULL CHECK (json_valid(input)),
  input_paths TEXT NOT NULL CHECK (json_valid(input_paths)),
  engine TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('created', 'processing', 'completed', 'failed', 'cancelled')),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  crashes INTEGER NOT NULL CHECK (crashes BETWEEN 0 AND attempt),
  progress REAL NOT NULL CHECK (progress BETWEEN 0 AND 1),
  held INTEGER NOT NULL CHECK (held >= 0),
  charged INTEGER CHECK (charged BETWEEN 0 AND held),
  engine_handle TEXT CHECK (json_valid(engine_handle)),
  output TEXT CHECK (json_valid(output)),
  error TEXT CHECK (json_valid(error)),
  worker_id TEXT,
  lease_expires_at INTEGER,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  cancel_requested_at INTEGER, webhook TEXT CHECK (json_valid(webhook)), priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (0, 1)), start_by INTEGER, deleted_at INTEGER, inline_output INTEGER NOT NULL DEFAULT 0 CHECK (inline_output IN (0, 1)), idempotency_key TEXT, fingerprint TEXT, start_after INTEGER, emulation TEXT CHECK (json_valid(emulation)), output_wish TEXT CHECK (json_valid(output_wish)), tried_once INTEGER NOT NULL DEFAULT 0 CHECK (tried_once IN (0, 1)), files_removed INTEGER NOT NULL DEFAULT 0 CHECK (files_removed IN (0, 1)), engine_start TEXT CHECK (json_valid(engine_start)), parked_at INTEGER CHECK (parked_at IS NULL OR (state = 'processing' AND worker_id = 'nobody')), quoted_cost INTEGER CHECK (quoted_cost >= 0), cost INTEGER CHECK (cost >= 0),
  CONSTRAINT lease_belongs_to_processing CHECK (
    (state = 'processing') = (worker_id IS NOT NULL) AND (state = 'processing') = (lease_expires_at IS NOT NULL)
  ),
  CONSTRAINT final_tasks_are_settled CHECK (
    (state IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)
    AND (finished_at IS NOT NULL) = (charged IS NOT NULL)
  ),
  CONSTRAINT output_belongs_to_completed CHECK ((state = 'completed') = (output IS NOT NULL)),
  CONSTRAINT error_belongs_to_failure CHECK ((state IN ('failed', 'cancelled')) = (error IS NOT NULL)),
  CONSTRAINT only_completed_is_charged CHECK (charged IS NULL OR charged = 0 OR state = 'completed')
) STRICT;

CREATE INDEX task_created ON task (created_at);

CREATE INDEX task_ended ON task (finished_at) WHERE finished_at IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX task_files_left ON task (deleted_at)
WHERE deleted_at IS NOT NULL AND finished_at IS NOT NULL AND files_removed = 0;

CREATE INDEX task_fingerprint ON task (api_key_id, fingerprint, created_at) WHERE fingerprint IS NOT NULL;

CREATE UNIQUE INDEX task_idempotency_key ON task (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE INDEX task_leased ON task (lease_expires_at) WHERE state = 'processing';

CREATE INDEX task_of_account ON task (account_id, created_at);

CREATE INDEX task_parked ON task (parked_at) WHERE parked_at IS NOT NULL;

CREATE INDEX task_start_after ON task (start_after) WHERE state = 'created' AND start_after IS NOT NULL;

CREATE INDEX task_start_by ON task (start_by) WHERE state = 'created' AND start_by IS NOT NULL;

CREATE INDEX task_waiting ON task (account_id, priority, sequence, engine) WHERE state = 'created' AND start_after IS NULL;

CREATE INDEX task_waiting_for ON task (protocol, endpoint_id) WHERE state = 'created' AND start_after IS NULL;

CREATE TRIGGER delayed_task_is_queued AFTER UPDATE OF start_after ON task
WHEN OLD.start_after IS NOT NULL AND NEW.start_after IS NULL AND NEW.state = 'created' BEGIN
  UPDATE account_turn SET waiting = waiting + 1 WHERE account_id = NEW.account_id;
END;

CREATE TRIGGER task_end_is_told AFTER UPDATE OF state ON task
WHEN NEW.webhook IS NOT NULL
  AND NEW.state IN ('completed', 'failed', 'cancelled')
  AND OLD.state NOT IN ('completed', 'failed', 'cancelled')
BEGIN
  INSERT INTO webhook (task_sequence, account_id, state, attempt, earlier_attempts, queued_at, due_at)
  VALUES (NEW.sequence, NEW.account_id, 'pending', 0, 0, NEW.finished_at, NEW.finished_at);
END;

CREATE TRIGGER task_is_queued AFTER INSERT ON task WHEN NEW.state = 'created' BEGIN
  INSERT INTO account_turn (account_id, waiting, last_served) VALUES (NEW.account_id, NEW.start_after IS NULL, 0)
  ON CONFLICT (account_id) DO UPDATE SET waiting = waiting + excluded.waiting;
END;

CREATE TRIGGER task_is_queued_again AFTER UPDATE OF state ON task
WHEN OLD.state <> 'created' AND NEW.state = 'created' AND NEW.start_after IS NULL BEGIN
  UPDATE account_turn SET waiting = waiting + 1 WHERE account_id = NEW.account_id;
END;

CREATE TRIGGER task_leaves_queue AFTER UPDATE OF state ON task
WHEN OLD.state = 'created' AND NEW.state <> 'created' AND OLD.start_after IS NULL BEGIN
  UPDATE account_turn SET waiting = waiting - 1 WHERE account_id = NEW.account_id;
END;

CREATE TABLE task_log (
  task_sequence INTEGER NOT NULL REFERENCES task (sequence),
  number INTEGER NOT NULL CHECK (number >= 1),
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('debug', 'info', 'warn', 'error')),
  message TEXT NOT NULL,
  PRIMARY KEY (task_sequence, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE upload (
  asset_id TEXT NOT NULL PRIMARY KEY,
  uploaded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_age ON upload (uploaded_at);

CREATE TABLE upload_part (
  upload_id TEXT NOT NULL REFERENCES part_upload (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  asset_id TEXT NOT NULL,
  etag TEXT NOT NULL,
  byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
  PRIMARY KEY (upload_id, number)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX webhook_being_sent ON webhook (account_id, due_at) WHERE sender_id IS NOT NULL;

CREATE INDEX webhook_due ON webhook (due_at) WHERE state = 'pending';

CREATE INDEX webhook_ended ON webhook (queued_at) WHERE state <> 'pending';

CREATE INDEX webhook_of_account ON webhook (account_id, task_sequence);

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
