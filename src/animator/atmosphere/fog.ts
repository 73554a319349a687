/**
 * Fog: thickens with distance, in banks that drift past each other and breathe. Its colour is that of the picture's
 * own far air, so night has dark fog and dusk a warm one.
 */
import type { Veil } from '../raster/veil.ts';
import { cosineOfTurns } from '../sound/elementary-functions.ts';
import { within } from '../sound/random-stream.ts';
import { designScale, type EffectSetting, type Moment } from './effect.ts';
import { remoteness } from './strata.ts';
import { TileableNoise } from './tileable-noise.ts';

/** Opacity at infinity, at strength 1. */
const THICKNESS = 0.8;
/** Share of it before the nearest things. */
const NEARBY = 0.18;
/** Banks are long and low; pixels at 720 lines. */
const BANK_WIDTH_PX = 300;
const BANK_HEIGHT_PX = 110;
const DRIFT_PX_PER_SECOND = 20;
const BREATH_SECONDS = 9;
const BREATH = 0.08;
/** Levels of luma between the thin of a bank and the thick of it. */
const SHADING = 28;

export class Fog {
  readonly #setting: EffectSetting;
  readonly #banks: TileableNoise;
  readonly #wisps: TileableNoise;
  readonly #remoteness: (w: number) => number;
  readonly #thickness: number;

  constructor(setting: EffectSetting) {
    this.#setting = setting;
    this.#banks = new TileableNoise(within(setting.streams, 'fog')('banks'));
    this.#wisps = new TileableNoise(within(setting.streams, 'fog')('wisps'));
    this.#remoteness = remoteness(setting.scene);
    this.#thickness = Math.min(0.95, THICKNESS * Math.sqrt(setting.strength));
  }

  veil({ outlook, seconds, slowLevel }: Moment, veil: Veil): void {
    const { size, wind, air } = this.#setting;
    const px = designScale(size);
    const drift = (Math.sign(wind || 1) * DRIFT_PX_PER_SECOND + 40 * wind) * seconds;
    const breath = 1 - BREATH * (1 - cosineOfTurns(seconds / BREATH_SECONDS));
    const thickness = slowLevel * breath * this.#thickness;
    for (let node = 0; node < outlook.depth.length; node += 1) {
      const distance = this.#remoteness(outlook.depth[node]!);
      const x = (outlook.sourceX[node]! * size.width) / px;
      const y = (outlook.sourceY[node]! * size.height) / px;
      const bank = this.#banks.at((x - drift) / BANK_WIDTH_PX, y / BANK_HEIGHT_PX + 0.03 * seconds);
      const wisp = this.#wisps.at((x - 1.7 * drift) / (0.4 * BANK_WIDTH_PX), y / (0.4 * BANK_HEIGHT_PX));
      const patch = 0.66 + 0.4 * bank + 0.28 * wisp;
      const opacity = Math.min(0.97, thickness * (NEARBY + (1 - NEARBY) * distance) * patch);
      veil.cover(node, opacity, air.farLuma + SHADING * (bank - 0.5), air.farBlue, air.farRed);
    }
  }
}
