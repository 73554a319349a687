/** Stills that are flat or hardly a scene: product, poster, flat lay, night lights, thumbnail, animation and dots. */
import {
  blur,
  type Drawing,
  ellipse,
  glow,
  gradient,
  lettering,
  rect,
  scatter,
  shape,
  texture,
} from './svg.ts';

export function product(): Drawing {
  const body = [
    `<defs>${gradient('glass', ['#0f3d35', '#2f8a74', '#124a40', '#0b2e28'], 'across')}${blur('soft', 18)}</defs>`,
    rect(0, 0, 960, 960, 'fill="#ffffff"'),
    ellipse(490, 850, 210, 26, 'fill="#9a9a9a" filter="url(#soft)"'),
    shape(
      'M400 320Q400 260 440 240L440 120L520 120L520 240Q560 260 560 320L560 840Q480 862 400 840z',
      'fill="url(#glass)"',
    ),
    rect(434, 96, 92, 44, 'fill="#1b1b1b"'),
    rect(404, 460, 152, 190, 'fill="#f2ead6"'),
    lettering('No 7', 420, 490, 5, 'fill="#243b34"'),
    lettering('TONIC', 420, 560, 4, 'fill="#8c3a2b"'),
    shape('M426 330L426 820', 'stroke="#ffffff" stroke-width="6" opacity="0.5"'),
  ].join('');
  return { width: 960, height: 960, body };
}

export function poster(): Drawing {
  const body = [
    rect(0, 0, 1280, 720, 'fill="#f4efe2"'),
    rect(0, 0, 1280, 120, 'fill="#1f2f4a"'),
    lettering('Annual report 2031', 60, 36, 8, 'fill="#f4efe2"'),
    lettering('Sales by quarter, in millions', 60, 160, 4, 'fill="#333333"'),
    ...[180, 260, 220, 330].map((h, i) =>
      rect(100 + 130 * i, 640 - h, 90, h, `fill="${['#c7522a', '#e5c185', '#74a892', '#008585'][i]}"`),
    ),
    shape('M80 640H640', 'stroke="#222222" stroke-width="4"'),
    ...Array.from({ length: 12 }, (_, i) =>
      lettering('The quick brown fox 0123456789', 720, 230 + 34 * i, 2.6, 'fill="#444444"'),
    ),
    ellipse(1130, 180, 40, 40, 'fill="none" stroke="#c7522a" stroke-width="10"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** Things on a table, seen from straight above. */
export function flatLay(): Drawing {
  const body = [
    `<defs>${texture('wood', '0.004 0.12', 0.6, 12)}${texture('leather', '0.3', 0.4, 4)}${blur('shadow', 8)}</defs>`,
    rect(0, 0, 1280, 720, 'fill="#b98a5a" filter="url(#wood)"'),
    `<g filter="url(#shadow)" opacity="0.5">${rect(126, 136, 330, 440, '')}${ellipse(700, 232, 132, 132, '')}${rect(912, 386, 270, 190, '')}</g>`,
    rect(120, 130, 330, 440, 'fill="#27384a" filter="url(#leather)"'),
    rect(150, 160, 270, 380, 'fill="none" stroke="#c9a24b" stroke-width="4"'),
    ellipse(694, 226, 132, 132, 'fill="#f3efe8"'),
    ellipse(694, 226, 92, 92, 'fill="#3b2114"'),
    rect(906, 380, 270, 190, 'fill="#1a1a1c"'),
    ellipse(1040, 475, 70, 70, 'fill="#39393f" stroke="#8a8a90" stroke-width="8"'),
    shape('M540 520L840 640L836 652L536 532z', 'fill="#d8472b"'),
    ellipse(980, 170, 60, 60, 'fill="#6b8e3d"'),
    ellipse(1080, 200, 48, 48, 'fill="#86a653"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** A town at night over its river: small lights on near black. */
export function night(): Drawing {
  const chance = scatter(900, 51);
  const towers = Array.from({ length: 14 }, (_, i) => ({
    x: 92 * i,
    top: 190 + 190 * chance[i]!,
    width: 84,
  }));
  const lights = towers.flatMap(({ x, top, width }, tower) =>
    Array.from({ length: 40 }, (_, i) => {
      if (chance[(tower * 40 + i) % 900]! < 0.55) return '';
      const [column, row] = [i % 4, Math.floor(i / 4)];
      const y = top + 16 + 26 * row;
      return y > 460 ? '' : rect(x + 10 + column * (width / 4.6), y, 9, 13, 'fill="#ffd58a"');
    }),
  );
  const body = [
    `<defs>${gradient('sky', ['#04060f', '#10182c'])}${gradient('river', ['#0b1220', '#04060b'])}${glow('moon', ['#fdf6d8', '#fdf6d800'])}${texture('ripple', '0.01 0.15', 0.9, 3)}</defs>`,
    rect(0, 0, 1280, 720, 'fill="url(#sky)"'),
    ellipse(1020, 110, 70, 70, 'fill="url(#moon)"'),
    ...Array.from({ length: 120 }, (_, i) =>
      rect(1280 * chance[2 * i]!, 200 * chance[2 * i + 1]!, 2, 2, 'fill="#cfd8ff"'),
    ),
    ...towers.map(({ x, top, width }) => rect(x, top, width, 480 - top, 'fill="#0a0d16"')),
    ...lights,
    rect(0, 480, 1280, 240, 'fill="url(#river)"'),
    ...towers.map(({ x }) => rect(x + 30, 485, 14, 200, 'fill="#b98a3e" opacity="0.35"')),
    rect(0, 480, 1280, 240, 'fill="#101828" opacity="0.4" filter="url(#ripple)"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** 64 x 48 pixels, to be enlarged more than tenfold. */
export function thumbnail(): Drawing {
  const body = [
    rect(0, 0, 64, 26, 'fill="#7fb2e5"'),
    rect(0, 26, 64, 22, 'fill="#5a8a3a"'),
    shape('M4 26L20 10L34 26z', 'fill="#7c7f86"'),
    rect(40, 16, 14, 16, 'fill="#c0563c"'),
    shape('M38 17L47 8L56 17z', 'fill="#5b2a20"'),
    ellipse(54, 7, 4, 4, 'fill="#fff2a8"'),
    rect(45, 24, 4, 8, 'fill="#2a1c14"'),
  ].join('');
  return { width: 64, height: 48, body };
}

/** One phase of a ball that bounces: 0 is the frame that counts. */
export function bouncingBall(phase: number): Drawing {
  const y = 120 + 90 * phase;
  const body = [
    rect(0, 0, 480, 360, 'fill="#fff3d6"'),
    rect(0, 290, 480, 70, 'fill="#6a9a5b"'),
    ellipse(240, 300, 30 + 10 * phase, 8, 'fill="#3d5a34"'),
    ellipse(240, y, 46, 46, 'fill="#d8332b" stroke="#5c120e" stroke-width="6"'),
    shape(`M200 ${y}h80M240 ${y - 40}v80`, 'stroke="#5c120e" stroke-width="5"'),
    rect(40, 60, 60, 200, 'fill="#3a5fa0"'),
    rect(390, 140, 50, 150, 'fill="#e0a030"'),
  ].join('');
  return { width: 480, height: 360, body };
}

/** Round dots in even rows on grey: shows every displacement. */
export function dotGrid(): Drawing {
  const dots = Array.from({ length: 32 * 18 }, (_, i) =>
    ellipse(
      20 + 40 * (i % 32),
      20 + 40 * Math.floor(i / 32),
      9,
      9,
      `fill="${i % 5 === 0 ? '#a01818' : '#101010'}"`,
    ),
  );
  return { width: 1280, height: 720, body: rect(0, 0, 1280, 720, 'fill="#d8d8d8"') + dots.join('') };
}
