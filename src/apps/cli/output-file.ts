/**
 * The file that a clip is saved to. It is opened before anything is charged, filled under another name and renamed, so that its own
 * name never holds half a clip and keeps what was there until the new clip is whole.
 */
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AnimaticError } from '#domain/errors.ts';

export interface OutputFile {
  readonly path: string;
  /** @throws Error of the file system. */
  save(bytes: Uint8Array): Promise<void>;
  /** Removes what was begun. Idempotent, and without effect on a saved file. */
  discard(): Promise<void>;
}

/** Makes the folder where needed. @throws AnimaticError `invalid_parameter` when the clip could not be saved there. */
export async function openOutputFile(path: string): Promise<OutputFile> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) throw new Error('it is a folder');
    // Pipes and devices are written to as they are.
    if (found?.isFile() === false)
      return { path, save: (bytes) => writeFile(path, bytes), discard: async () => {} };
    return await openAside(path, found === undefined ? path : await realpath(path));
  } catch (cause) {
    throw new AnimaticError(
      'invalid_parameter',
      `The clip cannot be saved to ${path} (${(cause as Error).message}); choose another --output.`,
      { cause },
    );
  }
}

async function openAside(path: string, target: string): Promise<OutputFile> {
  const partPath = `${target}.${process.pid}.part`;
  await writeFile(partPath, '');
  return {
    path,
    save: async (bytes) => {
      await writeFile(partPath, bytes);
      await rename(partPath, target);
    },
    discard: () => rm(partPath, { force: true }),
  };
}
