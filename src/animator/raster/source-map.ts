/**
 * The inverse map: where in the still each output pixel reads from, solved for one pose at every 8th pixel and interpolated
 * linearly by the kernels between. It is one-to-one as long as the depth's slope was limited for the move, and no pixel of
 * the output ever reads from outside the picture. 0.5 ms a 720p frame; in TypeScript, 1.5.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from '../camera/pose.ts';
import type { Grid } from '../scene/scene.ts';
import { type Beyond, NOTHING_BEYOND } from './beyond.ts';
import type { Displacement } from './displacement.ts';
import { CELL_SIDE, type KernelMemory, type WarpMap } from './kernels.ts';
import type { CameraTerms, MapKernels, NodeTable, PlacedField, PlacedGrid } from './map-kernels.ts';
import { createTypeScriptMapKernels } from './map-kernels-typescript.ts';
import { MemoryLayout } from './memory-layout.ts';
import type { NodeField } from './node-field.ts';

/** Each step shrinks the error by the limiter's kappa: 0.35^6 of 60 px of parallax leaves 0.11 px. */
const FIXED_POINT_STEPS = 6;

/** The largest grid that a map can be solved with: a long side of 320 cells, whatever the ratio. */
const MOST_CELLS = 320 * 320;

/** Nodes over a picture of this size: one at every 8th pixel of each axis, the last ones beyond the picture. */
export interface NodeCount {
  /** Always odd: cells come in pairs, so that eight chroma samples span two of them. */
  readonly columns: number;
  readonly rows: number;
}

export function countNodes({ width, height }: FrameSize): NodeCount {
  return { columns: countAlong(width, 2), rows: countAlong(height, 1) };
}

function countAlong(length: number, cellsPerStep: number): number {
  return Math.ceil(length / (CELL_SIDE * cellsPerStep)) * cellsPerStep + 1;
}

/** Room in the kernels' memory. */
export interface SourceMapRoom {
  readonly nodes: NodeTable;
  /** The map itself, for the frame kernels. */
  readonly map: WarpMap;
  /** Where grids and fields are put while a kernel reads them. */
  readonly grids: readonly [number, number];
  readonly field: PlacedField;
}

export function reserveSourceMap(layout: MemoryLayout, size: FrameSize): SourceMapRoom {
  const { columns, rows } = countNodes(size);
  const { width, height } = size;
  const perNode = (byteLength: number) => layout.reserve(byteLength * columns * rows);
  const grid = () => layout.reserve(4 * MOST_CELLS);
  return {
    nodes: {
      ...{ columns, rows, width, height, beyondX: 0, beyondY: 0 },
      ...{ x: perNode(8), y: perNode(8), row: layout.reserve(16 * columns) },
    },
    map: { address: perNode(8), columns },
    grids: [grid(), grid()],
    field: { x: perNode(4), y: perNode(4) },
  };
}

export class SourceMap {
  /** Where each node reads from, as last solved: pixels of the still, row by row. */
  readonly sourceX: Readonly<Float64Array>;
  readonly sourceY: Readonly<Float64Array>;
  readonly #room: SourceMapRoom;
  /** With what there is beyond the picture in hand. */
  #nodes: NodeTable;
  readonly #kernels: MapKernels;
  readonly #memory: KernelMemory;

  /** In memory of its own, by the TypeScript kernels, when only a size is given. */
  constructor(size: FrameSize, place = placeAlone(size)) {
    const { room, kernels, memory } = place;
    const { columns, rows, x, y } = room.nodes;
    this.#room = room;
    this.#nodes = room.nodes;
    this.#kernels = kernels;
    this.#memory = memory;
    this.sourceX = new Float64Array(memory.buffer, x, columns * rows);
    this.sourceY = new Float64Array(memory.buffer, y, columns * rows);
  }

  get columns(): number {
    return this.#room.nodes.columns;
  }

  get rows(): number {
    return this.#room.nodes.rows;
  }

  get nodes(): NodeTable {
    return this.#nodes;
  }

  get map(): WarpMap {
    return this.#room.map;
  }

  /**
   * Copies the map of a pose into `nodes`: U and V of each node, row by row. `depth` covers the picture evenly. `shift` bends the picture
   * before the camera sees it; it must vanish at the picture's edges.
   */
  solve(pose: Pose, depth: Grid, nodes: Int32Array, shift?: NodeField): void {
    this.place(pose, depth);
    this.write(shift);
    nodes.set(new Int32Array(this.#memory.buffer, this.map.address, nodes.length));
  }

  /** The first half of `solve`: where the camera looks. @param beyond What there is of the picture beyond the frame. */
  place(pose: Pose, depth: Grid, beyond: Beyond = NOTHING_BEYOND): void {
    this.#nodes = { ...this.#room.nodes, beyondX: beyond.x, beyondY: beyond.y };
    this.#kernels.placeNodes(this.nodes, termsOf(pose), this.#placeGrid(depth, 0));
  }

  /** Reads a grid of 0..1, which covers the picture evenly, where the camera looks: as kernel weights at every node, Int16 at an address. */
  weigh(weights: Grid, address: number): void {
    this.#kernels.weighNodes(this.nodes, this.#placeGrid(weights, 0), address);
  }

  /**
   * The second half of `solve`, into `map`. With a displacement, what the camera sees at a place is found elsewhere in the picture; places
   * past its edge show the edge.
   */
  write(shift?: NodeField, displacement?: Displacement): void {
    if (displacement !== undefined) this.#displace(displacement);
    if (shift !== undefined) this.#kernels.shiftNodes(this.nodes, this.placeField(shift));
    this.#kernels.writeMap(this.nodes, this.map.address);
  }

  /** Puts a field where the kernels can read it, until the next one is. */
  placeField({ x, y }: NodeField): PlacedField {
    const { field } = this.#room;
    this.#floats(field.x, x.length).set(x);
    this.#floats(field.y, y.length).set(y);
    return field;
  }

  #displace({ field, share }: Displacement): void {
    const { width, height } = field;
    const along = this.#placeGrid({ width, height, data: field.dx }, 0);
    const down = this.#placeGrid({ width, height, data: field.dy }, 1);
    this.#kernels.displaceNodes(this.nodes, along, down, share);
  }

  #placeGrid({ width, height, data }: Grid, index: 0 | 1): PlacedGrid {
    if (data.length > MOST_CELLS) {
      throw new RangeError(
        `A grid of ${width}x${height} is larger than the ${MOST_CELLS} cells kept for one.`,
      );
    }
    const address = this.#room.grids[index];
    this.#floats(address, data.length).set(data);
    return { address, width, height };
  }

  #floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }
}

/** What a source map works with. */
export interface SourceMapPlace {
  readonly room: SourceMapRoom;
  readonly kernels: MapKernels;
  readonly memory: KernelMemory;
}

function placeAlone(size: FrameSize): SourceMapPlace {
  const layout = new MemoryLayout();
  const room = reserveSourceMap(layout, size);
  const memory = { buffer: new ArrayBuffer(layout.byteLength) };
  return { room, kernels: createTypeScriptMapKernels(memory), memory };
}

function termsOf({ zoom, roll, panX, panY, truckX, truckY, dolly, pivot }: Pose): CameraTerms {
  const steps = dolly === 0 && truckX === 0 && truckY === 0 ? 0 : FIXED_POINT_STEPS;
  const cosine = settled(Math.cos(roll)) / zoom;
  const sine = settled(Math.sin(roll)) / zoom;
  return { cosine, sine, panX, panY, truckX, truckY, dolly, pivot, steps };
}

/** Sine and cosine to 1e-9, where all JavaScript engines agree: a thousandth of the map's unit at the widest frame. */
function settled(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
