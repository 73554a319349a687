/** A fetched clip's file, from its arrival until somebody takes it. */
import { copyFile, rename, rm, stat } from 'node:fs/promises';

export class WaitingClip {
  #filePath: string | undefined;

  put(filePath: string): void {
    this.#filePath = filePath;
  }

  /** The file, which is then the caller's; undefined when it has been taken before. */
  take(): string | undefined {
    const filePath = this.#filePath;
    this.#filePath = undefined;
    return filePath;
  }

  /** Removes what nobody has taken. */
  async discard(): Promise<void> {
    const filePath = this.take();
    if (filePath !== undefined) await rm(filePath, { force: true });
  }
}

/** Whether a file of this length has been brought there already. */
export async function isThere(filePath: string, byteLength: number): Promise<boolean> {
  const found = await stat(filePath).catch(() => undefined);
  return found?.size === byteLength;
}

/** At once within a file system, by a copy across two. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}
