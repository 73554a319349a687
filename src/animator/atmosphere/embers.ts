/**
 * Embers: sparks that rise in a wavering line, flicker, and cool from yellow to red. Each glows a little into the air
 * around it.
 */
import type { I420Frame } from '../raster/picture.ts';
import { cosineOfTurns, sineOfTurns } from '../sound/elementary-functions.ts';
import type { RandomStream } from '../sound/random-stream.ts';
import { designScale, type EffectSetting, type Moment } from './effect.ts';
import type { LayerView } from './layer-view.ts';
import { unitOfTurn } from './particle-hash.ts';
import { ParticleLayers, type Stratum } from './particle-layers.ts';
import { drawSprite, fitToSamples, halved, opaqueTint, type Sprite, type Tint } from './sprite.ts';

interface EmberStratum extends Stratum {
  readonly radiusPx: number;
  readonly pxPerSecond: number;
  readonly opacity: number;
}

const STRATA: readonly EmberStratum[] = [
  { at: 'far', count: 90, radiusPx: 2, pxPerSecond: 65, opacity: 0.9 },
  { at: 'middle', count: 80, radiusPx: 3.2, pxPerSecond: 105, opacity: 1 },
  { at: 'near', count: 20, radiusPx: 7, pxPerSecond: 190, opacity: 0.65 },
];

const CURL_PX = 26;
const CURL_HERTZ = 0.3;
const FLICKER_HERTZ = 3;
const SHUTTER_SECONDS = 1 / 48;

/** Luma and chroma of hot and of cooling coal, as in a frame. */
const HOT = { luma: glowTo(190), blue: opaqueTint(72), red: opaqueTint(176) };
const COOL = { luma: glowTo(130), blue: opaqueTint(92), red: opaqueTint(198) };
const HALO = { opacity: 0.2, size: 3 };

interface Ember {
  /** 0..1 of the tile. */
  readonly y: number;
  readonly key: number;
  /** In parts of the stratum's own. */
  readonly speed: number;
  readonly size: number;
  readonly opacity: number;
  readonly rhythm: number;
  readonly phase: number;
}

export class Embers {
  readonly #setting: EffectSetting;
  readonly #embers: ParticleLayers<EmberStratum, Ember>;

  constructor(setting: EffectSetting) {
    this.#setting = setting;
    this.#embers = new ParticleLayers(setting, 'embers', STRATA, makeEmber);
  }

  paint(moment: Moment, { y: luma, u, v }: I420Frame): void {
    this.#embers.visit(moment, (ember, stratum, view) => {
      const sprite = this.#spriteOf(ember, stratum, view, moment);
      if (sprite === undefined) return;
      const coal = ember.phase < 0.5 ? HOT : COOL;
      const halo = haloOf(sprite);
      drawSprite(luma, coal.luma, halo);
      drawSprite(luma, coal.luma, sprite);
      for (const part of [halo, sprite]) {
        drawSprite(u, coal.blue, halved(part));
        drawSprite(v, coal.red, halved(part));
      }
    });
  }

  #spriteOf(ember: Ember, stratum: EmberStratum, view: LayerView, moment: Moment): Sprite | undefined {
    const { size, wind } = this.#setting;
    const { seconds } = moment;
    const px = designScale(size);
    const rise = stratum.pxPerSecond * px * ember.speed;
    const drift = 1.2 * wind * rise;
    const curl = CURL_PX * px * ember.size;
    const turns = CURL_HERTZ * ember.rhythm * seconds + ember.phase;
    const y = ember.y * view.tileHeight - rise * seconds;
    const x = unitOfTurn(ember.key, view.crossing(y)) * view.tileWidth + drift * seconds;
    const point = view.placeParticle(x + curl * (sineOfTurns(turns) + 0.4 * sineOfTurns(2.7 * turns)), y);
    const radius = stratum.radiusPx * px * ember.size * view.scale;
    if (!view.isInFrame(point, HALO.size * radius)) return undefined;
    const swing = curl * 2 * Math.PI * CURL_HERTZ * ember.rhythm;
    const speedX = drift + swing * (cosineOfTurns(turns) + 1.08 * cosineOfTurns(2.7 * turns));
    const speed = Math.sqrt(speedX * speedX + rise * rise);
    const flicker = 0.75 + 0.25 * sineOfTurns(FLICKER_HERTZ * ember.rhythm * seconds + 5 * ember.phase);
    // Most of them have burnt out before they reach the top.
    const life = 0.25 + 0.75 * Math.max(0, Math.min(1, (1.1 * point.y) / size.height));
    const light = flicker * life * ember.opacity * stratum.opacity;
    const opacity = moment.swiftLevel * light * view.visibilityAt(point);
    if (opacity <= 0) return undefined;
    const along = view.turn({ x: speedX / speed, y: -rise / speed });
    const core = 0.5 * speed * SHUTTER_SECONDS * view.scale;
    const girth = fitToSamples(radius, opacity);
    return { ...point, ...girth, alongX: along.x, alongY: along.y, core, cap: girth.radius };
  }
}

const haloOf = (sprite: Sprite): Sprite => ({
  ...sprite,
  cap: HALO.size * sprite.cap,
  radius: HALO.size * sprite.radius,
  opacity: HALO.opacity * sprite.opacity,
});

const makeEmber = (random: RandomStream): Ember => ({
  y: random.unit(),
  key: random.index(2 ** 32) | 0,
  speed: random.between(0.7, 1.35),
  size: random.between(0.6, 1.4),
  opacity: random.between(0.4, 1),
  rhythm: random.between(0.6, 1.6),
  phase: random.unit(),
});

/** Light that brings dark places up to `luma`; against white, the coal itself is seen. */
function glowTo(luma: number): Tint {
  return Float32Array.from({ length: 256 }, (_, under) => Math.max(-60, Math.min(120, luma - under)));
}
