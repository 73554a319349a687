/** Words of SVG from which the stills are drawn: sizes, gradients, textures and lettering that need no font. */
import { GLYPHS } from './glyphs.ts';

/** A drawing: `body` is SVG on a canvas of `width` by `height` pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

export const toSvg = ({ width, height, body }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;

/** A gradient from top to bottom, or across; stops are evenly spread colours. Use it as `fill="url(#id)"`. */
export function gradient(
  id: string,
  colours: readonly string[],
  direction: 'down' | 'across' = 'down',
): string {
  const end = direction === 'down' ? 'x2="0" y2="1"' : 'x2="1" y2="0"';
  const stops = colours.map(
    (colour, i) => `<stop offset="${i / (colours.length - 1)}" stop-color="${colour}"/>`,
  );
  return `<linearGradient id="${id}" x1="0" y1="0" ${end}>${stops.join('')}</linearGradient>`;
}

/** A gradient from the middle outwards. */
export function glow(id: string, colours: readonly string[]): string {
  const stops = colours.map(
    (colour, i) => `<stop offset="${i / (colours.length - 1)}" stop-color="${colour}"/>`,
  );
  return `<radialGradient id="${id}">${stops.join('')}</radialGradient>`;
}

/** A filter that darkens what it is applied to by fractal noise; `frequency` is in swings a pixel, across and down. */
export function texture(id: string, frequency: string, contrast: number, seed: number): string {
  const channel = `${contrast} 0 0 0 ${1 - 0.62 * contrast} `;
  return `<filter id="${id}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">
    <feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="4" seed="${seed}"/>
    <feColorMatrix values="${channel.repeat(3)} 0 0 0 0 1" result="noise"/>
    <feBlend in="SourceGraphic" in2="noise" mode="multiply"/>
    <feComposite operator="in" in2="SourceGraphic"/></filter>`;
}

export const blur = (id: string, sigma: number): string =>
  `<filter id="${id}" x="-0.3" y="-0.3" width="1.6" height="1.6"><feGaussianBlur stdDeviation="${sigma}"/></filter>`;

export const rect = (x: number, y: number, width: number, height: number, look: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${look}/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, look: string): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" ${look}/>`;

export const shape = (path: string, look: string): string => `<path d="${path}" ${look}/>`;

/** Lettering of 5 x 7 squares of `dot` pixels each; `x`, `y` is the upper left corner. Unknown characters are blank. */
export function lettering(text: string, x: number, y: number, dot: number, look: string): string {
  let path = '';
  for (const [place, character] of [...text.toUpperCase()].entries()) {
    for (const [row, line] of (GLYPHS[character] ?? []).entries()) {
      for (const [column, mark] of [...line].entries()) {
        if (mark !== '#') continue;
        path += `M${x + (6 * place + column) * dot} ${y + row * dot}h${dot}v${dot}h${-dot}z`;
      }
    }
  }
  return shape(path, look);
}

/** `count` numbers in 0..1, always the same for a stream: places leaves, stars and windows. */
export function scatter(count: number, stream: number): readonly number[] {
  let state = Math.imul(stream + 1, 0x9e37_79b1) | 1;
  return Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  });
}
