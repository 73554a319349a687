/**
 * Brings a database to the newest schema. Migrations are the numbered files in `migrations/`, applied in order, all in one
 * transaction, each recorded. A file that was released is never edited.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { AnimaticError } from '#domain/errors.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

interface Migration {
  readonly number: number;
  readonly fileName: string;
}

/** @throws AnimaticError `bad_setting` when a newer program has already changed the database; nothing is written then. */
export function migrate(database: DatabaseSync): void {
  const known = listMigrations();
  const newest = known.at(-1)!.number;
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(
      'CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, file_name TEXT NOT NULL) STRICT',
    );
    const applied = appliedNumber(database);
    if (applied > newest) throw tooNew(applied, newest);
    for (const migration of known.filter(({ number }) => number > applied)) apply(database, migration);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function listMigrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter((fileName) => fileName.endsWith('.sql'))
    .sort()
    .map((fileName) => ({ number: Number.parseInt(fileName, 10), fileName }));
}

function appliedNumber(database: DatabaseSync): number {
  const row = database.prepare('SELECT coalesce(max(number), 0) AS number FROM migration').get();
  return (row as { number: number }).number;
}

function apply(database: DatabaseSync, { number, fileName }: Migration): void {
  database.exec(readFileSync(new URL(fileName, FOLDER), 'utf8'));
  database.prepare('INSERT INTO migration (number, file_name) VALUES (?, ?)').run(number, fileName);
}

const tooNew = (applied: number, newest: number): AnimaticError =>
  new AnimaticError(
    'bad_setting',
    `The database was written by a newer version of Animatic (schema ${applied}; this one knows ${newest}). ` +
      'Start that version, or choose another data folder.',
  );
