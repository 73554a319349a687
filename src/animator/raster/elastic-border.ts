/**
 * The elastic border: where a view would look past the picture, the picture's rim is stretched to meet it instead of being
 * repeated or mirrored. Inside the margins nothing moves; at the rim the picture is stretched at most 2.7 times.
 */

/** Share of a side over which the stretch is spread at least. */
const MARGIN_SHARE = 0.16;
/** Margin per pixel of overshoot: the slope at the rim is 1 - 2 / (1 + 2.2) = 0.375. */
const MARGIN_PER_OVERSHOOT = 2.2;

/**
 * Pulls the coordinates of one axis into first..last, in place. With e pixels inside a margin m and an overshoot of o pixels, e
 * becomes e - o e^2 / (m + o)^2, so that m + o lands on m, the rim. Nothing moves where nothing overshoots.
 */
export function fitIntoPicture(coordinates: Float64Array, first: number, last: number): void {
  let lowest = first;
  let highest = last;
  for (const coordinate of coordinates) {
    if (coordinate < lowest) lowest = coordinate;
    if (coordinate > highest) highest = coordinate;
  }
  if (lowest === first && highest === last) return;
  const low = stretchFor(first - lowest, last - first);
  const high = stretchFor(highest - last, last - first);
  for (let index = 0; index < coordinates.length; index += 1) {
    const coordinate = coordinates[index]!;
    const insideLow = Math.max(0, first + low.margin - coordinate);
    const insideHigh = Math.max(0, coordinate - (last - high.margin));
    const fitted = coordinate + low.pull * insideLow * insideLow - high.pull * insideHigh * insideHigh;
    // Overshoots of more than a fifth of the side on both ends let the margins overlap; the edge still holds.
    coordinates[index] = Math.max(first, Math.min(last, fitted));
  }
}

function stretchFor(overshoot: number, length: number): { readonly margin: number; readonly pull: number } {
  const margin = Math.max(MARGIN_SHARE * (length + 1), MARGIN_PER_OVERSHOOT * overshoot);
  return { margin, pull: overshoot / ((margin + overshoot) * (margin + overshoot)) };
}
