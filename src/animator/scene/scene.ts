import type { Areas } from './areas.ts';

/** One value per cell, row by row; cells cover the fitted picture evenly. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** What is known of a picture before any camera moves: the result of `analyseScene`. */
export interface Scene {
  /** Inverse depth, 1 nearest, 0 at infinity; long side 320 cells. Not yet limited for a camera move. */
  readonly depth: Grid;
  /** Soft mask of the sky, 0..1, same grid. */
  readonly sky: Grid;
  /** How far each reading of the picture is trusted, 0..1. */
  readonly confidence: {
    /** The lower part is ground that recedes to a horizon. */
    readonly ground: number;
    /** A subject stands out before its background. */
    readonly subject: number;
    /** The picture is itself flat (document, product on white, map): depth would bend it. */
    readonly flat: number;
  };
  /** Row of the horizon as a share of the height, 0 at the top. */
  readonly horizon: number;
  /** Median inverse depth of the subject: the pivot of an orbit. */
  readonly subjectDepth: number;
  /** Centre of what draws the eye, as shares of width and height. */
  readonly focus: { readonly x: number; readonly y: number };
  /** What may move by itself, and where. */
  readonly areas: Areas;
}
