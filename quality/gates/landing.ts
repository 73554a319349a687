/** Where a point of the still comes to lie in a frame, by the equations of pose.ts and the depth it is drawn with. */
import type { Pose } from '#animator/camera/pose.ts';
import type { Grid } from '#animator/scene/scene.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { type MapNodes, NODE_PX } from './map-gates.ts';
import type { Point } from './track-points.ts';

/** A frame's camera. */
export interface Standpoint {
  readonly size: FrameSize;
  readonly pose: Pose;
  readonly depth: Grid;
}

/** Inverse depth of the cell that holds a point. */
export function depthAt({ depth, size }: Pick<Standpoint, 'depth' | 'size'>, { x, y }: Point): number {
  const column = Math.min(depth.width - 1, Math.max(0, Math.floor(((x + 0.5) * depth.width) / size.width)));
  const row = Math.min(depth.height - 1, Math.max(0, Math.floor(((y + 0.5) * depth.height) / size.height)));
  return depth.data[row * depth.width + column]!;
}

/** @param w The point's inverse depth. */
export function landing({ pose, size }: Pick<Standpoint, 'pose' | 'size'>, point: Point, w: number): Point {
  const [centreX, centreY] = [(size.width - 1) / 2, (size.height - 1) / 2];
  const x = (point.x - centreX - pose.truckX * (w - pose.pivot)) / (1 - pose.dolly * w) - pose.panX;
  const y = (point.y - centreY - pose.truckY * (w - pose.pivot)) / (1 - pose.dolly * w) - pose.panY;
  const [cosine, sine] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  return {
    x: centreX + pose.zoom * (cosine * x + sine * y),
    y: centreY + pose.zoom * (cosine * y - sine * x),
  };
}

/**
 * How far what is seen at every node of one frame has gone by a later one, pixels: the dense flow of the camera, exact where
 * no border is stretched, without what moves by itself.
 */
export function cameraFlow(earlier: MapNodes, later: Standpoint): readonly number[] {
  const lengths: number[] = [];
  for (let y = 0; y < earlier.size.height; y += NODE_PX) {
    for (let x = 0; x < earlier.size.width; x += NODE_PX) {
      const node = (y / NODE_PX) * earlier.columns + x / NODE_PX;
      const source = { x: earlier.sourceX[node]!, y: earlier.sourceY[node]! };
      const end = landing(later, source, depthAt(later, source));
      lengths.push(Math.hypot(end.x - x, end.y - y));
    }
  }
  return lengths;
}
