/** The words for light and colour of a whole clip, English and Chinese. Phrases as in `phrase.ts`. */
import type { LookName } from './plan.ts';

export interface LookWords {
  readonly look: LookName;
  /** Of the look's usual strength; 1 when absent. */
  readonly strength?: number;
  readonly phrases: string;
}

const anyOf = (...words: readonly string[]): string => `(${words.join('|')})`;

const COLOURS = ['color', 'colors', 'colour', 'colours'];
const TONES = anyOf(
  ...['tone', 'tones', 'toned', 'toning', ...COLOURS, 'colored', 'coloured', 'hue', 'hues', 'palette'],
  ...['grade', 'grading', 'graded', 'color grade', 'color grading', 'colour grading', 'color palette'],
);
const LIGHT = anyOf('light', 'lights', 'lighting', 'lit', 'sunlight', 'sunshine', 'glow', 'glowing', 'rays');
const STYLE = anyOf(
  ...[
    'look',
    'looks',
    'style',
    'feel',
    'feeling',
    'vibe',
    'mood',
    'aesthetic',
    'aesthetics',
    'filter',
    'effect',
  ],
  ...[
    'atmosphere',
    'footage',
    'photo',
    'photograph',
    'photography',
    'movie',
    'film',
    'video',
    'print',
    'tone',
  ],
  ...['tones', ...COLOURS, 'grade', 'grading'],
);

/** Longer matches win over shorter ones at the same place, so order does not matter. */
export const LOOK_WORDS: readonly LookWords[] = [
  {
    look: 'cinematic',
    phrases: `
      cinematic, cinematically, filmic, movie like, blockbuster ${STYLE}
      电影感, 电影质感, 电影级, 电影般, 电影风格?, 电影色调, 电影画面`,
  },
  {
    look: 'warm',
    phrases: `
      golden hour, magic hour, golden light, warm ${LIGHT}, warm [color|colour] ${TONES}, golden ${TONES}, golden ${LIGHT}
      warm golden ${LIGHT}, warm [and] golden, warmly lit, warm (look|atmosphere|ambience|ambiance), sun drenched, sun kissed
      暖色, 暖调, 暖光, 暖黄, 黄金时刻, 金色时刻, 金色(?:的)?(?:阳光|光线|光芒|色调), 金黄色?(?:的)?(?:阳光|光)
      温暖(?:的)?(?:光|阳光|灯光|色|氛围)`,
  },
  {
    look: 'cold',
    phrases: `
      (cold|cool|icy|chilly) [color|colour] ${TONES}, (cold|cool|icy) ${LIGHT}, blue hour, cold blue ${TONES}
      cold (look|atmosphere), blue (tint|tinted|tones|toned), 冷色, 冷调, 冷光, 蓝调, 清冷`,
  },
  {
    look: 'teal-orange',
    phrases:
      '(teal|cyan) (and|&) orange, orange (and|&) (teal|cyan), teal orange, orange teal, 青橙, 橙青, 蓝橙',
  },
  { look: 'noir', phrases: 'noir, film noir, neo noir, noirish, 黑色电影, 黑白电影' },
  {
    look: 'monochrome',
    phrases: `
      black (and|&) white, black n white, b&w, monochrome, monochromatic, grayscale, greyscale, gray scale, grey scale
      colorless, colourless, 黑白, 单色, 灰度`,
  },
  { look: 'sepia', phrases: 'sepia, sepia toned, 棕褐色, 褐色调, 泛黄(?:的)?(?:照片|老照片|色调|画面)' },
  {
    look: 'vintage',
    phrases: `
      (vintage|retro|old|analog|analogue) ${STYLE}, (old|vintage) (school|time|timey) ${STYLE}, analog film, 35mm, 16mm, 8mm
      super 8, film (look|stock|emulation|photo|photography|aesthetic), kodak, kodachrome, portra, polaroid, lomo, lomography
      faded film, (1950s|1960s|1970s|1980s|1990s|50s|60s|70s|80s|90s) (look|style|film|movie|aesthetic|footage|feel|vibe)
      复古(?!车|汽车|轿车|家具|建筑|相机|裙|服), 胶片, 怀旧, 老电影, 老照片, 港风`,
  },
  {
    look: 'contrast',
    phrases: `
      (high|strong|deep|rich|bold|striking|stark|dramatic|punchy) [tonal] contrast, contrasty, more contrast
      (dramatic|harsh|hard|stark) ${LIGHT}, dramatic (shadows|chiaroscuro), deep shadows, chiaroscuro
      高对比, 强对比, 强烈(?:的)?(?:明暗|光影|色彩)?对比, 明暗对比, 对比强烈, 高反差, 戏剧性?(?:的)?(?:光|灯光|打光|光影)`,
  },
  {
    look: 'dreamy',
    phrases: `
      dreamy, dreamlike, dream like, ethereal, fairytale ${STYLE}, fairy tale ${STYLE}, soft glow, soft glowing ${LIGHT}
      hazy glow, soft (look|dreamy look|atmosphere|aesthetic|bloom), 梦幻, 梦境, 唯美, 空灵, 仙气, 朦胧(?:的)?美`,
  },
  {
    look: 'dreamy',
    strength: 0.5,
    phrases: `soft [natural|warm|diffused|morning|evening|golden] ${LIGHT}, diffused ${LIGHT}, 柔光, 柔和(?:的)?(?:光|灯光|阳光)`,
  },
  { look: 'neon', phrases: 'neon, cyberpunk, synthwave, vaporwave, 霓虹, 赛博朋克' },
  {
    look: 'moody',
    phrases: `
      moody, low key (lighting|light|look|style), low key, gloomy, brooding, (dark|dim|somber|sombre) ${TONES}
      (dark|dim|somber|sombre|ominous) (mood|atmosphere|look|lighting|light), dimly lit, underexposed
      阴郁, 暗调, 低调(?:光|照明), 昏暗(?:的)?(?:光|灯光|色调|氛围), 压抑(?:的)?(?:氛围|气氛|色调), 暗黑`,
  },
  {
    look: 'bright',
    phrases: `
      high key (lighting|light|look|style), high key, bright (and|&) airy, light (and|&) airy, airy (look|feel|tones)
      (bright|brighter|luminous) ${TONES}, brightly lit, 高调(?:光|照明), 明亮(?:的)?(?:色调|画面|光线), 通透(?:的)?(?:光|画面|色调)`,
  },
  {
    look: 'muted',
    phrases: `
      (muted|desaturated|washed out|pastel|subdued|earthy|faded|soft) ${TONES}, desaturated, low saturation, bleach bypass
      低饱和, 淡雅, 莫兰迪, 素雅`,
  },
  {
    look: 'vivid',
    phrases: `
      (vivid|vibrant|saturated|rich|bold|punchy|intense|lush|brilliant) ${TONES}, highly saturated, high saturation
      vividly colored, vibrantly colored, 鲜艳, 高饱和, 浓郁(?:的)?(?:色|颜色), 色彩(?:浓郁|鲜明|饱满|艳丽|丰富|斑斓|绚丽), 绚丽`,
  },
];

/** What stands for no look: things that are black and white, old or lit by themselves. */
export const LOOK_DECOYS = `
  black (and|&) white (cat|cats|dog|dogs|kitten|puppy|cow|cows|horse|bird|birds|panda|zebra|penguin|fur|feathers|coat)
  black (and|&) white (dress|shirt|suit|outfit|tuxedo|jacket|skirt|uniform|stripes|striped|checkered|chequered|checked)
  black (and|&) white (tile|tiles|tiled|floor|pattern|patterned|keys|marble|sneakers|shoes|logo|text|poster|sign|striped)
  (35mm|16mm|8mm) (lens|camera), polaroid (camera|in|on), kodak (camera|moment), old (movie|film) (theater|theatre|poster)
  vintage (film|movie|photo) (camera|poster|frame), neon (tetra|fish), soft (light|lights|lighting) (bulb|box)
  low key (fun|cool|funny), dreamy (eyes|smile|look|expression|gaze), cold (glow|light) stick
  黑白(?:猫|狗|相间|条纹|格|奶牛|斑马|键|裙|衣|花)`;

/** What asks for the colours of the picture itself. */
export const NATURAL_WORDS = `
  (no|without) [any] (color|colour|colors|colours) (grade|grading|change|changes|filter|filters|correction)
  (no|without) [any] (filter|filters|grading), (natural|original|true|true to life|realistic|unchanged) (colors|colours)
  natural (color|colour) (grade|grading), (keep|preserve|maintain) the (colors|colours), natural (look|grade|grading)
  自然色, 原色, 本色, 不调色, 无滤镜, 不(?:要|加|用)滤镜, (?:保持|保留)原?(?:有|来)?(?:的)?(?:色|色彩|颜色)`;
