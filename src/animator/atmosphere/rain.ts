/**
 * Rain: streaks as long as a drop falls while the shutter is open. Far drops are many, fine and slow, near ones few,
 * long and out of focus, and gusts thin and thicken them.
 */
import type { I420Frame } from '../raster/picture.ts';
import type { Veil } from '../raster/veil.ts';
import { type RandomStream, within } from '../sound/random-stream.ts';
import type { Air } from './air.ts';
import { contrastTint } from './contrast-tint.ts';
import { designScale, type EffectSetting, type Moment } from './effect.ts';
import { Haze } from './haze.ts';
import type { LayerView } from './layer-view.ts';
import { unitOfTurn } from './particle-hash.ts';
import { ParticleLayers, type Stratum } from './particle-layers.ts';
import type { Point } from './projection.ts';
import { Splashes } from './splashes.ts';
import { drawSprite, fitToSamples, type Tint } from './sprite.ts';
import { TileableNoise } from './tileable-noise.ts';

interface RainStratum extends Stratum {
  readonly pxPerSecond: number;
  readonly lengthPx: number;
  readonly radiusPx: number;
  readonly opacity: number;
}

const STRATA: readonly RainStratum[] = [
  { at: 'far', count: 800, pxPerSecond: 640, lengthPx: 22, radiusPx: 1.2, opacity: 0.3 },
  { at: 'middle', count: 480, pxPerSecond: 1050, lengthPx: 40, radiusPx: 1.4, opacity: 0.4 },
  { at: 'near', count: 130, pxPerSecond: 1900, lengthPx: 84, radiusPx: 2.6, opacity: 0.25 },
];

/** Sideways speed in parts of the fall's, at wind 1. */
const SLANT = 0.45;
/** A gust's width at 720 lines, and how fast it passes. */
const GUST_PX = 420;
const GUST_PX_PER_SECOND = 260;
const HAZE = 0.3;
/** How much a downpour darkens a bright day, at strength 1. */
const GLOOM = 0.12;

interface Drop {
  /** 0..1 of the tile. */
  readonly y: number;
  readonly key: number;
  /** In parts of the stratum's own. */
  readonly speed: number;
  readonly length: number;
  readonly opacity: number;
  /** Sideways speed in parts of the fall's. */
  readonly slant: number;
  /** A unit vector along the fall. */
  readonly direction: Point;
}

export class Rain {
  readonly #setting: EffectSetting;
  readonly #drops: ParticleLayers<RainStratum, Drop>;
  readonly #splashes: Splashes;
  readonly #haze: Haze;
  readonly #gusts: TileableNoise;
  readonly #tint: Tint;

  constructor(setting: EffectSetting) {
    this.#setting = setting;
    this.#tint = waterTint(setting.air);
    this.#drops = new ParticleLayers(setting, 'rain', STRATA, (random) => makeDrop(random, setting.wind));
    this.#splashes = new Splashes(setting, this.#tint);
    this.#haze = new Haze(setting, HAZE);
    this.#gusts = new TileableNoise(within(setting.streams, 'rain')('gusts'));
  }

  veil(moment: Moment, veil: Veil): void {
    this.#haze.veil(moment, veil);
    const { strength, air } = this.#setting;
    const day = Math.max(0, Math.min(1, (air.meanLuma - 60) / 60));
    const kept = 1 - moment.slowLevel * GLOOM * strength * day;
    for (let node = 0; node < moment.outlook.depth.length; node += 1) veil.light(node, kept, 0);
  }

  paint(moment: Moment, frame: I420Frame): void {
    this.#splashes.paint(moment, frame);
    this.#drops.visit(moment, (drop, stratum, view) => this.#paintDrop(drop, stratum, view, moment, frame));
  }

  #paintDrop(
    drop: Drop,
    stratum: RainStratum,
    view: LayerView,
    moment: Moment,
    { y: luma }: I420Frame,
  ): void {
    const px = designScale(this.#setting.size);
    const fallen = stratum.pxPerSecond * px * drop.speed * moment.seconds;
    const y = drop.y * view.tileHeight + fallen;
    const x = unitOfTurn(drop.key, view.crossing(y)) * view.tileWidth + drop.slant * fallen;
    const point = view.placeParticle(x, y);
    const half = 0.5 * stratum.lengthPx * px * drop.length * view.scale;
    if (!view.isInFrame(point, half)) return;
    const seen = moment.swiftLevel * view.visibilityAt(point) * this.#gustAt(point, moment.seconds);
    if (seen <= 0) return;
    const along = view.turn(drop.direction);
    const girth = fitToSamples(stratum.radiusPx * px * view.scale, seen * stratum.opacity * drop.opacity);
    drawSprite(luma, this.#tint, {
      x: point.x,
      y: point.y,
      alongX: along.x,
      alongY: along.y,
      core: 0.25 * half,
      cap: 0.75 * half,
      radius: girth.radius,
      opacity: girth.opacity,
    });
  }

  /** 0.6..1.4: sheets of rain that cross the picture with the wind. */
  #gustAt({ x, y }: Point, seconds: number): number {
    const { size, wind } = this.#setting;
    const px = designScale(size);
    const passed = (wind < 0 ? -1 : 1) * GUST_PX_PER_SECOND * seconds;
    return 0.6 + 0.8 * this.#gusts.at((x / px - 0.3 * (y / px) - passed) / GUST_PX, y / px / (2 * GUST_PX));
  }
}

function makeDrop(random: RandomStream, wind: number): Drop {
  const drop = {
    y: random.unit(),
    key: random.index(2 ** 32) | 0,
    speed: random.between(0.88, 1.12),
    length: random.between(0.7, 1.25),
    opacity: random.between(0.35, 1.2),
    slant: SLANT * wind + random.between(-0.02, 0.02),
  };
  return { ...drop, direction: directionOf(drop.slant) };
}

function directionOf(slant: number): Point {
  const length = Math.sqrt(1 + slant * slant);
  return { x: slant / length, y: 1 / length };
}

/** A drop shows the light of the whole scene at once. */
function waterTint(air: Air): Tint {
  return contrastTint({ light: Math.max(120, Math.min(205, 80 + 0.6 * air.ambientLuma)), shade: 50 }, air);
}
