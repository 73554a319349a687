/**
 * From wishes to moves: settles sides, strengths and conflicts. The outcome is a list of phases; the moves of a phase are
 * played together, phases one after another.
 */
import { oppositeOf } from '../camera/grammar.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Easing, Move, MoveName } from './plan.ts';
import type { MoveWish } from './read-prompt.ts';

export interface Phase {
  readonly moves: readonly Move[];
  readonly easing: Easing;
  /** The wishes it was made from; none for a move that the director chose. */
  readonly wishes: readonly MoveWish[];
}

export interface Casting {
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
  /** Of the whole clip. */
  readonly durationSeconds: number;
}

/** Spicy clips move this much more. */
const SPICY_STRENGTH = 1.8;
/** Beyond this a move leaves the picture. */
export const LARGEST_STRENGTH = 2.5;
/** Two seeds differ by up to this share in how far the same move goes. */
const SEEDED_SHARE = 0.12;

/** The strength after style and seed; `index` tells the moves of a clip apart. */
export function settleStrength(
  strength: number,
  index: number,
  { seed, style }: Casting,
  largest = LARGEST_STRENGTH,
): number {
  const seeded = 1 + SEEDED_SHARE * (2 * seededUnit(seed, 'amplitude', index) - 1);
  const styled = strength * seeded * (style === 'spicy' ? SPICY_STRENGTH : 1);
  return Math.round(Math.min(largest, styled) * 1000) / 1000;
}

export function settleSide(
  move: MoveName | readonly [MoveName, MoveName],
  index: number,
  seed: number,
): MoveName {
  if (typeof move === 'string') return move;
  return seededUnit(seed, 'side', index) < 0.5 ? move[0] : move[1];
}

/** The phases that a prompt asks for; empty when it asks for no move. */
export function castWishes(wishes: readonly MoveWish[], casting: Casting): readonly Phase[] {
  const phases: { moves: Move[]; wishes: MoveWish[]; asked: number; surges: boolean }[] = [];
  for (const [index, wish] of wishes.entries()) {
    const moves = wish.words.moves.map(({ move, strength = 1 }) => {
      const name = settleSide(move, index, casting.seed);
      return {
        name,
        strength: name === 'static' ? 1 : settleStrength(strength * wish.factor, index, casting),
      };
    });
    let current = phases.at(-1);
    if (current === undefined || current.asked !== wish.phase || contradicts(current.moves, moves)) {
      current = { moves: [], wishes: [], asked: wish.phase, surges: false };
      phases.push(current);
    }
    current.wishes.push(wish);
    current.surges ||= wish.surges;
    for (const move of moves) {
      if (current.moves.every((other) => other.name !== move.name)) current.moves.push(move);
    }
  }
  const handheld = phases.flatMap((phase) => phase.moves).find((move) => move.name === 'handheld');
  return phases.map((phase) => ({
    moves: withHandheld(phase.moves, handheld),
    easing: casting.style === 'spicy' || phase.surges ? 'ramp' : 'glide',
    wishes: phase.wishes,
  }));
}

/**
 * Opposites cannot be played together, nor can rest and a move; a steady camera and a shoulder are the exception (see
 * `withHandheld`).
 */
function contradicts(current: readonly Move[], added: readonly Move[]): boolean {
  return added.some((move) =>
    current.some((other) => {
      if (other.name === 'handheld' || move.name === 'handheld' || other.name === move.name) return false;
      return other.name === 'static' || move.name === 'static' || oppositeOf(other.name) === move.name;
    }),
  );
}

/** A camera that is on a shoulder once is so throughout, and then it is not static. */
function withHandheld(moves: readonly Move[], handheld: Move | undefined): readonly Move[] {
  if (handheld === undefined) return moves;
  return [...moves.filter(({ name }) => name !== 'static' && name !== 'handheld'), handheld];
}

export const FIXED_CAMERA: Phase = { moves: [{ name: 'static', strength: 1 }], easing: 'glide', wishes: [] };
