/**
 * The schema as the migrations leave it, in a form that shows every change as a diff. Run as a program it writes the
 * checked-in copy: `node src/adapters/sqlite/dump-schema.ts`.
 */
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate.ts';

export const SCHEMA_FILE = new URL('./schema.sql', import.meta.url);

/** Tables, each followed by its indexes and triggers, in the order of their names. */
export function dumpSchema(): string {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  const statements = database
    .prepare(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type = 'table' DESC, type, name",
    )
    .all() as { sql: string }[];
  database.close();
  return statements.map(({ sql }) => `${sql};\n`).join('\n');
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, dumpSchema());
