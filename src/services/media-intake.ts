/**
 * Takes in the files that a request names, as far as that can be done before the answer: inline files are stored and
 * checked, uploaded ones looked up and checked; public URLs are only parsed, and fetched when the task runs.
 */
import { AnimaticError, type InputPath } from '#domain/errors.ts';
import { decideReading } from '#domain/file/file-rule.ts';
import { type AccountId, type AssetId, assetId } from '#domain/ids.ts';
import { MAX_STILL_BYTES } from '#domain/media/still-info.ts';
import type { MediaReference } from '#domain/task/generation-request.ts';
import type { Ports } from '#ports/ports.ts';
import { atPath } from './error-path.ts';

export type IntakePorts = Pick<Ports, 'assets' | 'clock' | 'fileRules' | 'ids' | 'stills'>;

/** How files that are kept here are named, and in whose name they are read. */
export interface KnownFiles {
  /** Origins under which this server's files are known. */
  readonly ownOrigins: readonly string[];
  readonly reader: AccountId;
}

export interface TakenFile {
  readonly reference: MediaReference;
  /** Set when the file was stored just now: to be deleted if the request is refused after all. */
  readonly storedAs?: AssetId;
  /** The URL path under which a stored file is served. */
  readonly urlPath?: string;
}

/**
 * @param text A `data:` URI, an http(s) URL, or the URL of a file kept here.
 * @throws AnimaticError `invalid_parameter` or a `media_` code, with `path`.
 */
export function takeInImage(
  ports: IntakePorts,
  text: string,
  path: InputPath,
  { ownOrigins, reader }: KnownFiles,
): Promise<TakenFile> {
  return atPath(path, async () => {
    if (text.startsWith('data:')) return storeInline(ports, text);
    const url = parseUrl(text);
    const own = ownAssetId(url, ownOrigins);
    if (own === undefined) return { reference: { kind: 'url', url: url.href } };
    const asset = await ports.assets.find(own);
    const rule = await ports.fileRules.find(own);
    const isReadable = rule === undefined || decideReading(rule, reader, ports.clock.now()) === 'allow';
    if (asset === undefined || !isReadable) {
      throw new AnimaticError(
        'media_access_failed',
        'This server has no such file (any more); upload it again.',
      );
    }
    await ports.stills.inspect(asset.filePath);
    return { reference: { kind: 'asset', assetId: own } };
  });
}

async function storeInline(ports: IntakePorts, uri: string): Promise<TakenFile> {
  const { extension, bytes } = parseDataUri(uri);
  const id = assetId(ports.ids.hex(16));
  const asset = await ports.assets.write(id, bytes, `input.${extension}`);
  try {
    const stored = await ports.assets.find(id);
    await ports.stills.inspect(stored!.filePath);
  } catch (error) {
    await ports.assets.delete(id);
    throw error;
  }
  return {
    reference: { kind: 'asset', assetId: id, isInline: true },
    storedAs: id,
    urlPath: `/files/${id}/${asset.fileName}`,
  };
}

/** RFC 2397 with base64; other encodings of a picture are not in use. */
function parseDataUri(uri: string): { readonly extension: string; readonly bytes: Uint8Array } {
  const comma = uri.indexOf(',');
  const header = uri.slice('data:'.length, Math.max(0, comma));
  if (comma < 0 || !/;\s*base64$/i.test(header)) {
    throw new AnimaticError(
      'invalid_parameter',
      'A data: URI must carry base64, as in "data:image/png;base64,...".',
    );
  }
  // Only names the file, and only types that are safe to serve; what the picture is, its bytes decide.
  const subtype = /^image\/(jpe?g|png|webp|gif|avif)\b/i.exec(header)?.[1]?.toLowerCase() ?? 'bin';
  const payloadLength = uri.length - comma - 1;
  if (payloadLength * 0.75 > MAX_STILL_BYTES + 2) throw tooLarge();
  const payload = uri.slice(comma + 1);
  // Buffer skips what is not base64, so damage has to be looked for first.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(payload)) {
    throw new AnimaticError(
      'media_unreadable',
      'The base64 of the data: URI is damaged; encode the file again.',
    );
  }
  return { extension: subtype === 'jpeg' ? 'jpg' : subtype, bytes: Buffer.from(payload, 'base64') };
}

const tooLarge = () =>
  new AnimaticError(
    'media_too_large',
    `A picture may be at most ${MAX_STILL_BYTES / 1e6} MB; send a smaller file.`,
  );

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AnimaticError(
      'invalid_parameter',
      'A picture is given as an http(s) URL, a data: URI or the URL of an uploaded file.',
    );
  }
  return url;
}

function ownAssetId(url: URL, ownOrigins: readonly string[]): AssetId | undefined {
  if (!ownOrigins.includes(url.origin)) return undefined;
  const id = /^\/files\/([0-9a-f]{32})\//.exec(url.pathname)?.[1];
  return id === undefined ? undefined : assetId(id);
}
