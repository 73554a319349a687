/** A displacement for every cell of a grid that covers the picture evenly, row by row, in cells of the grid. */
export interface FlowField {
  readonly width: number;
  readonly height: number;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/** Where a picture is read instead of where the camera looks: `share` of `field` further. */
export interface Displacement {
  readonly field: FlowField;
  readonly share: number;
}
