import type { I420Frame } from '#animator/raster/picture.ts';

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** BT.709 limited range to packed RGB; chroma by nearest neighbour, which is good enough for a small picture. */
export function toRgb({ y, u, v, width, height }: I420Frame): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const luma = (255 / 219) * (y.data[row * y.stride + column]! - 16);
      const chroma = (row >> 1) * u.stride + (column >> 1);
      const blue = (255 / 224) * (u.data[chroma]! - 128);
      const red = (255 / 224) * (v.data[chroma]! - 128);
      const at = 3 * (row * width + column);
      rgb[at] = clamp(luma + 1.5748 * red);
      rgb[at + 1] = clamp(luma - 0.1873 * blue - 0.4681 * red);
      rgb[at + 2] = clamp(luma + 1.8556 * blue);
    }
  }
  return rgb;
}
