-- The first schema. Amounts are micro-dollars, instants are milliseconds since 1970 UTC, JSON is text.

CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

-- Tasks. The row is the queue entry; `sequence` is the order of submission, which is the order of the queue.

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
  cancel_requested_at INTEGER,
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

CREATE INDEX task_of_account ON task (account_id, sequence);
CREATE INDEX task_waiting ON task (account_id, sequence) WHERE state = 'created';
CREATE INDEX task_leased ON task (lease_expires_at) WHERE state = 'processing';

CREATE TABLE task_log (
  task_sequence INTEGER NOT NULL REFERENCES task (sequence),
  number INTEGER NOT NULL CHECK (number >= 1),
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('debug', 'info', 'warn', 'error')),
  message TEXT NOT NULL,
  PRIMARY KEY (task_sequence, number)
) STRICT, WITHOUT ROWID;

-- Whose turn it is: one row for every account that ever queued a task. `last_served` is the number of its latest turn
-- (0: never), so that a claim finds its account and its task by two index look-ups however long the queue is.
-- Triggers keep `waiting`; no code writes it.

CREATE TABLE account_turn (
  account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
  waiting INTEGER NOT NULL CHECK (waiting >= 0),
  last_served INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX account_turn_waiting ON account_turn (last_served) WHERE waiting > 0;
CREATE INDEX account_turn_served ON account_turn (last_served);

CREATE TRIGGER task_is_queued AFTER INSERT ON task WHEN NEW.state = 'created' BEGIN
  INSERT INTO account_turn (account_id, waiting, last_served) VALUES (NEW.account_id, 1, 0)
  ON CONFLICT (account_id) DO UPDATE SET waiting = waiting + 1;
END;

CREATE TRIGGER task_is_queued_again AFTER UPDATE OF state ON task
WHEN OLD.state <> 'created' AND NEW.state = 'created' BEGIN
  UPDATE account_turn SET waiting = waiting + 1 WHERE account_id = NEW.account_id;
END;

CREATE TRIGGER task_leaves_queue AFTER UPDATE OF state ON task
WHEN OLD.state = 'created' AND NEW.state <> 'created' BEGIN
  UPDATE account_turn SET waiting = waiting - 1 WHERE account_id = NEW.account_id;
END;

-- The books. Entries and postings are only ever added; balances follow from them by trigger. A free task has a hold and
-- a settlement like any other: entries without postings.

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

CREATE TABLE ledger_posting (
  entry_sequence INTEGER NOT NULL REFERENCES ledger_entry (sequence),
  ledger_account TEXT NOT NULL CHECK (
    ledger_account IN ('revenue', 'funding') OR ledger_account GLOB 'wallet:?*' OR ledger_account GLOB 'held:?*'
  ),
  amount INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (entry_sequence, ledger_account)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_balance (
  ledger_account TEXT NOT NULL PRIMARY KEY,
  balance INTEGER NOT NULL,
  CONSTRAINT only_funding_may_be_negative CHECK (balance >= 0 OR ledger_account = 'funding')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER posting_moves_balance AFTER INSERT ON ledger_posting BEGIN
  INSERT INTO ledger_balance (ledger_account, balance) VALUES (NEW.ledger_account, 0)
  ON CONFLICT (ledger_account) DO NOTHING;
  UPDATE ledger_balance SET balance = balance + NEW.amount WHERE ledger_account = NEW.ledger_account;
END;

CREATE TRIGGER posting_is_permanent BEFORE UPDATE ON ledger_posting BEGIN
  SELECT RAISE(ABORT, 'a ledger posting is never changed');
END;

CREATE TRIGGER posting_is_kept BEFORE DELETE ON ledger_posting BEGIN
  SELECT RAISE(ABORT, 'a ledger posting is never deleted');
END;

CREATE TRIGGER entry_is_permanent BEFORE UPDATE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never changed');
END;

CREATE TRIGGER entry_is_kept BEFORE DELETE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never deleted');
END;
