/** Everything in a picture that may move by itself. */
import { type Area, type AreaName, type Areas, areasFoundBy } from './areas.ts';
import { findClouds } from './cloud-area.ts';
import { findFire } from './fire-area.ts';
import type { FocusSubject } from './focus-subject.ts';
import { findFoliage } from './foliage-area.ts';
import type { OpenSky } from './open-sky.ts';
import { findPaleAreas } from './pale-areas.ts';
import { ramp } from './ramp.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import { findWater } from './water-area.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** From here on a soft background is taken for a sky, and a reflection for water, when something else may be there. */
const LIKELY = 0.5;
/** A subject this sure stands before a wall as often as before a sky. */
const SUBJECT_UNSURE = 0.35;
const SUBJECT_SURE = 0.7;

export interface AreaSearch {
  /** Found when first asked for. */
  openSky(): OpenSky;
  readonly regions: Regions;
  readonly subject: FocusSubject;
  /** 0..1: how sure it is that there is a sky over a ground. */
  readonly ground: number;
  /** Share of the height. */
  readonly horizon: number;
}

export function findAreas(work: WorkGrid, search: AreaSearch): Areas {
  const { regions, subject, ground, horizon, openSky: sky } = search;
  const outdoors = ground * ramp(subject.confidence, SUBJECT_SURE, SUBJECT_UNSURE);
  const water = once(() => findWater(work, { regions, sky: sky().wide, outdoors, horizon }));
  const surelySky = once(() => (ground >= LIKELY ? sky().wide : emptyGrid(work)));
  const taken = once(() => {
    const found = water();
    return found !== undefined && found.confidence >= LIKELY ? union(surelySky(), found.mask) : surelySky();
  });
  const pale = once(() => findPaleAreas(work, taken()));
  const finders: Readonly<Record<AreaName, () => Area | undefined>> = {
    clouds: () => findClouds(work, sky().sure, outdoors),
    water,
    falls: () => pale().falls,
    smoke: () => pale().smoke,
    fire: () => findFire(work, surelySky()),
    foliage: () => findFoliage(work, taken()),
    subject: () =>
      subject.confidence > 0 ? { mask: subject.matte, confidence: subject.confidence } : undefined,
  };
  return areasFoundBy((name) => finders[name]());
}

/** The value of `find`, found at the first call. */
export function once<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

function union(a: Grid, b: Grid): Grid {
  return { ...a, data: a.data.map((value, cell) => Math.max(value, b.data[cell]!)) };
}
