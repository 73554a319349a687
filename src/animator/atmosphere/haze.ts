/**
 * What falls thickens the air: the farther a point, the more of it goes under in drops or flakes too small to see one
 * by one.
 */
import type { Veil } from '../raster/veil.ts';
import type { EffectSetting, Moment } from './effect.ts';
import { remoteness } from './strata.ts';

/** Share of the haze that lies before the nearest things. */
const NEARBY = 0.2;
const MOST = 0.5;

export class Haze {
  readonly #setting: EffectSetting;
  readonly #remoteness: (w: number) => number;
  readonly #thickness: number;

  /** @param thickness Opacity at infinity at strength 1. */
  constructor(setting: EffectSetting, thickness: number) {
    this.#setting = setting;
    this.#remoteness = remoteness(setting.scene);
    this.#thickness = Math.min(MOST, thickness * setting.strength);
  }

  veil({ outlook, slowLevel }: Moment, veil: Veil): void {
    const { air } = this.#setting;
    for (let node = 0; node < outlook.depth.length; node += 1) {
      const share = NEARBY + (1 - NEARBY) * this.#remoteness(outlook.depth[node]!);
      veil.cover(node, slowLevel * this.#thickness * share, air.farLuma, air.farBlue, air.farRed);
    }
  }
}
