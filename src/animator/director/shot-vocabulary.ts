/**
 * The words that part a prompt into shots, and those that say what a shot shows. Phrases as in `phrase.ts`; patterns match lower-case text with
 * plain punctuation, as `normalise` leaves it.
 */
import type { FramingName } from './plan.ts';

/** What a shot wants of its lens: a pull of focus into the distance or out of it, or little depth of field. */
export type LensWish = 'focus-far' | 'focus-near' | 'shallow';

/** Marks between two shots. */
export const CUT_WORDS = `
  [hard|jump|smash|match|quick|sharp] (cut|cuts|cutting) (to|back to|away to|in to|into), (hard|jump|smash|match) cut, lens switch
  (scene|shot) (change|changes|transition), switch~ to [a|the] ... (shot|view|angle), next shot
  镜头切换, 画面切换, 场景切换, 切换镜头, 切镜头?, 硬切, 跳切, 切换?[到至回为成], 转场, 下一个?镜头`;

/** A mark by itself, in any brackets: "[cut]", "(hard cut to)", "【切】". */
export const BRACKETED_CUT =
  /[[({<【〔「]\s*(?:(?:hard|jump|smash|match)[\s-]*)?(?:cut(?:\s+to)?|切)\s*[\])}>】〕」]/gu;

/** "shot 2:", "scene two", "镜头二", "第三个镜头"; the number is in one of the groups. */
export const SHOT_LABEL =
  /(?<![\p{Script=Latin}\d])(?:shot|scene)\s*#?\s*([1-9]\d?|one|two|three|four|five|six|seven|eight|nine)(?![\p{Script=Latin}\d])|(?:镜头|分镜|场景)\s*([1-9]\d?|[一二三四五六七八九])(?![\d一二三四五六七八九十])|第\s*([1-9]|[一二三四五六七八九])\s*个?(?:镜头|分镜|场景|镜(?!头|子))/gu;

/** "0-3s", "3s - 5s", "00:03-00:05", "3到5秒": a span of the clip; groups 1 and 2 are its seconds, 3 to 6 minutes and seconds. */
export const TIME_CODE =
  /(?<![\p{Script=Latin}\d.:])(?:(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒)?\s*(?:[-–—~到至]|to)\s*(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒)|(\d{1,2}):(\d{2}(?:\.\d+)?)\s*(?:[-–—~到至]|to)\s*(\d{1,2}):(\d{2}(?:\.\d+)?))(?![\p{Script=Latin}\d])/gu;

/** Spelt numbers of labels and pictures. */
export const SHOT_NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** "@image1", "image 2", "the second picture", "图2", "第三张照片"; the number is in one of the groups. */
export const PICTURE_NAME =
  /@?(?<![\p{Script=Latin}\d])(?:image|picture|photo|img|pic)\s*#?\s*([1-9])(?![\d])|(?<![\p{Script=Latin}\d])(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\s+(?:reference\s+)?(?:image|picture|photo)(?![\p{Script=Latin}\d])|@?图(?:片|像)?\s*([1-9]|[一二三四五六七八九])|第\s*([1-9]|[一二三四五六七八九])\s*张(?:图片?|照片|图像)/gu;

/** How much of the picture a shot shows. The longest match counts, so "extreme close up" is no "close up". */
export const FRAMING_WORDS: readonly { readonly framing: FramingName; readonly phrases: string }[] = [
  {
    framing: 'wide',
    phrases: `
      (wide|full|long|establishing|total|master) [angle] (shot|view|frame|framing), (extreme|very|ultra) wide [angle] [shot|view]
      wide angle, full body [shot], 全景, 远景, 大全景, 广角, 全身`,
  },
  {
    framing: 'medium',
    phrases: `
      (medium|mid) [wide] (shot|view|frame), medium close up, medium closeup, (waist|cowboy|american) (shot|up)
      half body [shot], 中景, 中近景, 半身`,
  },
  {
    framing: 'close',
    phrases: `
      close up, close ups, closeup, closeups, close (shot|view), tight (shot|frame|framing), (face|head|portrait) shot
      特写, 近景, 近距离`,
  },
  {
    framing: 'detail',
    phrases: `
      extreme close up, extreme closeup, extreme close shot, (macro|detail|insert) (shot|view), macro, details of
      detail of, 大特写, 极特写, 极近景, 细节, 微距`,
  },
];

/** What the lens does. The longest match counts. */
export const LENS_WORDS: readonly { readonly lens: LensWish; readonly phrases: string }[] = [
  {
    lens: 'focus-far',
    phrases: `
      rack focus, rack~ [the] focus, focus (pull|shift|rack), pull~ [the] focus, shift~ [the] focus, change~ [the] focus
      focus (shifts|moves|pulls|racks|changes|goes), rack focus ... [to|on|into] ... background, 焦点转移, 移焦, 拉焦, 变换焦点, 焦点切换
      焦点.{0,8}(?:背景|远处|远景)`,
  },
  {
    lens: 'focus-near',
    phrases: `
      (rack|pull|shift|change|move) [the] focus ... (to|on|onto) the (foreground|subject|front|face)
      focus (pull|shift|rack|shifts|moves|pulls|racks) ... (to|on|onto) the (foreground|subject|front|face)
      (rack|pull|shift) [the] focus from [the] background, 焦点.{0,8}(?:到|至|回)(?:前景|主体|人物|近处)`,
  },
  {
    lens: 'shallow',
    phrases: `
      shallow depth of field, shallow focus, shallow dof, depth of field, bokeh, soft focus background
      (blurred|blurry|defocused|out of focus) [soft] background, background (blur|bokeh|blurs|defocuses), defocus~ [the] background
      虚化, 浅景深, 景深, 背景模糊, 散景`,
  },
];
