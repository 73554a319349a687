-- How long single files live and who may read them; uploads that arrive in parts; what a submit asks for its clip, and whether it
-- is to be tried once only; and the waiting tasks of an endpoint, which a submit may ask not to be too many.

CREATE TABLE file_rule (
  asset_id TEXT NOT NULL PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES account (id),
  expires_at INTEGER,
  access TEXT CHECK (json_valid(access))
) STRICT, WITHOUT ROWID;
CREATE INDEX file_rule_expires ON file_rule (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE part_upload (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  file_name TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX part_upload_expires ON part_upload (expires_at);

CREATE TABLE upload_part (
  upload_id TEXT NOT NULL REFERENCES part_upload (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  asset_id TEXT NOT NULL,
  etag TEXT NOT NULL,
  byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
  PRIMARY KEY (upload_id, number)
) STRICT, WITHOUT ROWID;

ALTER TABLE task ADD COLUMN output_wish TEXT CHECK (json_valid(output_wish));
ALTER TABLE task ADD COLUMN tried_once INTEGER NOT NULL DEFAULT 0 CHECK (tried_once IN (0, 1));

CREATE INDEX task_waiting_for ON task (protocol, endpoint_id) WHERE state = 'created' AND start_after IS NULL;
