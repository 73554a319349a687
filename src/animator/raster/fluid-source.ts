/** What the rasteriser is told of the parts of a still that move by themselves: once for the clip, and for every frame. */
import type { NodeField } from './node-field.ts';
import type { RgbaImage } from './picture.ts';

/** A part of a still that moves by itself: what it shows, and where. */
export interface FluidSource {
  readonly stillIndex: number;
  /** Opacity 0..255, one byte for each pixel of the still, what lies beyond the frame included. */
  readonly matte: Uint8Array;
  /** The moving part alone, what is not of it filled in. */
  readonly plate: RgbaImage;
  /** Where the plate's first pixel lies in the still, pixels; even, and negative where the plate is larger. */
  readonly left: number;
  readonly top: number;
}

/** How a fluid stands at one frame. The plate is read at the base map's position plus `field` times a factor. */
export interface FluidState {
  /** Which of the rasteriser's fluids. */
  readonly fluid: number;
  /** Share of the layer that is shown, 0..1. */
  readonly strength: number;
  readonly field: NodeField;
  readonly firstFactor: number;
  /** A second reading, blended over the first by `weight` 0..1. */
  readonly second: { readonly factor: number; readonly weight: number } | undefined;
  readonly tone: FluidTone | undefined;
}

/** Changes of light in the layer, at every node: value + (value - mean) * contrast * contrastGain + value * gain. */
export interface FluidTone {
  readonly contrast: FluidContrast | undefined;
  readonly contrastGain: number;
  /** -0.1..0.1, of luma alone; undefined for none. */
  readonly gain: Float32Array | undefined;
}

/** How much of the contrast that a blend of two readings loses is given back, and around which values. */
export interface FluidContrast {
  /** 0..1. */
  readonly share: Float32Array;
  /** `share` times the plate's local mean, in levels of Y, Cb and Cr. */
  readonly luma: Float32Array;
  readonly cb: Float32Array;
  readonly cr: Float32Array;
}
