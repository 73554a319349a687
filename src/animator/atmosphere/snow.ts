/**
 * Snow: flakes that sway as they sink. Near ones are large and out of focus and pass quickly; wind draws all of them
 * out along their way while the shutter is open.
 */
import type { I420Frame } from '../raster/picture.ts';
import type { Veil } from '../raster/veil.ts';
import { cosineOfTurns, sineOfTurns } from '../sound/elementary-functions.ts';
import type { RandomStream } from '../sound/random-stream.ts';
import type { Air } from './air.ts';
import { contrastTint } from './contrast-tint.ts';
import { designScale, type EffectSetting, type Moment } from './effect.ts';
import { Haze } from './haze.ts';
import type { LayerView } from './layer-view.ts';
import { unitOfTurn } from './particle-hash.ts';
import { ParticleLayers, type Stratum } from './particle-layers.ts';
import { drawSprite, fitToSamples, halved, opaqueTint, type Sprite, type Tint } from './sprite.ts';

interface SnowStratum extends Stratum {
  readonly pxPerSecond: number;
  readonly windPxPerSecond: number;
  readonly radiusPx: number;
  readonly swayPx: number;
  readonly opacity: number;
}

const STRATA: readonly SnowStratum[] = [
  { at: 'far', count: 700, pxPerSecond: 48, windPxPerSecond: 170, radiusPx: 2.3, swayPx: 5, opacity: 0.8 },
  {
    at: 'middle',
    count: 280,
    pxPerSecond: 88,
    windPxPerSecond: 330,
    radiusPx: 4.2,
    swayPx: 11,
    opacity: 0.9,
  },
  { at: 'near', count: 60, pxPerSecond: 170, windPxPerSecond: 680, radiusPx: 10, swayPx: 24, opacity: 0.55 },
];

const SWAY_HERTZ = 0.4;
/** Half a frame at 24 frames a second. */
const SHUTTER_SECONDS = 1 / 48;
const HAZE = 0.22;
/** Smaller flakes leave the colour underneath as it is. */
const LEAST_COLOURED_PX = 1.8;

interface Flake {
  /** 0..1 of the tile. */
  readonly y: number;
  readonly key: number;
  /** In parts of the stratum's own. */
  readonly speed: number;
  readonly size: number;
  readonly opacity: number;
  readonly swayHertz: number;
  readonly phase: number;
}

export class Snow {
  readonly #setting: EffectSetting;
  readonly #flakes: ParticleLayers<SnowStratum, Flake>;
  readonly #haze: Haze;
  readonly #tint: Tint;
  readonly #grey = opaqueTint(128);

  constructor(setting: EffectSetting) {
    this.#setting = setting;
    this.#flakes = new ParticleLayers(setting, 'snow', STRATA, makeFlake);
    this.#haze = new Haze(setting, HAZE);
    this.#tint = flakeTint(setting.air);
  }

  veil(moment: Moment, veil: Veil): void {
    this.#haze.veil(moment, veil);
  }

  paint(moment: Moment, { y: luma, u, v }: I420Frame): void {
    this.#flakes.visit(moment, (flake, stratum, view) => {
      const sprite = this.#spriteOf(flake, stratum, view, moment);
      if (sprite === undefined) return;
      drawSprite(luma, this.#tint, sprite);
      if (sprite.radius < LEAST_COLOURED_PX) return;
      drawSprite(u, this.#grey, halved(sprite));
      drawSprite(v, this.#grey, halved(sprite));
    });
  }

  #spriteOf(flake: Flake, stratum: SnowStratum, view: LayerView, moment: Moment): Sprite | undefined {
    const { size, wind } = this.#setting;
    const px = designScale(size);
    const fall = stratum.pxPerSecond * px * flake.speed;
    const drift = stratum.windPxPerSecond * px * flake.speed * wind;
    const sway = stratum.swayPx * px * flake.size;
    const turns = flake.swayHertz * moment.seconds + flake.phase;
    const y = flake.y * view.tileHeight + fall * moment.seconds + 0.3 * sway * sineOfTurns(2 * turns);
    const x = unitOfTurn(flake.key, view.crossing(y)) * view.tileWidth + drift * moment.seconds;
    const point = view.placeParticle(x + sway * sineOfTurns(turns), y);
    const radius = stratum.radiusPx * px * flake.size * view.scale;
    const speedX = drift + sway * 2 * Math.PI * flake.swayHertz * cosineOfTurns(turns);
    const speed = Math.sqrt(speedX * speedX + fall * fall);
    const core = 0.5 * speed * SHUTTER_SECONDS * view.scale;
    if (!view.isInFrame(point, radius + core)) return undefined;
    // A flake in motion spreads its light over its way.
    const spread = radius / (radius + 0.7 * core);
    const opacity = moment.swiftLevel * stratum.opacity * flake.opacity * spread * view.visibilityAt(point);
    if (opacity <= 0) return undefined;
    const along = view.turn({ x: speedX / speed, y: fall / speed });
    const girth = fitToSamples(radius, opacity);
    return { ...point, ...girth, alongX: along.x, alongY: along.y, core, cap: girth.radius };
  }
}

const makeFlake = (random: RandomStream): Flake => ({
  y: random.unit(),
  key: random.index(2 ** 32) | 0,
  speed: random.between(0.75, 1.25),
  size: random.between(0.6, 1.3),
  opacity: random.between(0.55, 1),
  swayHertz: SWAY_HERTZ * random.between(0.6, 1.4),
  phase: random.unit(),
});

/** Flakes are white, but no whiter than the light lets them be. */
function flakeTint(air: Air): Tint {
  return contrastTint({ light: Math.max(150, Math.min(228, 70 + 0.8 * air.ambientLuma)), shade: 28 }, air);
}
