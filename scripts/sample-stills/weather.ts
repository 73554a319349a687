/** Light and air of the two lake pictures: where the sun is, what colour everything takes from it. Colours are linear. */
import { type Colour, fractal, lattice, mixColour, noise, scaleColour, smoothstep } from './noise.ts';

export interface Weather {
  /** Towards the sun or what shines in its place: right, up, away. */
  readonly sun: readonly [x: number, y: number, z: number];
  readonly sunlight: Colour;
  readonly skylight: Colour;
  readonly zenith: Colour;
  readonly horizon: Colour;
  /** Added to the horizon on the sun's side. */
  readonly glow: Colour;
  readonly glowFrom: number;
  readonly cloudLit: Colour;
  readonly cloudShade: Colour;
  readonly cloudCover: number;
  readonly haze: Colour;
  /** Metres after which the air has taken most of a thing's own colour. */
  readonly sight: number;
  readonly mist: number;
  readonly water: Colour;
  /** Light in the windows. */
  readonly lamp: Colour;
  readonly stars: number;
}

const unit = (x: number, y: number, z: number): readonly [number, number, number] => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};

export const MORNING: Weather = {
  sun: unit(-0.86, 0.36, 0.28),
  sunlight: [3.6, 2.6, 1.55],
  skylight: [0.3, 0.4, 0.58],
  zenith: [0.11, 0.27, 0.62],
  horizon: [0.78, 0.8, 0.82],
  glow: [0.75, 0.42, 0.14],
  glowFrom: -0.75,
  cloudLit: [1.5, 1.22, 1.0],
  cloudShade: [0.46, 0.52, 0.66],
  cloudCover: 0.5,
  haze: [0.42, 0.56, 0.8],
  sight: 7600,
  mist: 0.45,
  water: [0.012, 0.05, 0.06],
  lamp: [0.5, 0.42, 0.3],
  stars: 0,
};

export const DUSK: Weather = {
  sun: unit(0.35, 0.12, 0.93),
  sunlight: [0.5, 0.22, 0.16],
  skylight: [0.1, 0.12, 0.24],
  zenith: [0.018, 0.03, 0.11],
  horizon: [0.34, 0.2, 0.3],
  glow: [1.25, 0.45, 0.1],
  glowFrom: 0.12,
  cloudLit: [0.95, 0.34, 0.24],
  cloudShade: [0.12, 0.1, 0.2],
  cloudCover: 0.46,
  haze: [0.22, 0.17, 0.3],
  sight: 4200,
  mist: 0.5,
  water: [0.004, 0.008, 0.02],
  lamp: [2.9, 1.12, 0.22],
  stars: 1,
};

/** The sky in the direction `across`, `up` (tangents of the angles from straight ahead). */
export function skyColour(weather: Weather, across: number, up: number): Colour {
  const height = Math.max(0, up);
  const low = Math.exp(-height * 5.5);
  const towardsSun = Math.exp(-((across - weather.glowFrom) ** 2) * 2.2) * Math.exp(-height * 7);
  let colour = mixColour(weather.zenith, weather.horizon, low);
  colour = [
    colour[0] + weather.glow[0] * towardsSun,
    colour[1] + weather.glow[1] * towardsSun,
    colour[2] + weather.glow[2] * towardsSun,
  ];
  if (weather.stars > 0) colour = withStars(colour, weather, across, height);
  return withClouds(colour, weather, across, height);
}

function withStars(colour: Colour, weather: Weather, across: number, height: number): Colour {
  const [x, y] = [across * 260, height * 260];
  const bright = lattice(Math.floor(x), Math.floor(y), 700);
  const off = Math.hypot(x - Math.floor(x) - 0.5, y - Math.floor(y) - 0.5);
  if (bright < 0.99 || off > 0.16) return colour;
  const light = weather.stars * smoothstep(0.12, 0.35, height) * ((bright - 0.99) / 0.01) ** 2 * 0.5;
  return [colour[0] + light, colour[1] + light, colour[2] + 1.1 * light];
}

/** Clouds lie on a plane overhead, so they flatten and crowd towards the horizon. */
function withClouds(colour: Colour, weather: Weather, across: number, height: number): Colour {
  const far = 1 / (height + 0.1);
  const [x, y] = [across * far * 0.55 + 2.3, far * 0.8];
  const density = (px: number, py: number) => {
    const warp = 0.35 * fractal(px * 0.9, py * 0.9, 3, 300);
    return fractal(px * 0.75 + warp, py * 1.3 + warp, 7, 310) + 0.12 * noise(px * 0.3, py * 0.3, 330);
  };
  const here = density(x, y);
  const cover =
    smoothstep(0.52 - weather.cloudCover, 0.82 - weather.cloudCover * 0.9, here) *
    smoothstep(0.015, 0.12, height);
  if (cover === 0) return colour;
  const towardsSun = density(x + 0.22 * Math.sign(weather.glowFrom), y + 0.05);
  const lit = smoothstep(-0.22, 0.2, here - towardsSun);
  return mixColour(colour, mixColour(weather.cloudShade, weather.cloudLit, lit), 0.9 * cover);
}

/** What the air adds between the camera and a thing `distance` away and `height` above the water. */
export function throughAir(
  weather: Weather,
  colour: Colour,
  across: number,
  distance: number,
  height: number,
): Colour {
  const towardsSun = Math.exp(-((across - weather.glowFrom) ** 2) * 2.2);
  const air: Colour = [
    weather.haze[0] + 0.3 * weather.glow[0] * towardsSun,
    weather.haze[1] + 0.3 * weather.glow[1] * towardsSun,
    weather.haze[2] + 0.3 * weather.glow[2] * towardsSun,
  ];
  const clear = Math.exp(-((distance / weather.sight) ** 1.15));
  const inMist = weather.mist * smoothstep(220, 620, distance) * Math.exp(-Math.max(0, height) / 16);
  return mixColour(mixColour(colour, air, 1 - clear), scaleColour(air, 1.05), inMist);
}

/** A surface in the weather's light; `direct` and `ambient` are the shares of sun and sky that reach it. */
export const lightOn = (colour: Colour, weather: Weather, direct: number, ambient: number): Colour => {
  const lit = (channel: 0 | 1 | 2) =>
    colour[channel] * (weather.sunlight[channel] * direct + weather.skylight[channel] * ambient);
  return [lit(0), lit(1), lit(2)];
};
