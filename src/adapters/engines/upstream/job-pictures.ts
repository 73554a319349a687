/** A job's pictures on their way to a service: looked at against its limits first, so that a faulty one is named and costs nothing. */
import { readFile } from 'node:fs/promises';
import { AnimaticError } from '#domain/errors.ts';
import type { StillFormat, StillInfo } from '#domain/media/still-info.ts';
import type { EngineJob } from '#ports/engine.ts';
import type { StillInspector } from '#ports/still-inspector.ts';

export interface PictureLimits {
  readonly formats: readonly StillFormat[];
  readonly maxBytes: number;
  /** Of all together. */
  readonly maxTotalBytes: number;
  /** Pixels. */
  readonly shortestSide: number;
  readonly longestSide: number;
  /** Width over height. */
  readonly narrowest: number;
  readonly widest: number;
}

export interface JobPicture {
  readonly filePath: string;
  /** `image/png`. */
  readonly contentType: string;
  /** Without a dot. */
  readonly extension: string;
}

export interface JobPictures {
  readonly images: readonly JobPicture[];
  readonly last: JobPicture | undefined;
}

type Role = 'images' | 'lastImage';

/** @throws AnimaticError `unsupported_by_engine`, its details naming `role` and `index`. */
export async function checkPictures(
  engine: string,
  job: EngineJob,
  limits: PictureLimits,
  stills: StillInspector,
): Promise<JobPictures> {
  let totalBytes = 0;
  const look = async (filePath: string, role: Role, index: number): Promise<JobPicture> => {
    const info = await stills.inspect(filePath);
    totalBytes += info.byteLength;
    const fault = faultOf(info, totalBytes, limits);
    if (fault !== undefined) {
      throw new AnimaticError('unsupported_by_engine', `The engine "${engine}" ${fault}.`, {
        details: { role, index },
      });
    }
    return { filePath, contentType: `image/${info.format}`, extension: info.format };
  };
  const images: JobPicture[] = [];
  for (const [index, filePath] of job.imagePaths.entries())
    images.push(await look(filePath, 'images', index));
  const { lastImagePath } = job;
  return {
    images,
    last: lastImagePath === undefined ? undefined : await look(lastImagePath, 'lastImage', 0),
  };
}

function faultOf(info: StillInfo, totalBytes: number, limits: PictureLimits): string | undefined {
  const { width, height, byteLength, format } = info;
  const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;
  if (!limits.formats.includes(format))
    return `takes no pictures of the format ${format}; send ${limits.formats.join(', ')}`;
  if (byteLength > limits.maxBytes)
    return `takes pictures of up to ${megabytes(limits.maxBytes)}; send a smaller file`;
  if (totalBytes > limits.maxTotalBytes)
    return `takes ${megabytes(limits.maxTotalBytes)} of pictures in all; send smaller files`;
  if (Math.min(width, height) < limits.shortestSide || Math.max(width, height) > limits.longestSide) {
    return `takes pictures with sides of ${limits.shortestSide} to ${limits.longestSide} pixels, not ${width}x${height}`;
  }
  const ratio = width / height;
  if (ratio < limits.narrowest || ratio > limits.widest) {
    return `takes pictures that are ${limits.narrowest} to ${limits.widest} times as wide as high, not ${width}x${height}`;
  }
  return undefined;
}

/** RFC 2397. */
export async function toDataUri({ filePath, contentType }: JobPicture): Promise<string> {
  return `data:${contentType};base64,${(await readFile(filePath)).toString('base64')}`;
}
