/** The map kernels in plain TypeScript: the reference for `assembly/map.ts`. The fluids' part is in `flow-map-kernels-typescript.ts`. */
import { fitIntoPicture } from './elastic-border.ts';
import { createTypeScriptFlowMapKernels } from './flow-map-kernels-typescript.ts';
import { CELL_SIDE, FULL_MIX, type KernelMemory } from './kernels.ts';
import type { CameraTerms, MapKernels, NodeTable, PlacedField, PlacedGrid } from './map-kernels.ts';
import { toUnits } from './map-units.ts';
import { NodePlace } from './node-place.ts';

export function createTypeScriptMapKernels({ buffer }: KernelMemory): MapKernels {
  const values = new Float32Array(buffer);
  const positions = new Float64Array(buffer);
  const words = new Int32Array(buffer);
  const halves = new Int16Array(buffer);
  return {
    placeNodes: (nodes, camera, depth) => placeNodes(positions, values, nodes, camera, depth),
    displaceNodes: (nodes, along, down, share) => displaceNodes(positions, values, nodes, along, down, share),
    shiftNodes: (nodes, field) => shiftNodes(positions, values, nodes, field),
    writeMap: (nodes, map) => writeMap(positions, words, nodes, map),
    weighNodes: (nodes, grid, weights) => weighNodes(positions, values, halves, nodes, grid, weights),
    ...createTypeScriptFlowMapKernels(positions, values, words, halves),
  };
}

function placeNodes(
  positions: Float64Array,
  values: Float32Array,
  nodes: NodeTable,
  camera: CameraTerms,
  depth: PlacedGrid,
): void {
  const { columns, rows, width, height, beyondX, beyondY } = nodes;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1)
      placeNode(positions, values, nodes, camera, depth, column, row);
  }
  const axis = (address: number) => positions.subarray(address >> 3, (address >> 3) + columns * rows);
  fitIntoPicture(axis(nodes.x), 0 - beyondX, width - 1 + beyondX);
  fitIntoPicture(axis(nodes.y), 0 - beyondY, height - 1 + beyondY);
}

/** p from q of `Pose`, with p = q as the first guess; beyond the picture, at the outermost pixel. */
function placeNode(
  positions: Float64Array,
  values: Float32Array,
  { columns, width, height, x, y }: NodeTable,
  { cosine, sine, panX, panY, truckX, truckY, dolly, pivot, steps }: CameraTerms,
  depth: PlacedGrid,
  column: number,
  row: number,
): void {
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  const fromCentreX = Math.min(CELL_SIDE * column, width - 1) - centreX;
  const fromCentreY = Math.min(CELL_SIDE * row, height - 1) - centreY;
  const viewX = cosine * fromCentreX - sine * fromCentreY + panX;
  const viewY = sine * fromCentreX + cosine * fromCentreY + panY;
  let sourceX = viewX + centreX;
  let sourceY = viewY + centreY;
  for (let step = 0; step < steps; step += 1) {
    place.inGrid(depth, sourceX, sourceY, width, height);
    const w = place.read(values, depth.address);
    sourceX = viewX * (1 - dolly * w) + truckX * (w - pivot) + centreX;
    sourceY = viewY * (1 - dolly * w) + truckY * (w - pivot) + centreY;
  }
  positions[(x >> 3) + row * columns + column] = sourceX;
  positions[(y >> 3) + row * columns + column] = sourceY;
}

const place = new NodePlace();

function displaceNodes(
  positions: Float64Array,
  values: Float32Array,
  { columns, rows, width, height, x, y }: NodeTable,
  along: PlacedGrid,
  down: PlacedGrid,
  share: number,
): void {
  const cellsPerX = along.width / width;
  const cellsPerY = along.height / height;
  for (let node = 0; node < columns * rows; node += 1) {
    const [sourceX, sourceY] = [positions[(x >> 3) + node]!, positions[(y >> 3) + node]!];
    place.inGrid(along, sourceX, sourceY, width, height);
    const toX = sourceX + (share * place.read(values, along.address)) / cellsPerX;
    const toY = sourceY + (share * place.read(values, down.address)) / cellsPerY;
    positions[(x >> 3) + node] = Math.max(0, Math.min(width - 1, toX));
    positions[(y >> 3) + node] = Math.max(0, Math.min(height - 1, toY));
  }
}

function shiftNodes(
  positions: Float64Array,
  values: Float32Array,
  { columns, rows, x, y }: NodeTable,
  field: PlacedField,
): void {
  for (let node = 0; node < columns * rows; node += 1) {
    const [sourceX, sourceY] = [positions[(x >> 3) + node]!, positions[(y >> 3) + node]!];
    place.amongNodes(columns, rows, sourceX, sourceY);
    positions[(x >> 3) + node] = sourceX + place.read(values, field.x);
    positions[(y >> 3) + node] = sourceY + place.read(values, field.y);
  }
}

function weighNodes(
  positions: Float64Array,
  values: Float32Array,
  halves: Int16Array,
  { columns, rows, width, height, x, y }: NodeTable,
  grid: PlacedGrid,
  weights: number,
): void {
  for (let node = 0; node < columns * rows; node += 1) {
    place.inGrid(grid, positions[(x >> 3) + node]!, positions[(y >> 3) + node]!, width, height);
    const weight = Math.max(0, Math.min(1, place.read(values, grid.address)));
    halves[(weights >> 1) + node] = Math.floor(FULL_MIX * weight + 0.5);
  }
}

function writeMap(positions: Float64Array, words: Int32Array, nodes: NodeTable, map: number): void {
  const { columns, rows, width, height, beyondX, beyondY, x, y } = nodes;
  for (const address of [x, y]) {
    const source = address >> 3;
    for (let row = 0; row < rows; row += 1) extrapolate(positions, source + row * columns, 1, width, columns);
    for (let column = 0; column < columns; column += 1)
      extrapolate(positions, source + column, columns, height, rows);
  }
  for (let node = 0; node < columns * rows; node += 1) {
    words[(map >> 2) + 2 * node] = toUnits(positions[(x >> 3) + node]!, width, beyondX);
    words[(map >> 2) + 2 * node + 1] = toUnits(positions[(y >> 3) + node]!, height, beyondY);
  }
}

/** Continues the line from the last inner node through the outermost pixel, which is where the edge node was solved. */
function extrapolate(
  positions: Float64Array,
  first: number,
  step: number,
  length: number,
  nodeCount: number,
): void {
  /** The first node at or beyond the outermost pixel: it and all later ones are extrapolated. */
  const edgeNode = Math.ceil((length - 1) / CELL_SIDE);
  const inner = positions[first + (edgeNode - 1) * step]!;
  const rise = positions[first + edgeNode * step]! - inner;
  const innerPosition = CELL_SIDE * (edgeNode - 1);
  for (let node = edgeNode; node < nodeCount; node += 1) {
    positions[first + node * step] =
      inner + (rise * (CELL_SIDE * node - innerPosition)) / (length - 1 - innerPosition);
  }
}
