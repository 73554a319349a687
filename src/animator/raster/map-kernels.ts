/**
 * The contract of the map kernels: where a frame reads its pictures, solved at every 8th pixel. Like the frame kernels they work on one block of
 * memory, and every implementation gives the same bytes: 64-bit floating point, in the order of operations that
 * `map-kernels-typescript.ts` and `flow-map-kernels-typescript.ts` set down. `assembly/map.ts` and `assembly/flow-map.ts` are the same in
 * WebAssembly SIMD, where x and y are the two lanes of one vector.
 */

/** The nodes of a frame of `width` by `height` pixels. A node's position is what the camera sees there, in pixels of the picture. */
export interface NodeTable {
  /** Nodes in a row, and rows; see `countNodes`. */
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Pixels that the picture goes on for beyond the frame's left and right sides, and beyond its upper and lower ones. */
  readonly beyondX: number;
  readonly beyondY: number;
  /** Addresses of the positions, Float64, row by row. */
  readonly x: number;
  readonly y: number;
  /** Address of 16 bytes for every column: what `place` works on. */
  readonly row: number;
}

/** Values that cover the picture evenly, Float32, row by row; at least 2 x 2 of them. */
export interface PlacedGrid {
  readonly address: number;
  readonly width: number;
  readonly height: number;
}

/** A `Pose` as its equation needs it: sine and cosine of the roll are divided by the zoom already. */
export interface CameraTerms {
  readonly cosine: number;
  readonly sine: number;
  readonly panX: number;
  readonly panY: number;
  readonly truckX: number;
  readonly truckY: number;
  readonly dolly: number;
  readonly pivot: number;
  /** Of the fixed point; 0 when depth means nothing to the pose. */
  readonly steps: number;
}

/** Addresses of a vector's parts at the nodes of a picture, Float32, row by row; as many as the frame has nodes. */
export interface PlacedField {
  readonly x: number;
  readonly y: number;
}

/**
 * How much of a matte lies above and to the left of every corner of its blocks of `COVERAGE_BLOCK` pixels, Int32: the count of blocks that
 * hold anything, and of those that are not opaque throughout.
 */
export interface PlacedCoverage {
  readonly columns: number;
  readonly rows: number;
  /** How far the matte's first pixel lies to the left of the frame's at rest, and above it. */
  readonly beyondX: number;
  readonly beyondY: number;
  readonly touched: number;
  readonly open: number;
}

/** Side of the blocks that a matte is counted in, pixels. */
export const COVERAGE_BLOCK = 8;

/** Where the two readings of a fluid's plate are written, maps of the plate, and what displaces them: `field` times a factor. */
export interface FlowReadings {
  readonly field: PlacedField;
  readonly first: number;
  readonly firstFactor: number;
  /** Undefined for a single reading. */
  readonly second: { readonly address: number; readonly factor: number } | undefined;
  /** Where the plate's first pixel lies in the picture, and the plate's size, pixels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Values at the nodes of a picture, Float32; an address of 0 stands for zeros. */
export interface FlowTones {
  readonly share: number;
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
  readonly gain: number;
  readonly contrastGain: number;
  /** Where the k and c of the three planes are written; see `kernels.ts`. */
  readonly toLuma: number;
  readonly toCb: number;
  readonly toCr: number;
}

export interface MapKernels {
  /** Solves the equation of the pose, and pulls what lies beyond the picture back to its rim; see `source-map.ts` and `elastic-border.ts`. */
  placeNodes(nodes: NodeTable, camera: CameraTerms, depth: PlacedGrid): void;
  /** Moves every position by `share` of what the grids hold there, in cells of the grids, and not beyond the picture. */
  displaceNodes(nodes: NodeTable, along: PlacedGrid, down: PlacedGrid, share: number): void;
  /** Moves every position by the field's vector there. */
  shiftNodes(nodes: NodeTable, field: PlacedField): void;
  /** Extends the positions to the nodes beyond the picture, and writes the map at `map`: U and V of every node as in `WarpMap`. */
  writeMap(nodes: NodeTable, map: number): void;
  /** Reads a grid of 0..1 at every position: Int16 of 0..`FULL_MIX` at `weights`. */
  weighNodes(nodes: NodeTable, grid: PlacedGrid, weights: number): void;
  /**
   * Writes `CELL_UNTOUCHED`, `CELL_MIXED` or `CELL_OPAQUE` for each of the cells between the nodes, from whose opacity the coverage was counted.
   * The two cells of a pair get the same, judged over both. Returns whether any cell is touched.
   */
  classifyCells(nodes: NodeTable, coverage: PlacedCoverage, cells: number): boolean;
  /** Adds to the cells at `covered` which of those at `cells` are opaque. */
  coverCells(nodes: NodeTable, cells: number, covered: number): void;
  /** Where a fluid's plate is read, at every node from the first to the last of its row that a touched cell has for a corner. */
  writeReadings(nodes: NodeTable, cells: number, readings: FlowReadings): void;
  /** How a fluid's light changes, at the same nodes. */
  writeTones(nodes: NodeTable, cells: number, tones: FlowTones): void;
}
