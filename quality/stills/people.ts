/** Stills with a subject before its background: a face that fills the frame, and a cut-out figure with alpha. */
import { blur, type Drawing, ellipse, glow, gradient, rect, scatter, shape, texture } from './svg.ts';

const SKIN = 'url(#skin)';

function eye(x: number, y: number): string {
  return [
    ellipse(x, y, 62, 30, 'fill="#f4efe9"'),
    ellipse(x, y, 28, 29, 'fill="#4a6b57"'),
    ellipse(x, y, 13, 14, 'fill="#0b0b0b"'),
    ellipse(x + 9, y - 9, 5, 5, 'fill="#ffffff"'),
    shape(`M${x - 68} ${y + 4}q68 -66 136 0`, 'fill="none" stroke="#2a1a14" stroke-width="9"'),
    shape(
      `M${x - 78} ${y - 52}q78 -46 160 -6`,
      'fill="none" stroke="#33211a" stroke-width="20" stroke-linecap="round"',
    ),
  ].join('');
}

/** Hair as many thin strands from the crown to both sides. */
function hair(): string {
  const chance = scatter(720, 5);
  return Array.from({ length: 240 }, (_, i) => {
    const [a, b, c] = chance.slice(3 * i, 3 * i + 3) as [number, number, number];
    const side = i % 2 === 0 ? -1 : 1;
    const [startX, endX] = [640 + side * 330 * a, 640 + side * (300 + 110 * b)];
    const tone = Math.round(24 + 50 * c);
    return shape(
      `M${startX} ${20 + 60 * b}Q${640 + side * 430} ${120 + 80 * c} ${endX} ${520 + 200 * c}`,
      `fill="none" stroke="rgb(${tone + 22},${tone + 8},${tone})" stroke-width="5"`,
    );
  }).join('');
}

export function closeFace(): Drawing {
  const freckles = scatter(360, 9);
  const spots = Array.from({ length: 120 }, (_, i) => {
    const [a, b, c] = freckles.slice(3 * i, 3 * i + 3) as [number, number, number];
    return ellipse(440 + 400 * a, 330 + 150 * b, 1.5 + 2 * c, 1.5 + 2 * c, 'fill="#8a5238" opacity="0.5"');
  });
  const body = [
    `<defs>${gradient('back', ['#2d4a52', '#6f8f86', '#39504a'])}${glow('skin', ['#f0c3a0', '#dba17c', '#a96e4f'])}
     ${texture('pores', '0.35', 0.25, 3)}${blur('far', 26)}</defs>`,
    rect(0, 0, 1280, 720, 'fill="url(#back)"'),
    `<g filter="url(#far)">${ellipse(180, 200, 130, 110, 'fill="#d7c07a"')}${ellipse(1120, 260, 150, 140, 'fill="#9db98a"')}</g>`,
    shape('M300 720Q330 560 640 600Q950 560 980 720z', 'fill="#7b2d38" filter="url(#pores)"'),
    ellipse(640, 350, 320, 400, `fill="${SKIN}" filter="url(#pores)"`),
    ...spots,
    hair(),
    eye(500, 300),
    eye(780, 300),
    shape('M640 310Q610 430 596 452Q640 486 686 452', 'fill="none" stroke="#8d5a41" stroke-width="9"'),
    shape('M520 570Q580 540 640 556Q700 540 760 570Q640 640 520 570z', 'fill="#a3443f"'),
    shape('M520 570Q640 590 760 570', 'fill="none" stroke="#5e2320" stroke-width="6"'),
  ].join('');
  return { width: 1280, height: 720, body };
}

/** A walking figure on nothing: all around it is transparent. */
export function cutOut(): Drawing {
  const body = [
    `<defs>${texture('cloth', '0.2', 0.5, 8)}${gradient('coat', ['#2f4d7e', '#16233f'])}</defs>`,
    shape(
      'M420 330Q480 280 540 330L580 620L520 640L480 480L440 640L380 620z',
      'fill="url(#coat)" filter="url(#cloth)"',
    ),
    shape('M400 620L380 920L430 920L470 660z', 'fill="#3a3530" filter="url(#cloth)"'),
    shape('M560 620L590 920L540 920L490 660z', 'fill="#4a433b" filter="url(#cloth)"'),
    shape('M425 345L330 540L360 555L450 420z', 'fill="#26406b" filter="url(#cloth)"'),
    shape('M535 345L630 520L600 540L510 420z', 'fill="#26406b" filter="url(#cloth)"'),
    ellipse(480, 230, 62, 78, 'fill="#c68c67"'),
    shape('M415 220Q420 140 480 140Q545 140 546 222Q520 180 480 184Q440 182 415 220z', 'fill="#1d1512"'),
    ellipse(460, 235, 7, 7, 'fill="#111"'),
    ellipse(502, 235, 7, 7, 'fill="#111"'),
    shape('M458 268q22 14 44 0', 'fill="none" stroke="#6b2d22" stroke-width="5"'),
  ].join('');
  return { width: 960, height: 960, body };
}
