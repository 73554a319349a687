import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { describeStore, type StoreUnderTest } from './store-conformance.ts';

async function openInNewFolder(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'animatic-store-'));
  const open = () => openSqliteStore({ filePath: join(folder, 'animatic.db') });
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    dispose: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeStore('SQLite', openInNewFolder);
