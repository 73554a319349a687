/**
 * Which weather each shot has. It begins with the shot that names it and goes on over the shots after it, until one names another or none; where the
 * prompt has no shots, all of it is in the whole clip.
 */
import type { ShotDraft } from './compose-shots.ts';
import type { FrameSpan } from './plan.ts';
import type { AtmosphereWish } from './read-atmosphere.ts';
import type { PromptReading } from './read-prompt.ts';

export interface ShotWeather {
  /** Undefined for the whole clip. */
  readonly span: FrameSpan | undefined;
  readonly wishes: readonly AtmosphereWish[];
}

/** @param drafts Those that found time. @param spans Their frames. */
export function weatherByShot(
  { atmosphere: { wishes, fair }, shots }: PromptReading,
  drafts: readonly ShotDraft[],
  spans: readonly FrameSpan[],
): readonly ShotWeather[] {
  if (drafts.length === 1 || drafts.some(({ promptShot }) => promptShot === undefined))
    return [{ span: undefined, wishes }];
  let current: readonly AtmosphereWish[] = [];
  const weather = shots.map((shot) => {
    const isSaidHere = ({ from }: { readonly from: number }) => from >= shot.from && from < shot.to;
    const named = wishes.filter(isSaidHere);
    if (named.length > 0) current = named;
    else if (fair.some(isSaidHere)) current = [];
    return current;
  });
  return drafts.map(({ promptShot }, i) => ({ span: spans[i], wishes: weather[promptShot!]! }));
}
