/**
 * Particles in three layers of air: makes them from the seed, and goes through them in depth order, farthest first.
 */
import { type RandomStream, within } from '../sound/random-stream.ts';
import { designAreas, type EffectSetting, type Moment } from './effect.ts';
import { LayerView, TILE_SIDES } from './layer-view.ts';
import { placeStrata, type Strata } from './strata.ts';

export interface Stratum {
  readonly at: keyof Strata;
  /** Particles in view at strength 1, at 1280x720; a stratum's lengths and speeds are at that size too. */
  readonly count: number;
}

interface Layer<Kind extends Stratum, Particle> {
  readonly stratum: Kind;
  readonly depth: number;
  readonly particles: readonly Particle[];
}

export class ParticleLayers<Kind extends Stratum, Particle> {
  readonly #setting: EffectSetting;
  readonly #layers: readonly Layer<Kind, Particle>[];

  /** @param strata Farthest first. @param name Keeps one effect's particles apart from another's. */
  constructor(
    setting: EffectSetting,
    name: string,
    strata: readonly Kind[],
    make: (random: RandomStream) => Particle,
  ) {
    const depths = placeStrata(setting.scene);
    const share = setting.strength * designAreas(setting.size) * TILE_SIDES ** 2;
    this.#setting = setting;
    this.#layers = strata.map((stratum) => {
      const random = within(setting.streams, name)(stratum.at);
      const length = Math.round(share * stratum.count);
      const particles = Array.from({ length }, () => make(random));
      return { stratum, depth: depths[stratum.at], particles };
    });
  }

  visit(moment: Moment, draw: (particle: Particle, stratum: Kind, view: LayerView) => void): void {
    for (const { stratum, depth, particles } of this.#layers) {
      const view = new LayerView(this.#setting.size, moment, depth);
      for (const particle of particles) draw(particle, stratum, view);
    }
  }
}
