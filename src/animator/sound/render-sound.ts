/**
 * The clip's sound, made from its plan alone: ambience underneath, events on their moments, one room around all of it, at the
 * loudness that video platforms play at. The same plan gives the same bytes.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { Ambience, FrameSpan, Plan } from '../director/plan.ts';
import { ambienceRecipes } from './ambience/ambience-recipes.ts';
import { decibelsToGain } from './elementary-functions.ts';
import { EVENT_RECIPES } from './events/event-recipes.ts';
import { Layer } from './layer.ts';
import { integratedLoudness } from './loudness.ts';
import { master, TARGET_LOUDNESS } from './master.ts';
import { type RandomStreams, randomStreams, within } from './random-stream.ts';
import { addReverb } from './reverb.ts';
import { SAMPLE_RATE, type StereoSound, samplesIn } from './stereo-sound.ts';

const SAMPLES_PER_FRAME = SAMPLE_RATE / FRAME_RATE;

/**
 * Exactly 2,000 samples for each frame, at -18 LUFS with a true peak of at most -1 dBTP, fading in and out. Silence when the plan
 * names neither ambience nor events.
 */
export function renderSound(plan: Plan): StereoSound {
  const streams = within(randomStreams(plan.seed), 'sound');
  const mix = new Layer(plan.frameCount * SAMPLES_PER_FRAME);
  for (const ambience of plan.ambience) addAmbience(mix, ambience, plan, streams);
  addEvents(mix, plan, streams);
  addReverb(mix.echo, mix.left, mix.right);
  master(mix.left, mix.right);
  return { sampleRate: SAMPLE_RATE, left: mix.left, right: mix.right };
}

/** Renders a layer by itself and mixes it in at the plan's level, measured, whatever its recipe's own level is. */
function addAmbience(mix: Layer, ambience: Ambience, plan: Plan, streams: RandomStreams): void {
  const layer = new Layer(mix.sampleCount);
  ambienceRecipes(plan)[ambience.name](layer, within(streams, ambience.name));
  const loudness = integratedLoudness(layer);
  if (loudness === undefined) return;
  if (ambience.spans !== undefined)
    for (const part of [layer.left, layer.right, layer.echo]) keepSpans(part, ambience.spans);
  const gain = decibelsToGain(TARGET_LOUDNESS + ambience.levelDecibels - loudness);
  addScaled(mix.left, layer.left, gain);
  addScaled(mix.right, layer.right, gain);
  addScaled(mix.echo, layer.echo, gain);
}

/** Over which a sound comes and goes with a cut, half of it on either side. */
const CUT_FADE_SAMPLES = 0.2 * SAMPLE_RATE;

/** Silences what lies outside the spans. */
function keepSpans(samples: Float32Array, spans: readonly FrameSpan[]): void {
  const edges = spans.map(({ firstFrame, frameCount }) => ({
    start: firstFrame === 0 ? -CUT_FADE_SAMPLES : firstFrame * SAMPLES_PER_FRAME,
    end: (firstFrame + frameCount) * SAMPLES_PER_FRAME,
  }));
  for (let i = 0; i < samples.length; i++) {
    let level = 0;
    for (const { start, end } of edges)
      level = Math.max(level, Math.min(1, 0.5 + Math.min(i - start, end - i) / CUT_FADE_SAMPLES));
    samples[i]! *= level;
  }
}

function addScaled(target: Float32Array, source: Float32Array, gain: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += gain * source[i]!;
}

function addEvents(mix: Layer, plan: Plan, streams: RandomStreams): void {
  for (const [index, event] of plan.events.entries()) {
    if (event.kind === 'lightning') continue;
    EVENT_RECIPES[event.kind]({
      layer: mix,
      sample: samplesIn(event.timeSeconds),
      gain: decibelsToGain(-12 * (1 - event.strength)),
      index,
      style: plan.style,
      streams: within(streams, `${event.kind} ${index}`),
    });
  }
}
