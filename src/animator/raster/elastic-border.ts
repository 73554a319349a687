/**
 * The elastic border: where a view would look past the picture, the picture's rim is stretched to meet it instead of being
 * repeated or mirrored. Inside the margins nothing moves; at the rim the picture is stretched at most 2.7 times.
 */

/** Share of a side over which the stretch is spread at least. */
const MARGIN_SHARE = 0.16;
/** Margin per pixel of overshoot: the slope at the rim is 1 - 2 / (1 + 2.2) = 0.375. */
const MARGIN_PER_OVERSHOOT = 2.2;

/**
 * Pulls the coordinates of one axis into 0..last, in place. With e pixels inside a margin m and an overshoot of o pixels, e
 * becomes e - o e^2 / (m + o)^2, so that m + o lands on m, the rim. Nothing moves where nothing overshoots.
 */
export function fitIntoPicture(coordinates: Float64Array, last: number): void {
  let lowest = 0;
  let highest = last;
  for (const coordinate of coordinates) {
    if (coordinate < lowest) lowest = coordinate;
    if (coordinate > highest) highest = coordinate;
  }
  if (lowest === 0 && highest === last) return;
  const low = stretchFor(-lowest, last);
  const high = stretchFor(highest - last, last);
  for (let index = 0; index < coordinates.length; index += 1) {
    const coordinate = coordinates[index]!;
    const insideLow = Math.max(0, low.margin - coordinate);
    const insideHigh = Math.max(0, coordinate - (last - high.margin));
    const fitted = coordinate + low.pull * insideLow * insideLow - high.pull * insideHigh * insideHigh;
    // Overshoots of more than a fifth of the side on both ends let the margins overlap; the edge still holds.
    coordinates[index] = Math.max(0, Math.min(last, fitted));
  }
}

function stretchFor(overshoot: number, last: number): { readonly margin: number; readonly pull: number } {
  const margin = Math.max(MARGIN_SHARE * (last + 1), MARGIN_PER_OVERSHOOT * overshoot);
  return { margin, pull: overshoot / ((margin + overshoot) * (margin + overshoot)) };
}
