/**
 * The words around a move: how it is done, what names the camera, what negates, and what may be passed over. Phrases as
 * in `phrase.ts`.
 */

/** How a move is done. `factor` multiplies its strength; the longest match near the move wins. */
export const STRENGTH_WORDS: readonly {
  readonly phrases: string;
  readonly factor: number;
  readonly surges?: true;
}[] = [
  {
    factor: 0.4,
    phrases: `
      (very|extremely|super|ultra) (slow|slowly|subtle|subtly|slight|gentle|gently), barely [perceptible]
      imperceptibly, 非常缓慢, 极慢, 极其缓慢`,
  },
  {
    factor: 0.5,
    phrases: `
      subtle, subtly, slight, slightly, gentle, gently, soft, softly, minimal, mild, tiny, a little, light, lightly
      轻微, 微微, 轻轻, 轻柔, 略微, 稍微, 柔和`,
  },
  {
    factor: 0.65,
    phrases: `
      slow, slowly, leisurely, calm, calmly, gradual, gradually, unhurried, 缓慢, 缓缓, 慢慢, 徐徐, 慢速, 逐渐`,
  },
  {
    factor: 1.6,
    surges: true,
    phrases: `
      fast, quick, quickly, rapid, rapidly, swift, swiftly, sudden, suddenly, dynamic, dynamically, energetic
      energetically, 快速, 迅速, 急速, 飞快, 猛地?, 突然, 动感`,
  },
  {
    factor: 1.8,
    phrases: `
      dramatic, dramatically, bold, boldly, strong, strongly, intense, intensely, extreme, aggressive, aggressively
      big, large, wide, sweeping, heavy, 剧烈, 强烈, 大幅度?, 戏剧性, 夸张`,
  },
];

/** Names of the camera, and of what it makes: the latter count only for a `command`. */
export const CAMERA_WORDS = 'camera, cameras, cam, lens, 镜头, 相机, 摄像机, 摄影机, 机位, 画面, 视角, 运镜';
export const SHOT_WORDS = 'shot, view, viewpoint, frame, footage, cinematography, camerawork';

/** Small words that may stand before a command. */
export const FILLER_WORDS = `
  a, an, the, very, just, please, start~, begin~, end~, by, with, in, first, finally, now, next, slow motion, smooth
  smoothly, steady, steadily, we, is, will, should, cinematic, epic, continuous, single, long, it, to, let, make
  use, using, add, do, perform~, apply, create, of, some, and, then, into, onto, on, shot, movement, motion, or, any
  tracking, extreme, close, up, wide, medium, subject, scene, image, picture, video`;

export const NEGATIONS = `
  no, not, don't, dont, doesn't, doesnt, didn't, without, never, avoid~, isn't, aren't, won't, can't, cannot
  shouldn't, mustn't, zero, nor, neither, free of, stop~, 不(?!断|停|仅|过|久|同|错|由|只)(?:要|需要|可|能|使用|用)?
  别(?!的), 没有?, 无需, 无(?!人机|限|比|缝|尽|数), 避免, 禁止, 勿, 拒绝`;

/** Words that end the reach of a negation. */
export const EXCEPTIONS = 'but, except, only, just, instead, 但, 而是, 只, 除了';

/** What stands between moves that are meant one after another. */
export const SEQUENCE_WORDS = String.raw`
  then, afterwards, after that, followed by, finally, next, before, eventually, subsequently, and end~ with
  ending with, 然后, 接着, 随后, 之后, 最后, 再, \d+ ?[-~–到至] ?\d+ ?(?:s|sec|seconds?|秒)
  (?:shot|scene|镜头) ?[1-9一二三四五]`;
