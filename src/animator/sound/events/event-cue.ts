import type { Plan } from '../../director/plan.ts';
import type { Layer } from '../layer.ts';
import type { RandomStreams } from '../random-stream.ts';

/** One sound event on its way into the mix. */
export interface EventCue {
  readonly layer: Layer;
  /** The event's moment: attacks begin here, a whoosh is loudest here. */
  readonly sample: number;
  /** Amplitude factor of the event's strength: 0.25 at strength 0 (-12 dB), 1 at 1. */
  readonly gain: number;
  /** Its number in the plan's list. */
  readonly index: number;
  readonly style: Plan['style'];
  /** Streams of this event alone. */
  readonly streams: RandomStreams;
}
