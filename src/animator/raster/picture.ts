import type { FrameSize } from '#domain/media/frame-size.ts';

/** A decoded still at exactly the output size: sRGB, 4 bytes a pixel (R, G, B, 255), rows without padding. */
export interface RgbaImage extends FrameSize {
  readonly data: Uint8Array;
}

/** One plane of 8-bit samples; `stride` is the distance between rows in samples. */
export interface Plane {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}

/** A frame for the encoder: BT.709 limited range, chroma at half width and height (sides are even). */
export interface I420Frame extends FrameSize {
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}
