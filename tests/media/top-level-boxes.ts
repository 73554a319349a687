import { closeSync, openSync, readSync } from 'node:fs';

/** The four-character types of an MP4's top-level boxes in file order (ISO/IEC 14496-12, 4.2). */
export function topLevelBoxes(path: string): string[] {
  const file = openSync(path, 'r');
  try {
    const boxes: string[] = [];
    const header = Buffer.alloc(16);
    for (let position = 0; readSync(file, header, 0, 16, position) >= 8; ) {
      boxes.push(header.toString('latin1', 4, 8));
      const size = header.readUInt32BE(0);
      if (size === 0) break;
      position += size === 1 ? Number(header.readBigUInt64BE(8)) : size;
    }
    return boxes;
  } finally {
    closeSync(file);
  }
}
