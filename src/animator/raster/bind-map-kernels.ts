/** The map kernels of the WebAssembly module behind their contract. */
import type { MapKernels } from './map-kernels.ts';

/** The exports of `assembly/map.ts` and `assembly/flow-map.ts`. */
export interface WasmMapKernels {
  placeNodes(...values: readonly number[]): void;
  displaceNodes(...values: readonly number[]): void;
  shiftNodes(...values: readonly number[]): void;
  weighNodes(...values: readonly number[]): void;
  writeMap(...values: readonly number[]): void;
  classifyCells(...values: readonly number[]): number;
  coverCells(...values: readonly number[]): void;
  writeReadings(...values: readonly number[]): void;
  writeTones(...values: readonly number[]): void;
}

export function bindMapKernels(exports: WasmMapKernels): MapKernels {
  return { ...bindPlacing(exports), ...bindFlow(exports) };
}

function bindPlacing(
  exports: WasmMapKernels,
): Pick<MapKernels, 'placeNodes' | 'displaceNodes' | 'shiftNodes' | 'weighNodes' | 'writeMap'> {
  return {
    placeNodes({ x, y, columns, rows, width, height, beyondX, beyondY, row }, camera, depth) {
      const { cosine, sine, panX, panY, truckX, truckY, dolly, pivot, steps } = camera;
      exports.placeNodes(
        ...[x, y, columns, rows, width, height, beyondX, beyondY, row],
        ...[cosine, sine, panX, panY, truckX, truckY, dolly, pivot, steps],
        ...[depth.address, depth.width, depth.height],
      );
    },
    displaceNodes({ x, y, columns, rows, width, height }, along, down, share) {
      const grids = [along.address, down.address, along.width, along.height];
      exports.displaceNodes(x, y, columns * rows, width, height, ...grids, share);
    },
    shiftNodes: ({ x, y, columns, rows }, field) => exports.shiftNodes(x, y, columns, rows, field.x, field.y),
    weighNodes: ({ x, y, columns, rows, width, height }, grid, weights) =>
      exports.weighNodes(x, y, columns * rows, width, height, grid.address, grid.width, grid.height, weights),
    writeMap: ({ x, y, columns, rows, width, height, beyondX, beyondY }, map) =>
      exports.writeMap(x, y, columns, rows, width, height, beyondX, beyondY, map),
  };
}

function bindFlow(
  exports: WasmMapKernels,
): Pick<MapKernels, 'classifyCells' | 'coverCells' | 'writeReadings' | 'writeTones'> {
  return {
    classifyCells({ x, y, columns, rows }, coverage, cells) {
      const { beyondX, beyondY, touched, open } = coverage;
      const blocks = [coverage.columns, coverage.rows, beyondX, beyondY, touched, open];
      return exports.classifyCells(x, y, columns, rows, ...blocks, cells) !== 0;
    },
    coverCells: ({ columns, rows }, cells, covered) =>
      exports.coverCells(cells, covered, (columns - 1) * (rows - 1)),
    writeReadings({ x, y, columns, rows }, cells, readings) {
      const { field, first, firstFactor, second, left, top, width, height } = readings;
      exports.writeReadings(
        ...[x, y, columns, rows, cells, field.x, field.y],
        ...[first, firstFactor, second?.address ?? 0, second?.factor ?? 0],
        ...[left, top, width, height],
      );
    },
    writeTones({ x, y, columns, rows }, cells, tones) {
      const { share, luma, cb, cr, gain, contrastGain, toLuma, toCb, toCr } = tones;
      exports.writeTones(
        ...[x, y, columns, rows, cells],
        ...[share, luma, cb, cr, gain, contrastGain],
        ...[toLuma, toCb, toCr],
      );
    },
  };
}
