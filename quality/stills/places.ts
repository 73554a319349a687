/** Stills of places by day: the sea, a street, a room, snow, a wide coast and a tall wood. */
import { blur, type Drawing, ellipse, glow, gradient, rect, scatter, shape, texture } from './svg.ts';

export function sea(): Drawing {
  const body = [
    `<defs>${gradient('sky', ['#5b93cf', '#a9cbe6', '#e9eee6'])}${gradient('sea', ['#6c98ad', '#2c6377', '#12414f'])}
     ${gradient('sand', ['#cdb88c', '#a68a5d'])}${texture('waves', '0.008 0.09', 0.9, 4)}${texture('grain', '0.25', 0.5, 6)}${blur('cloud', 14)}</defs>`,
    rect(0, 0, 1280, 300, 'fill="url(#sky)"'),
    `<g filter="url(#cloud)" fill="#ffffff" opacity="0.8">${ellipse(300, 110, 170, 32, '')}${ellipse(420, 90, 110, 36, '')}${ellipse(930, 150, 220, 26, '')}</g>`,
    rect(0, 290, 1280, 430, 'fill="url(#sea)" filter="url(#waves)"'),
    shape('M0 300L170 250L260 262L330 300z', 'fill="#5d6b66" filter="url(#grain)"'),
    shape(
      'M0 720L0 610Q420 560 700 640Q900 700 1280 690L1280 720z',
      'fill="url(#sand)" filter="url(#grain)"',
    ),
    shape('M0 610Q420 560 700 640Q900 700 1280 690', 'fill="none" stroke="#f2f5f2" stroke-width="10"'),
    shape('M830 440L1010 440L985 470L856 470z', 'fill="#7c2a22"'),
    shape('M915 440L915 300L990 425z', 'fill="#efe9dc"'),
    rect(910, 290, 5, 150, 'fill="#3b2a1d"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** Houses on both sides that run to one vanishing point. */
export function street(): Drawing {
  const [vx, vy] = [640, 330];
  const towards = (x: number, y: number, share: number): string =>
    `${(x + (vx - x) * share).toFixed(1)} ${(y + (vy - y) * share).toFixed(1)}`;
  const tones = ['#a4553f', '#c8a878', '#7d8791', '#b98b62', '#8d5f55', '#9aa08c'];
  const houses = [0, 1, 2, 3, 4].flatMap((i) => {
    const [near, far] = [1 - 0.62 ** i, 1 - 0.62 ** (i + 1)];
    return [0, 1280].flatMap((x, side) => {
      const top = -240 + 130 * ((i + side) % 2);
      const wall = `M${towards(x, top, near)}L${towards(x, top, far)}L${towards(x, 640, far)}L${towards(x, 640, near)}z`;
      const windows = Array.from({ length: 9 }, (_, w) => {
        const [column, row] = [w % 3, Math.floor(w / 3)];
        const a = near + ((far - near) * (column + 0.25)) / 3;
        const b = near + ((far - near) * (column + 0.75)) / 3;
        const y = 20 + 190 * row + 0.3 * top;
        return `M${towards(x, y, a)}L${towards(x, y, b)}L${towards(x, y + 110, b)}L${towards(x, y + 110, a)}z`;
      });
      return [
        shape(wall, `fill="${tones[(2 * i + side) % 6]}" filter="url(#brick)"`),
        shape(windows.join(''), 'fill="#24303c" stroke="#e6dfd2" stroke-width="3"'),
      ];
    });
  });
  const body = [
    `<defs>${gradient('sky', ['#7fa8d4', '#dfe6ea'])}${texture('brick', '0.05 0.12', 0.5, 2)}${texture('tar', '0.3', 0.6, 7)}</defs>`,
    rect(0, 0, 1280, 720, 'fill="url(#sky)"'),
    shape(`M-400 720L${vx} ${vy}L1680 720z`, 'fill="#6d6a68" filter="url(#tar)"'),
    ...houses,
    shape(`M600 720L${vx - 2} ${vy + 14}L${vx + 2} ${vy + 14}L680 720z`, 'fill="#ddd8c8"'),
    shape('M330 470h150l26 46h26v54h-226v-54h10z', 'fill="#a3201c"'),
    ellipse(352, 572, 24, 24, 'fill="#141414"'),
    ellipse(488, 572, 24, 24, 'fill="#141414"'),
    shape('M836 430q22 -44 44 0l14 150h-24l-12 90h-22l-6 -90h-18z', 'fill="#20242b"'),
    ellipse(858, 400, 18, 22, 'fill="#c69374"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** A room seen from the front: back wall, floor, side walls, a window, a sofa, a lamp and a table close by. */
export function interior(): Drawing {
  const boards = Array.from({ length: 15 }, (_, i) => {
    const [top, bottom] = [360 + 40 * i, -560 + 172 * i];
    return shape(`M${top} 470L${bottom} 720`, 'stroke="#5c3c22" stroke-width="3"');
  });
  const body = [
    `<defs>${gradient('day', ['#bcd8ee', '#eef3e6'])}${texture('wood', '0.02 0.2', 0.6, 3)}${texture('wool', '0.4', 0.5, 5)}
     ${gradient('shade', ['#cfc4b2', '#b9ac97'], 'across')}</defs>`,
    rect(0, 0, 1280, 720, 'fill="#d8cdb9"'),
    shape('M0 0L340 110L340 470L0 720z', 'fill="url(#shade)"'),
    shape('M1280 0L940 110L940 470L1280 720z', 'fill="#b3a58e"'),
    shape('M0 0L1280 0L940 110L340 110z', 'fill="#efe9dd"'),
    shape('M0 720L340 470L940 470L1280 720z', 'fill="#94673d" filter="url(#wood)"'),
    ...boards,
    rect(520, 160, 260, 190, 'fill="url(#day)" stroke="#6e5a44" stroke-width="12"'),
    rect(646, 160, 8, 190, 'fill="#6e5a44"'),
    shape('M60 300L230 330L230 520L60 600z', 'fill="#5d3a29" filter="url(#wood)"'),
    shape('M400 400h330v40h30v90h-390v-90h30z', 'fill="#3c6a63" filter="url(#wool)"'),
    rect(835, 260, 8, 220, 'fill="#2d2a28"'),
    shape('M795 270L882 270L862 200L815 200z', 'fill="#f2cf87"'),
    shape('M500 560L930 560L1010 650L420 650z', 'fill="#7a4b2a" filter="url(#wood)"'),
    ellipse(640, 560, 46, 16, 'fill="#e9e4da"'),
    shape('M600 560q0 -70 40 -70t40 70z', 'fill="#c24f38"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** Snow and fog: little but whites. */
export function highKey(): Drawing {
  const trees = scatter(36, 21);
  const trunks = Array.from({ length: 12 }, (_, i) => {
    const [a, b, c] = trees.slice(3 * i, 3 * i + 3) as [number, number, number];
    const [x, y, reach] = [60 + 1160 * a, 430 + 90 * b, 60 + 90 * c];
    return shape(
      `M${x} ${y}L${x - reach / 4} ${y}L${x} ${y - reach}L${x + reach / 4} ${y}z`,
      `fill="#c9ced2" opacity="${0.4 + 0.5 * b}"`,
    );
  });
  const body = [
    `<defs>${gradient('sky', ['#f3f5f7', '#fbfbfb'])}${texture('snow', '0.02 0.06', 0.12, 9)}</defs>`,
    rect(0, 0, 1280, 720, 'fill="url(#sky)"'),
    ...trunks,
    shape('M0 500Q380 430 720 490Q1020 540 1280 470L1280 720L0 720z', 'fill="#f6f8fa" filter="url(#snow)"'),
    shape('M560 720Q600 600 690 520', 'fill="none" stroke="#dfe5ea" stroke-width="22"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** Three times as wide as high: ridges behind each other over a bay. */
export function panorama(): Drawing {
  const ridge = (base: number, swing: number, stream: number): string => {
    const heights = scatter(25, stream);
    return `M0 500${heights.map((h, i) => `L${i * 75} ${(base - swing * h).toFixed(0)}`).join('')}L1800 500z`;
  };
  const body = [
    `<defs>${gradient('sky', ['#3f76b5', '#a8c7e0', '#f0e4cf'])}${gradient('bay', ['#8fb0c2', '#2b5a6c'])}
     ${texture('rock', '0.06', 0.7, 4)}${texture('ripple', '0.006 0.1', 0.7, 2)}</defs>`,
    rect(0, 0, 1800, 600, 'fill="url(#sky)"'),
    shape(ridge(300, 130, 31), 'fill="#8fa3b5"'),
    shape(ridge(340, 90, 32), 'fill="#667f86" filter="url(#rock)"'),
    shape(ridge(380, 60, 33), 'fill="#3f5a46" filter="url(#rock)"'),
    rect(0, 375, 1800, 225, 'fill="url(#bay)" filter="url(#ripple)"'),
    shape('M0 600L0 520Q300 500 520 560L640 600z', 'fill="#4c5b33" filter="url(#rock)"'),
    shape('M1300 440h140l-20 24h-100z', 'fill="#e6e2d8"'),
  ].join('');
  return { width: 1800, height: 600, body };
}

/** Three times as high as wide: trunks, a path and light from above. */
export function tallWood(): Drawing {
  const chance = scatter(42, 41);
  const trunks = Array.from({ length: 14 }, (_, i) => {
    const [x, depth] = [600 * chance[3 * i]!, i / 13];
    const [width, foot] = [10 + 46 * depth ** 2, 1180 + 420 * depth];
    const tone = Math.round(150 - 110 * depth);
    return rect(
      x - width / 2,
      0,
      width,
      foot,
      `fill="rgb(${tone},${tone - 4},${Math.round(tone * 0.8)})" filter="url(#bark)"`,
    );
  });
  const body = [
    `<defs>${gradient('light', ['#eef3d0', '#c9d8a0', '#7d9a5b'])}${texture('bark', '0.15 0.02', 0.7, 3)}
     ${texture('moss', '0.12', 0.8, 6)}${glow('sun', ['#fffbe0', '#fffbe000'])}</defs>`,
    rect(0, 0, 600, 1800, 'fill="url(#light)"'),
    ellipse(340, 240, 260, 300, 'fill="url(#sun)"'),
    shape('M0 1150L600 1130L600 1800L0 1800z', 'fill="#4a5c2d" filter="url(#moss)"'),
    shape('M290 1140L320 1140L470 1800L120 1800z', 'fill="#a08a63" filter="url(#moss)"'),
    ...trunks,
  ].join('');
  return { width: 600, height: 1800, body };
}
