/**
 * Kysely over Node's own SQLite: its SQLite compiler and adapter, and a driver for one connection that is already open.
 * Statements are compiled once and kept; integers come back as bigint, because amounts need all 64 bits.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

export const nodeSqliteDialect = (database: DatabaseSync): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => createDriver(database),
  createIntrospector: (kysely) => new SqliteIntrospector(kysely),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

function createDriver(database: DatabaseSync): Driver {
  const connection = new NodeSqliteConnection(database);
  const execute = async (statement: string) => database.exec(statement);
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    // At once with the right to write, so that no later statement can be refused it.
    beginTransaction: () => execute('BEGIN IMMEDIATE'),
    commitTransaction: () => execute('COMMIT'),
    rollbackTransaction: () => execute('ROLLBACK'),
    savepoint: (_, name) => execute(`SAVEPOINT "${name}"`),
    rollbackToSavepoint: (_, name) => execute(`ROLLBACK TO "${name}"`),
    releaseSavepoint: (_, name) => execute(`RELEASE "${name}"`),
    destroy: async () => database.close(),
  };
}

/** Statements whose text depends on the number of rows come in few shapes; the rest of the store has about fifty. */
const MOST_KEPT_STATEMENTS = 200;

interface KeptStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  /** In the order of their latest use. */
  readonly #kept = new Map<string, KeptStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, returnsRows } = this.#prepare(sql);
    const values = parameters as readonly SQLInputValue[];
    if (returnsRows) return { rows: statement.all(...values) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    const values = parameters as readonly SQLInputValue[];
    for (const row of this.#prepare(sql).statement.iterate(...values)) yield { rows: [row as Row] };
  }

  #prepare(sql: string): KeptStatement {
    const kept = this.#kept.get(sql) ?? this.#compile(sql);
    this.#kept.delete(sql);
    this.#kept.set(sql, kept);
    if (this.#kept.size > MOST_KEPT_STATEMENTS) this.#kept.delete(this.#kept.keys().next().value!);
    return kept;
  }

  #compile(sql: string): KeptStatement {
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    return { statement, returnsRows: statement.columns().length > 0 };
  }
}
