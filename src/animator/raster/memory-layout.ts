/**
 * One block of memory holds everything the kernels touch. Its size is fixed for a clip's life, so ranges are reserved
 * first and the memory is made when their sum is known.
 */

/** Cache lines are 64 bytes; every range starts on one. */
const ALIGNMENT = 64;

export class MemoryLayout {
  #byteLength = 0;

  /** The address of a new range, in bytes from the start of the memory. */
  reserve(byteLength: number): number {
    const address = this.#byteLength;
    this.#byteLength += Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  get byteLength(): number {
    return this.#byteLength;
  }
}

/** A plane in the kernels' memory, with `border` samples around it that repeat its edge, so that no tap reads elsewhere. */
export interface PaddedPlane {
  /** Address of sample (0, 0). */
  readonly address: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly border: number;
}

export function reservePlane(
  layout: MemoryLayout,
  width: number,
  height: number,
  border: number,
): PaddedPlane {
  const stride = width + 2 * border;
  const start = layout.reserve(stride * (height + 2 * border));
  return { address: start + border * stride + border, stride, width, height, border };
}

/** Repeats the plane's outermost samples into its border. */
export function extendEdges(bytes: Uint8Array, plane: PaddedPlane): void {
  const { address, stride, width, height, border } = plane;
  for (let y = 0; y < height; y += 1) {
    const row = address + y * stride;
    bytes.fill(bytes[row]!, row - border, row);
    bytes.fill(bytes[row + width - 1]!, row + width, row + width + border);
  }
  const first = address - border;
  const last = first + (height - 1) * stride;
  for (let y = 1; y <= border; y += 1) {
    bytes.copyWithin(first - y * stride, first, first + stride);
    bytes.copyWithin(last + y * stride, last, last + stride);
  }
}
