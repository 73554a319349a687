/** The six ratios that the endpoints sell, widest first. */
export const ASPECT_RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'] as const;

export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** Width over height. */
export function ratioOf(aspectRatio: AspectRatio): number {
  const [width, height] = aspectRatio.split(':').map(Number);
  return width! / height!;
}

/** The sold ratio closest to `width / height`, compared on a logarithmic scale so that tall and wide are treated alike. */
export function nearestAspectRatio(width: number, height: number): AspectRatio {
  const distance = (candidate: AspectRatio) => Math.abs(Math.log(ratioOf(candidate) * (height / width)));
  return ASPECT_RATIOS.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
}
