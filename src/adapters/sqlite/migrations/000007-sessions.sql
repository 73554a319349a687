-- Who is signed in at the playground. Of a session's id only the hash is kept; it stands for an API key until its time is over. A
-- ticket is what a sign-in link carries: it becomes a session, once. And the order in which an account's webhooks are listed.

CREATE TABLE session (
  hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  kind TEXT NOT NULL CHECK (kind IN ('ticket', 'page')),
  api_key_id TEXT NOT NULL REFERENCES api_key (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires_at);

CREATE INDEX webhook_of_account ON webhook (account_id, task_sequence);
