/**
 * Where the camera is at one frame. With p' an output pixel relative to the centre, in pixels at output size:
 *
 *     q = R(roll) * p' / zoom + (panX, panY)
 *     p = q * (1 - dolly * w(p)) + (truckX, truckY) * (w(p) - pivot)      solved for the source position p
 *
 * w is the inverse depth, 1 nearest and 0 at infinity.
 */
export interface Pose {
  /** Magnification without parallax; 1 leaves the picture as fitted. */
  readonly zoom: number;
  /** Shift of the view over the picture, in output pixels. */
  readonly panX: number;
  readonly panY: number;
  /** Radians, positive turns the view clockwise. */
  readonly roll: number;
  /** Lateral travel in output pixels at w = 1. */
  readonly truckX: number;
  readonly truckY: number;
  /** Forward travel: positive brings near things closer. */
  readonly dolly: number;
  /** The inverse depth that a truck leaves in place. */
  readonly pivot: number;
}

/** The camera at rest: the picture exactly as it was fitted. */
export const REST_POSE: Pose = {
  zoom: 1,
  panX: 0,
  panY: 0,
  roll: 0,
  truckX: 0,
  truckY: 0,
  dolly: 0,
  pivot: 0,
};
