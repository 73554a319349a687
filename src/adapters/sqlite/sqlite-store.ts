/**
 * The embedded store: one SQLite file, owned by a thread of its own, so that neither a sync nor a long query ever holds up
 * the program's event loop. What a promise acknowledged survives the death of the program and of the machine.
 */
import { Worker } from 'node:worker_threads';
import type { Store } from '#ports/store.ts';
import { createStore } from '../sql/store.ts';
import { StoreThread } from './store-thread.ts';

/**
 * Opens or creates (readable by its owner only) the database in an existing folder, and brings it to the newest schema.
 * @throws AnimaticError `data_folder_in_use` when another store has the file open, `bad_setting` when it cannot be created,
 *   is something else, or was written by a newer version.
 */
export async function openSqliteStore(options: { readonly filePath: string }): Promise<Store> {
  const worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url), {
    workerData: { filePath: options.filePath },
    name: 'sqlite-store',
    // Options of the program, such as those of --eval, are not for the thread.
    execArgv: [],
  });
  const thread = new StoreThread(worker);
  await thread.opened;
  return createStore(thread.call, () => thread.close());
}
