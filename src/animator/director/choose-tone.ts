/** Chooses the looks of a clip from its style and the prompt's words; without either the pictures stay as they are. */
import type { DirectorNote, Look, LookName } from './plan.ts';
import type { ToneReading } from './read-tone.ts';

export interface ToneChoice {
  readonly looks: readonly Look[];
  readonly notes: readonly DirectorNote[];
}

/** What a look does, for the notes. */
const DOES: Readonly<Record<LookName, string>> = {
  cinematic: 'a gentle S-curve, cooler shadows and warmer lights, and a vignette',
  spicy: 'more contrast, detail and colour, a vignette, and light that breathes',
  warm: 'warmer light',
  cold: 'colder light',
  'teal-orange': 'colours drawn towards orange and teal',
  noir: 'black and white with deep contrast and a vignette',
  monochrome: 'black and white',
  sepia: 'brown instead of colours, and a vignette',
  vintage: 'faded blacks and paler, yellowed colours, and a vignette',
  contrast: 'more contrast and local detail',
  dreamy: 'a glow around bright places, and softer detail',
  neon: 'strong colours, blue shadows and a glow',
  moody: 'darker and paler, and a vignette',
  bright: 'brighter, with less contrast',
  muted: 'paler colours',
  vivid: 'stronger colours',
};

const SPICY_NOTE =
  'The style is spicy: bolder motion, and a grade with more contrast, detail and colour. It is a style of motion and grading, and nothing else.';
const SPICY_NATURAL_NOTE =
  'The style is spicy: bolder motion. Its grade is left out, because the prompt asks for the colours of the picture.';

/** Two words for one look make it no stronger. */
export function chooseTone(
  { wishes, absent, natural }: ToneReading,
  style: 'natural' | 'spicy',
  shotCount: number,
): ToneChoice {
  const notes: DirectorNote[] = [];
  const understood = (message: string) => notes.push({ kind: 'understood', message });
  if (style === 'spicy') understood(natural === undefined ? SPICY_NOTE : SPICY_NATURAL_NOTE);
  if (absent.length > 0)
    understood(`Left out of light and colour, as the prompt says: ${quotedList(absent)}.`);
  if (natural !== undefined) {
    understood(`"${natural}": the colours of the picture stay as they are.`);
    for (const { text } of wishes) {
      notes.push({
        kind: 'ignored',
        message: `"${text}": the prompt also asks for the picture's own colours.`,
      });
    }
    return { looks: [], notes };
  }
  const strengths = new Map<LookName, number>(style === 'spicy' ? [['spicy', 1]] : []);
  for (const { look, strength } of wishes) strengths.set(look, Math.max(strength, strengths.get(look) ?? 0));
  for (const [look, strength] of strengths) {
    const texts = [...new Set(wishes.filter((wish) => wish.look === look).map(({ text }) => text))];
    if (texts.length === 0) continue;
    const share = strength === 1 ? '' : `, at ${strength.toFixed(2)} of the usual strength`;
    understood(`${quotedList(texts)}: ${DOES[look]}${share}.`);
  }
  if (wishes.length > 0 && shotCount > 1) {
    notes.push({ kind: 'clamped', message: 'Light and colour are graded alike in all shots of a clip.' });
  }
  return { looks: [...strengths].map(([name, strength]) => ({ name, strength: round(strength) })), notes };
}

const quotedList = (texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(', ');
const round = (value: number): number => Math.round(value * 1000) / 1000;
