/**
 * Opens the file so that what is committed survives a power cut (WAL with a sync at each commit) and nobody else can open
 * it meanwhile (the lock is taken here and kept until close or death).
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AnimaticError } from '#domain/errors.ts';

/** Marks the file as ours, also for `file(1)`: "Anmt" in ASCII. */
const APPLICATION_ID = 0x41_6e_6d_74;

/**
 * The lock mode comes first: then WAL keeps its index in this process's memory and needs no shared file. The log is copied
 * into the database every 16 MB instead of every 4.
 */
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 4000;
`;

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html. */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** @throws AnimaticError `data_folder_in_use`, `bad_setting`. */
export function openDatabase(filePath: string): DatabaseSync {
  createPrivateFile(filePath);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(filePath, { timeout: 0, enableForeignKeyConstraints: true });
    database.exec(SETTINGS);
    claimFile(database, filePath);
    return database;
  } catch (error) {
    database?.close();
    throw openingError(error, filePath);
  }
}

/** An existing file is not opened here: closing it again would drop the lock of a store that this process has open on it. */
function createPrivateFile(filePath: string): void {
  try {
    closeSync(openSync(filePath, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new AnimaticError(
      'bad_setting',
      `The database ${filePath} cannot be created: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
}

function claimFile(database: DatabaseSync, filePath: string): void {
  database.exec('BEGIN IMMEDIATE');
  const { application_id: id } = database.prepare('PRAGMA application_id').get() as {
    application_id: number;
  };
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {
    tables: number;
  };
  if (id !== APPLICATION_ID && (id !== 0 || tables > 0)) throw notOurs(filePath);
  if (id !== APPLICATION_ID) database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.exec('COMMIT');
}

const notOurs = (filePath: string, cause?: unknown): AnimaticError =>
  new AnimaticError('bad_setting', `${filePath} is not a database of Animatic. Choose another data folder.`, {
    cause,
  });

function openingError(error: unknown, filePath: string): unknown {
  const code = (error as { errcode?: number }).errcode;
  // The low byte is the primary code; the others refine it.
  switch (code === undefined ? undefined : code & 0xff) {
    case SQLITE_BUSY:
      return new AnimaticError(
        'data_folder_in_use',
        `Another program has ${filePath} open. Stop it or choose another data folder; to manage a running server, talk to it over HTTP.`,
        { cause: error },
      );
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return new AnimaticError(
        'bad_setting',
        `${filePath} cannot be opened for writing: ${(error as Error).message}. Check its owner and permissions.`,
        { cause: error },
      );
    case SQLITE_NOTADB:
      return notOurs(filePath, error);
    default:
      return error;
  }
}
