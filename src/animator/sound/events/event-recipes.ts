import type { SoundEvent } from '../../director/plan.ts';
import type { EventCue } from './event-cue.ts';
import { addFootstep } from './footstep.ts';
import { addHeartbeat } from './heartbeat.ts';
import { addImpact } from './impact.ts';
import { addThunder } from './thunder.ts';
import { addWhoosh } from './whoosh.ts';

/** Adds one event to the mix. Levels fit an ambience at the clip's loudness target. */
type EventRecipe = (cue: EventCue) => void;

export const EVENT_RECIPES: Readonly<Record<SoundEvent['kind'], EventRecipe>> = {
  footstep: addFootstep,
  heartbeat: addHeartbeat,
  impact: addImpact,
  thunder: addThunder,
  whoosh: addWhoosh,
};
