import type { AmbienceName, Plan } from '../../director/plan.ts';
import type { Layer } from '../layer.ts';
import { type RandomStreams, within } from '../random-stream.ts';
import { addCity } from './city.ts';
import { addFire } from './fire.ts';
import { addForest } from './forest.ts';
import { addNight } from './night.ts';
import { addPad, type PadMood } from './pad.ts';
import { addRain } from './rain.ts';
import { addRiver } from './river.ts';
import { addRoom } from './room.ts';
import { addWaves } from './waves.ts';
import { addWind } from './wind.ts';

/** Fills an empty layer; its level does not matter, because each layer is measured before it is mixed. */
type AmbienceRecipe = (layer: Layer, streams: RandomStreams) => void;

/** Recipes of all layers; the music's mood and key follow the rest of the plan. */
export function ambienceRecipes(plan: Plan): Readonly<Record<AmbienceName, AmbienceRecipe>> {
  return {
    wind: addWind,
    rain: addRain,
    waves: addWaves,
    river: addRiver,
    fire: addFire,
    city: addCity,
    forest: addForest,
    night: addNight,
    room: addRoom,
    pad: (layer, streams) => addPad(layer, streams, moodOf(plan), rootOf(plan, streams)),
  };
}

/** Night, rain, thunder and a beating heart ask for minor. */
function moodOf(plan: Plan): PadMood {
  const isDark =
    plan.ambience.some(({ name }) => name === 'night' || name === 'rain') ||
    plan.events.some(({ kind }) => kind === 'thunder' || kind === 'heartbeat');
  return isDark ? 'dark' : 'bright';
}

/** Roots in hertz, D to G; the spicy style lies a fourth deeper. */
const ROOTS = [73.42, 77.78, 82.41, 87.31, 92.5, 98] as const;

function rootOf(plan: Plan, streams: RandomStreams): number {
  const root = within(streams, 'key')('root').pick(ROOTS);
  return plan.style === 'spicy' ? root * 0.75 : root;
}
