/**
 * Assets in a folder: `<root>/<first two of id>/<id>/<fileName>`, files being made in `<root>/scratch`.
 *
 * An asset appears whole or not at all: its folder is filled aside, synced to disk and renamed into place, which fails when
 * the id is taken. When a promise has resolved, file and folder entries survive a power cut. Folders are made 0700 and files
 * 0600. One program at a time may open a root, because opening empties the scratch folder.
 */
import { chmod, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Asset, AssetStore, LocalAsset } from '#ports/asset-store.ts';
import type { IdSource } from '#ports/id-source.ts';
import { contentTypeOf } from './content-types.ts';

const SCRATCH = 'scratch';
/** Lower case only, because some file systems do not tell cases apart; no dots or slashes, so that no id leads elsewhere. */
const ID = /^[a-z0-9_-]{4,64}$/;
const FILE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,126}$/;
const EXTENSION = /^[a-z0-9]{1,8}$/;
const RANDOM_NAME_BYTES = 16;

const errorCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

async function syncFile(filePath: string): Promise<void> {
  const file = await open(filePath, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder's entries durable. Windows opens no folders and keeps its entries in a journal instead. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** False for one that has gone meanwhile. */
async function wasWrittenBefore(filePath: string, at: Instant): Promise<boolean> {
  try {
    return (await stat(filePath)).mtimeMs < at;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

export class FilesystemAssetStore implements AssetStore {
  readonly #root: string;
  readonly #ids: IdSource;

  private constructor(root: string, ids: IdSource) {
    this.#root = root;
    this.#ids = ids;
  }

  /** Creates the folder where needed and empties its scratch folder. */
  static async open(root: string, ids: IdSource): Promise<FilesystemAssetStore> {
    const absolute = path.resolve(root);
    await rm(path.join(absolute, SCRATCH), { recursive: true, force: true });
    await mkdir(path.join(absolute, SCRATCH), { recursive: true, mode: 0o700 });
    return new FilesystemAssetStore(absolute, ids);
  }

  async createScratchPath(extension: string): Promise<string> {
    if (!EXTENSION.test(extension)) throw new RangeError(`"${extension}" is not a file extension.`);
    return `${this.#newScratchName()}.${extension}`;
  }

  async discardScratch(scratchPath: string): Promise<void> {
    this.#requireScratch(scratchPath);
    await rm(scratchPath, { force: true });
  }

  async discardScratchBefore(at: Instant): Promise<number> {
    const folder = path.join(this.#root, SCRATCH);
    let count = 0;
    for (const name of await readdir(folder)) {
      const filePath = path.join(folder, name);
      if (!(await wasWrittenBefore(filePath, at))) continue;
      await rm(filePath, { recursive: true, force: true });
      count += 1;
    }
    return count;
  }

  async adopt(id: AssetId, scratchPath: string, fileName: string): Promise<Asset> {
    this.#requireScratch(scratchPath);
    return this.#place(id, fileName, (target) => rename(scratchPath, target));
  }

  async write(id: AssetId, bytes: Uint8Array, fileName: string): Promise<Asset> {
    return this.#place(id, fileName, (target) => writeFile(target, bytes, { flag: 'wx', mode: 0o600 }));
  }

  async find(id: AssetId): Promise<LocalAsset | undefined> {
    if (!ID.test(id)) return undefined;
    try {
      const [fileName] = await readdir(this.#folderOf(id));
      if (fileName === undefined) return undefined;
      const filePath = path.join(this.#folderOf(id), fileName);
      const { size } = await stat(filePath);
      return { id, fileName, contentType: contentTypeOf(fileName), byteLength: size, filePath };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async delete(id: AssetId): Promise<void> {
    if (ID.test(id)) await rm(this.#folderOf(id), { recursive: true, force: true });
  }

  #requireScratch(filePath: string): void {
    if (path.dirname(path.resolve(filePath)) === path.join(this.#root, SCRATCH)) return;
    throw new RangeError(`${filePath} is not a scratch file of this store.`);
  }

  #folderOf(id: AssetId): string {
    return path.join(this.#root, id.slice(0, 2), id);
  }

  #newScratchName(): string {
    return path.join(this.#root, SCRATCH, this.#ids.hex(RANDOM_NAME_BYTES));
  }

  /** Fills a new folder by `fill`, makes it durable and renames it to where `id` belongs. */
  async #place(id: AssetId, fileName: string, fill: (target: string) => Promise<void>): Promise<Asset> {
    if (!ID.test(id)) throw new RangeError(`"${id}" is not an asset id.`);
    if (!FILE_NAME.test(fileName)) throw new RangeError(`"${fileName}" is not a safe file name.`);
    if ((await this.find(id)) !== undefined) throw new Error(`Asset ${id} exists already.`);
    const staged = this.#newScratchName();
    const target = path.join(staged, fileName);
    try {
      await mkdir(staged, { mode: 0o700 });
      await fill(target);
      await chmod(target, 0o600);
      await syncFile(target);
      await syncFolder(staged);
      const { size } = await stat(target);
      await this.#moveIntoPlace(staged, id);
      return { id, fileName, contentType: contentTypeOf(fileName), byteLength: size };
    } catch (error) {
      await rm(staged, { recursive: true, force: true });
      throw error;
    }
  }

  async #moveIntoPlace(staged: string, id: AssetId): Promise<void> {
    const folder = this.#folderOf(id);
    const shard = path.dirname(folder);
    const created = await mkdir(shard, { recursive: true, mode: 0o700 });
    try {
      await rename(staged, folder);
    } catch (error) {
      // What a folder that is in use answers differs by platform; POSIX replaces an empty one.
      if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errorCode(error) ?? '')) {
        throw new Error(`Asset ${id} exists already.`, { cause: error });
      }
      throw error;
    }
    await syncFolder(shard);
    if (created !== undefined) await syncFolder(this.#root);
  }
}
