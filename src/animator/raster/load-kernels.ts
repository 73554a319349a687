/**
 * Makes the kernels together with their memory: WebAssembly SIMD where the host has it, the TypeScript twin elsewhere.
 * Both give the same bytes, so the choice is never visible in a clip.
 */

import { bindMapKernels, type WasmMapKernels } from './bind-map-kernels.ts';
import { bindPaintKernels, type WasmPaintKernels } from './bind-paint-kernels.ts';
import type {
  FluidLayer,
  KernelMemory,
  Kernels,
  MixWeights,
  VeilNodes,
  WarpSource,
  WarpTarget,
} from './kernels.ts';
import { createTypeScriptKernels } from './kernels-typescript.ts';
import { KERNELS_WASM } from './kernels-wasm.ts';
import type { MapKernels } from './map-kernels.ts';
import { createTypeScriptMapKernels } from './map-kernels-typescript.ts';
import type { PaintKernels } from './paint-kernels.ts';
import { createTypeScriptPaintKernels } from './paint-kernels-typescript.ts';

/** What is used of the host's WebAssembly; its types come with browser libraries, which this code does not assume. */
interface WebAssemblyHost {
  validate(wasm: Uint8Array): boolean;
  readonly Module: new (wasm: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number }) => KernelMemory;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: KernelMemory } },
  ) => { exports: WasmKernels };
}

/** The exports of `assembly/`. */
interface WasmKernels extends WasmMapKernels, WasmPaintKernels {
  warpLuma(...values: readonly number[]): void;
  warpChroma(...values: readonly number[]): void;
  flowLuma(...values: readonly number[]): void;
  flowChroma(...values: readonly number[]): void;
  veilLuma(...values: readonly number[]): void;
  veilChroma(...values: readonly number[]): void;
  mixLuma(...values: readonly number[]): void;
  mixChroma(...values: readonly number[]): void;
  dissolve(...values: readonly number[]): void;
}

export type AllKernels = Kernels & MapKernels & PaintKernels;

export interface LoadedKernels {
  readonly kernels: AllKernels;
  readonly memory: KernelMemory;
}

const PAGE_BYTES = 65_536;

/** Kernels read a whole vector where they need a few bytes of it, so the last range must not end the memory. */
const VECTOR_BYTES = 16;

const countPages = (byteLength: number): number => Math.ceil((byteLength + VECTOR_BYTES) / PAGE_BYTES);

/** Kernels over a new, zeroed memory of at least `byteLength` bytes. */
export function loadKernels(byteLength: number): LoadedKernels {
  return loadWasmKernels(byteLength) ?? loadTypeScriptKernels(byteLength);
}

export function loadTypeScriptKernels(byteLength: number): LoadedKernels {
  const memory = { buffer: new ArrayBuffer(countPages(byteLength) * PAGE_BYTES) };
  const kernels = {
    ...createTypeScriptKernels(memory),
    ...createTypeScriptMapKernels(memory),
    ...createTypeScriptPaintKernels(new Uint8Array(memory.buffer)),
  };
  return { kernels, memory };
}

/** Undefined where the host has no WebAssembly, or none with SIMD. */
export function loadWasmKernels(byteLength: number): LoadedKernels | undefined {
  const host = (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly;
  const wasm = Uint8Array.from(atob(KERNELS_WASM), (character) => character.charCodeAt(0));
  if (host === undefined || !host.validate(wasm)) return undefined;
  const pages = countPages(byteLength);
  const memory = new host.Memory({ initial: pages, maximum: pages });
  const { exports } = new host.Instance(new host.Module(wasm), { env: { memory } });
  const kernels = { ...bindExports(exports), ...bindMapKernels(exports), ...bindPaintKernels(exports) };
  return { kernels, memory };
}

function bindExports(exports: WasmKernels): Kernels {
  return {
    warpLuma: (source, map, target, grain, covered) =>
      exports.warpLuma(
        source.address,
        source.stride,
        source.halvings,
        map.address,
        map.columns,
        target.address,
        target.stride,
        target.columns,
        target.rows,
        grain?.address ?? 0,
        grain?.base ?? 0,
        grain?.slope ?? 0,
        grain?.offsetX ?? 0,
        grain?.offsetY ?? 0,
        covered ?? 0,
      ),
    warpChroma: (source, map, target, covered) =>
      exports.warpChroma(
        source.address,
        source.stride,
        source.halvings,
        map.address,
        map.columns,
        target.address,
        target.stride,
        target.columns,
        target.rows,
        covered ?? 0,
      ),
    flowLuma: (plate, tone, layer, target, grain) =>
      exports.flowLuma(
        ...flowArguments(plate, tone, layer, target),
        grain?.address ?? 0,
        grain?.base ?? 0,
        grain?.slope ?? 0,
        grain?.offsetX ?? 0,
        grain?.offsetY ?? 0,
      ),
    flowChroma: (plate, tone, layer, target) =>
      exports.flowChroma(...flowArguments(plate, tone, layer, target)),
    veilLuma: (target, nodes) => exports.veilLuma(...veilArguments(target, nodes)),
    veilChroma: (target, nodes) => exports.veilChroma(...veilArguments(target, nodes)),
    mixLuma: (target, over, weights) => exports.mixLuma(...mixArguments(target, over, weights)),
    mixChroma: (target, over, weights) => exports.mixChroma(...mixArguments(target, over, weights)),
    dissolve: (target, over, byteLength, weight) => exports.dissolve(target, over, byteLength, weight),
  };
}

function flowArguments(
  plate: WarpSource,
  tone: number | undefined,
  { cells, matte, base, first, second, strength }: FluidLayer,
  target: WarpTarget,
): readonly number[] {
  return [
    plate.address,
    plate.stride,
    plate.halvings,
    tone ?? 0,
    cells,
    matte.address,
    matte.stride,
    matte.halvings,
    base.address,
    base.columns,
    first,
    second?.address ?? 0,
    second?.weight ?? 0,
    strength,
    target.address,
    target.stride,
    target.columns,
    target.rows,
  ];
}

function veilArguments(target: WarpTarget, { address, columns, dither }: VeilNodes): readonly number[] {
  return [target.address, target.stride, target.columns, target.rows, address, columns, dither];
}

function mixArguments(
  { address, stride, columns, rows }: WarpTarget,
  over: number,
  weights: MixWeights,
): readonly number[] {
  return [address, over, stride, columns, rows, weights.address, weights.columns];
}
