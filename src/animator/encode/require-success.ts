import { FFmpegError } from 'node-av/lib';

/** Throws when an FFmpeg call returned a negative code; passes other codes through. */
export function requireSuccess(code: number, operation: string): number {
  if (code < 0) throw new Error(`${operation} failed: ${FFmpegError.strerror(code)} (code ${code}).`);
  return code;
}
