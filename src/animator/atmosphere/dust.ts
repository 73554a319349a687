/**
 * Dust in the light: motes that hang, drift and turn, so that each of them gleams now and then, most where the
 * picture is lit.
 */
import type { I420Frame } from '../raster/picture.ts';
import { sineOfTurns } from '../sound/elementary-functions.ts';
import type { RandomStream } from '../sound/random-stream.ts';
import { type Contrast, contrastTint } from './contrast-tint.ts';
import { designScale, type EffectSetting, type Moment } from './effect.ts';
import type { LayerView } from './layer-view.ts';
import { ParticleLayers, type Stratum } from './particle-layers.ts';
import type { Point } from './projection.ts';
import { sampleGrid } from './sample-grid.ts';
import { drawSprite, fitToSamples, type Tint } from './sprite.ts';

interface DustStratum extends Stratum {
  readonly radiusPx: number;
  readonly pxPerSecond: number;
  readonly opacity: number;
}

/** Near motes are out of focus. */
const STRATA: readonly DustStratum[] = [
  { at: 'far', count: 260, radiusPx: 2.2, pxPerSecond: 5, opacity: 0.85 },
  { at: 'middle', count: 170, radiusPx: 3.4, pxPerSecond: 9, opacity: 0.9 },
  { at: 'near', count: 44, radiusPx: 9, pxPerSecond: 18, opacity: 0.4 },
];

const WANDER_PX = 16;
const WANDER_HERTZ = 0.1;
const GLEAM_HERTZ = 0.35;

interface Mote {
  /** 0..1 of the tile. */
  readonly x: number;
  readonly y: number;
  /** Way, size and rhythm, in parts of the stratum's own. */
  readonly driftX: number;
  readonly driftY: number;
  readonly size: number;
  readonly rhythm: number;
  readonly phase: number;
}

export class Dust {
  readonly #setting: EffectSetting;
  readonly #motes: ParticleLayers<DustStratum, Mote>;
  readonly #tint: Tint;

  constructor(setting: EffectSetting) {
    this.#setting = setting;
    this.#motes = new ParticleLayers(setting, 'dust', STRATA, makeMote);
    this.#tint = contrastTint(CONTRAST, setting.air);
  }

  paint(moment: Moment, { y: luma }: I420Frame): void {
    const px = designScale(this.#setting.size);
    this.#motes.visit(moment, (mote, stratum, view) => {
      const point = this.#pointOf(mote, stratum, view, moment.seconds);
      const radius = stratum.radiusPx * px * mote.size * view.scale;
      if (!view.isInFrame(point, radius)) return;
      const gleam = 0.5 + 0.5 * sineOfTurns(GLEAM_HERTZ * mote.rhythm * moment.seconds + 3 * mote.phase);
      const light = this.#lightAt(point) * (0.3 + 0.7 * gleam * gleam);
      const opacity = moment.swiftLevel * stratum.opacity * light * view.visibilityAt(point);
      if (opacity <= 0) return;
      const girth = fitToSamples(radius, opacity);
      drawSprite(luma, this.#tint, { ...point, ...girth, alongX: 0, alongY: 1, core: 0, cap: girth.radius });
    });
  }

  #pointOf(mote: Mote, stratum: DustStratum, view: LayerView, seconds: number): Point {
    const px = designScale(this.#setting.size);
    const way = stratum.pxPerSecond * px * seconds;
    const turns = WANDER_HERTZ * mote.rhythm * seconds + mote.phase;
    const wander = WANDER_PX * px;
    return view.placeParticle(
      mote.x * view.tileWidth + way * (mote.driftX + 2 * this.#setting.wind) + wander * sineOfTurns(turns),
      mote.y * view.tileHeight + way * mote.driftY + 0.7 * wander * sineOfTurns(1.3 * turns),
    );
  }

  /** 0.5..1 by the brightness of the picture behind. */
  #lightAt({ x, y }: Point): number {
    const { size, air } = this.#setting;
    const lit = sampleGrid(air.luma, x / size.width, y / size.height) / Math.max(60, air.ambientLuma);
    return Math.min(1, 0.5 + 0.5 * lit);
  }
}

const makeMote = (random: RandomStream): Mote => ({
  x: random.unit(),
  y: random.unit(),
  driftX: random.between(-1, 1),
  driftY: random.between(-0.9, 0.5),
  size: random.between(0.6, 1.5),
  rhythm: random.between(0.5, 1.6),
  phase: random.unit(),
});

/** Light on top of the picture; before what is bright already, a mote is a speck of shade. */
const CONTRAST: Contrast = { light: 228, shade: 22, most: 110 };
