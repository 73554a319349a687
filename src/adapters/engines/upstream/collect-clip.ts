/**
 * Brings a finished clip onto this machine. The file's host is a stranger: it gets no key, must not lie within this machine's
 * network, cannot fill the disk, and what it sends has to be a film.
 */
import { rm } from 'node:fs/promises';
import { AnimaticError } from '#domain/errors.ts';
import type { AssetStore } from '#ports/asset-store.ts';
import type { Fetcher } from '#ports/fetcher.ts';
import type { ClipFacts, ClipProber } from '../../media/clip-prober.ts';

export interface ClipCollector {
  readonly fetcher: Fetcher;
  readonly prober: ClipProber;
  readonly scratch: Pick<AssetStore, 'createScratchPath'>;
  readonly maxBytes: number;
}

export interface CollectedClip {
  readonly filePath: string;
  readonly byteLength: number;
  readonly facts: ClipFacts;
}

/** A clip that trying again would bring the same of. */
export class UnusableClip extends Error {
  override readonly name = 'UnusableClip';
}

/** @throws UnusableClip for good; AnimaticError `media_access_failed` when it may work later. Nothing is left behind. */
export async function collectClip(
  { fetcher, prober, scratch, maxBytes }: ClipCollector,
  url: string,
  signal: AbortSignal,
): Promise<CollectedClip> {
  const filePath = await scratch.createScratchPath('mp4');
  try {
    const { byteLength } = await fetcher.fetch(url, filePath, { maxBytes, signal });
    return { filePath, byteLength, facts: await prober.probe(filePath) };
  } catch (error) {
    await rm(filePath, { force: true });
    throw verdictOn(error, maxBytes);
  }
}

function verdictOn(error: unknown, maxBytes: number): unknown {
  if (!(error instanceof AnimaticError)) return error;
  switch (error.code) {
    case 'media_too_large':
      return new UnusableClip(`the clip is larger than ${Math.floor(maxBytes / 1e6)} MB`, { cause: error });
    case 'media_address_refused':
      return new UnusableClip(
        'the clip lies at an address that this server does not fetch from; its operator can open the range',
        { cause: error },
      );
    case 'media_unsupported':
    case 'media_unreadable':
      return new UnusableClip(`it cannot be used: ${error.message}`, { cause: error });
    default:
      return error;
  }
}
