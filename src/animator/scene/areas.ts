/** Where something in a picture may move by itself. Masks lie on the grid of the scene's depth. */
import type { Grid } from './scene.ts';

export const AREAS = ['clouds', 'water', 'falls', 'smoke', 'fire', 'foliage', 'subject'] as const;
export type AreaName = (typeof AREAS)[number];

export interface Area {
  /** Soft mask 0..1. */
  readonly mask: Grid;
  /**
   * 0..1: how much the picture alone speaks for it. Above a half it may be taken for granted; a prompt that names it makes
   * up for much less.
   */
  readonly confidence: number;
}

/** Absent, or undefined, for what was not found. */
export type Areas = Readonly<Partial<Record<AreaName, Area | undefined>>>;

/** Areas that `find` looks for when they are first asked for: most pictures are asked for few. */
export function areasFoundBy(find: (name: AreaName) => Area | undefined): Areas {
  const areas = {};
  for (const name of AREAS) {
    let found: { readonly area: Area | undefined } | undefined;
    const get = () => {
      found ??= { area: find(name) };
      return found.area;
    };
    Object.defineProperty(areas, name, { enumerable: true, get });
  }
  return areas;
}
