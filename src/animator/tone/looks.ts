/**
 * The looks that a picture can be graded to, one row each: what it does to light and colour at strength 1. Every entry is a change, 0 leaves
 * things as they are, so looks that are asked for together add up. `spicy` is a style of light and colour like the others, and nothing else.
 */
import type { Look, LookName } from '../director/plan.ts';

/** A tint in chroma steps of a frame (`Cb` and `Cr` against grey). */
export interface Tint {
  readonly blue: number;
  readonly red: number;
}

export interface Grade {
  /** Steeper mid-tones: the slope of the S-curve in its middle is 1 more than 1. */
  readonly contrast: number;
  /** What the mean brightness is changed by, as a share of itself. All other entries leave it where it is. */
  readonly exposure: number;
  /** Share of the range by which black is raised and white lowered. */
  readonly fade: number;
  /** By how much local detail is enlarged: -0.5 halves it. */
  readonly detail: number;
  /** Light that bright places shed around them, 0..1. */
  readonly glow: number;
  /** -1 takes all colour out. */
  readonly saturation: number;
  /** From blue to orange, chroma steps. */
  readonly warmth: number;
  /** 0..1: draws all colours towards orange and teal. */
  readonly twoColours: number;
  readonly shadows: Tint;
  readonly highlights: Tint;
  /** Share of the light that is missing in the frame's corners. */
  readonly vignette: number;
  /** Share by which the light in the frame's middle slowly comes and goes. */
  readonly breathing: number;
}

const NO_TINT: Tint = { blue: 0, red: 0 };

export const NO_GRADE: Grade = {
  contrast: 0,
  exposure: 0,
  fade: 0,
  detail: 0,
  glow: 0,
  saturation: 0,
  warmth: 0,
  twoColours: 0,
  shadows: NO_TINT,
  highlights: NO_TINT,
  vignette: 0,
  breathing: 0,
};

export const LOOKS: Readonly<Record<LookName, Partial<Grade>>> = {
  cinematic: {
    contrast: 0.12,
    saturation: 0.06,
    shadows: { blue: 3, red: -2 },
    highlights: { blue: -2, red: 3 },
    vignette: 0.22,
  },
  spicy: {
    contrast: 0.22,
    detail: 0.35,
    saturation: 0.15,
    shadows: { blue: 2, red: -1 },
    highlights: { blue: -2, red: 2 },
    vignette: 0.3,
    breathing: 0.018,
  },
  warm: { warmth: 9, contrast: 0.05, saturation: 0.06, glow: 0.1, highlights: { blue: -4, red: 2 } },
  cold: { warmth: -8, contrast: 0.05, saturation: -0.06, shadows: { blue: 3, red: -2 } },
  'teal-orange': {
    twoColours: 0.6,
    contrast: 0.12,
    saturation: 0.12,
    shadows: { blue: 7, red: -7 },
    highlights: { blue: -5, red: 5 },
    vignette: 0.15,
  },
  noir: { saturation: -1, contrast: 0.34, detail: 0.25, vignette: 0.34 },
  monochrome: { saturation: -1, contrast: 0.08 },
  sepia: {
    saturation: -0.9,
    warmth: 9,
    contrast: 0.04,
    fade: 0.04,
    shadows: { blue: -5, red: 3 },
    vignette: 0.2,
  },
  vintage: {
    fade: 0.07,
    contrast: 0.06,
    saturation: -0.2,
    warmth: 2,
    shadows: { blue: 2, red: -5 },
    highlights: { blue: -9, red: 3 },
    vignette: 0.24,
  },
  contrast: { contrast: 0.34, detail: 0.2 },
  dreamy: {
    glow: 0.42,
    detail: -0.45,
    contrast: -0.04,
    fade: 0.02,
    saturation: 0.04,
    highlights: { blue: 1, red: 3 },
  },
  neon: {
    contrast: 0.2,
    saturation: 0.45,
    glow: 0.22,
    shadows: { blue: 11, red: 4 },
    highlights: { blue: 2, red: 5 },
    vignette: 0.26,
  },
  moody: { exposure: -0.2, contrast: 0.12, saturation: -0.16, shadows: { blue: 3, red: -2 }, vignette: 0.32 },
  bright: { exposure: 0.14, contrast: -0.06, fade: 0.02, saturation: 0.03 },
  muted: { saturation: -0.38, contrast: -0.05, fade: 0.03 },
  vivid: { saturation: 0.38, contrast: 0.1, detail: 0.1 },
};

/** Where several looks together stop. */
const BOUNDS: Readonly<Record<keyof Omit<Grade, 'shadows' | 'highlights'>, readonly [number, number]>> = {
  contrast: [-0.2, 0.45],
  exposure: [-0.3, 0.25],
  fade: [0, 0.12],
  detail: [-0.6, 0.5],
  glow: [0, 0.6],
  saturation: [-1, 0.6],
  warmth: [-14, 14],
  twoColours: [0, 0.8],
  vignette: [0, 0.4],
  breathing: [0, 0.02],
};
const LARGEST_TINT = 12;

/** The sum of what the looks do, each as strong as it is asked for; undefined for none. Black and white wins over any colour. */
export function gradeOf(looks: readonly Look[]): Grade | undefined {
  if (looks.length === 0) return undefined;
  const sum = (key: keyof typeof BOUNDS): number => {
    const [least, most] = BOUNDS[key];
    const total = looks.reduce((all, { name, strength }) => all + strength * (LOOKS[name][key] ?? 0), 0);
    return Math.min(most, Math.max(least, total));
  };
  const tint = (key: 'shadows' | 'highlights'): Tint => {
    const all = (side: keyof Tint) =>
      looks.reduce((total, { name, strength }) => total + strength * (LOOKS[name][key]?.[side] ?? 0), 0);
    const scale = Math.min(1, LARGEST_TINT / Math.max(1, Math.hypot(all('blue'), all('red'))));
    return { blue: scale * all('blue'), red: scale * all('red') };
  };
  const isGrey = looks.some(({ name, strength }) => strength * (LOOKS[name].saturation ?? 0) <= -1);
  return {
    contrast: sum('contrast'),
    exposure: sum('exposure'),
    fade: sum('fade'),
    detail: sum('detail'),
    glow: sum('glow'),
    saturation: isGrey ? -1 : sum('saturation'),
    warmth: isGrey ? 0 : sum('warmth'),
    twoColours: isGrey ? 0 : sum('twoColours'),
    shadows: isGrey ? NO_TINT : tint('shadows'),
    highlights: isGrey ? NO_TINT : tint('highlights'),
    vignette: sum('vignette'),
    breathing: sum('breathing'),
  };
}

/** Whether a grade leaves nothing of a picture's colours. */
export const isGrey = ({ saturation }: Grade): boolean => saturation <= -1;
