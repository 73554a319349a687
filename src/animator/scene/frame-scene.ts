/** What is known of a picture, carried over to a part of it: a closer shot knows the depths that the whole picture told. */
import type { Part } from '../raster/crop-picture.ts';
import { type Areas, areasFoundBy } from './areas.ts';
import type { Grid, Scene } from './scene.ts';

/** Of the part's cells, below which an area is not worth moving. */
const LEAST_AREA = 0.01;

export function frameScene(scene: Scene, part: Part): Scene {
  const within = (value: number, start: number, length: number) =>
    Math.min(1, Math.max(0, (value - start) / length));
  return {
    ...scene,
    depth: cropGrid(scene.depth, part),
    sky: cropGrid(scene.sky, part),
    horizon: within(scene.horizon, part.top, part.height),
    focus: {
      x: within(scene.focus.x, part.left, part.width),
      y: within(scene.focus.y, part.top, part.height),
    },
    areas: cropAreas(scene.areas, part),
  };
}

/** As lazy as the whole picture's. */
function cropAreas(areas: Areas, part: Part): Areas {
  return areasFoundBy((name) => {
    const area = areas[name];
    const mask = area && cropGrid(area.mask, part);
    return mask === undefined || mean(mask) < LEAST_AREA ? undefined : { ...area!, mask };
  });
}

const mean = ({ data }: Grid): number => data.reduce((sum, value) => sum + value, 0) / data.length;

/** The part at the grid's own number of cells, bilinear. */
function cropGrid({ width, height, data }: Grid, part: Part): Grid {
  const result = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const fromY = Math.min(
      height - 1,
      Math.max(0, (part.top + (part.height * (y + 0.5)) / height) * height - 0.5),
    );
    const row = Math.min(height - 2, Math.floor(fromY));
    for (let x = 0; x < width; x++) {
      const fromX = Math.min(
        width - 1,
        Math.max(0, (part.left + (part.width * (x + 0.5)) / width) * width - 0.5),
      );
      const column = Math.min(width - 2, Math.floor(fromX));
      const at = row * width + column;
      const top = data[at]! + (data[at + 1]! - data[at]!) * (fromX - column);
      const bottom = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * (fromX - column);
      result[y * width + x] = top + (bottom - top) * (fromY - row);
    }
  }
  return { width, height, data: result };
}
