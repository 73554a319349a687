/**
 * The light under a storm: a bright sky darkens to grey, and what is below it a little. A picture that is dark already stays as it is. Against such
 * a sky lightning is seen.
 */
import type { Veil } from '../raster/veil.ts';
import type { Grid } from '../scene/scene.ts';
import type { EffectSetting, Moment } from './effect.ts';
import { sampleGrid } from './sample-grid.ts';
import { shareSkyLight } from './sky-light.ts';

/** Colour of the clouds, as in a frame. */
const CLOUD = { luma: 58, blue: 132, red: 126 };
const OPACITY = 0.58;
/** Far air as bright as the first needs no darkening, as bright as the second all of it. */
const DARK = 70;
const BRIGHT = 165;

export class Gloom {
  readonly #shares: Grid;
  readonly #opacity: number;

  constructor({ scene, air, strength }: EffectSetting) {
    this.#shares = shareSkyLight(scene);
    const need = Math.max(0, Math.min(1, (air.farLuma - DARK) / (BRIGHT - DARK)));
    this.#opacity = Math.min(0.8, OPACITY * strength * need);
  }

  veil({ outlook, slowLevel }: Moment, veil: Veil): void {
    for (let node = 0; node < outlook.depth.length; node += 1) {
      const share = sampleGrid(this.#shares, outlook.sourceX[node]!, outlook.sourceY[node]!);
      veil.cover(node, this.#opacity * slowLevel * share, CLOUD.luma, CLOUD.blue, CLOUD.red);
    }
  }
}
