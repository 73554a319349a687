/** Words for what a closer shot is to show, where a scene may know its place. Phrases as in `phrase.ts`. */

/** What a shot can be taken of. */
export type ShotTarget =
  | 'face'
  | 'feet'
  | 'subject'
  | 'sky'
  | 'water'
  | 'falls'
  | 'fire'
  | 'smoke'
  | 'foliage'
  | 'distance'
  | 'foreground'
  | 'left'
  | 'right';

/** The first one named behind the shot's size counts; of words at one place the longest. */
export const TARGET_WORDS: readonly { readonly target: ShotTarget; readonly phrases: string }[] = [
  {
    target: 'face',
    phrases: `
      face, faces, eye, eyes, head, lips, mouth, hair, smile, gaze, helmet, visor, expression
      脸, 面部, 脸部, 眼睛, 双眼, 眼神, 头, 头部, 嘴唇, 头发, 表情`,
  },
  { target: 'feet', phrases: 'feet, foot, shoes, shoe, boots, legs, 脚, 双脚, 鞋, 腿' },
  {
    target: 'subject',
    phrases: `
      subject, main character, woman, man, girl, boy, person, people, lady, guy, child, dancer, dog, cat, product
      bottle, figure, astronaut, 主体, 主角, 人物, 女人, 男人, 女孩, 男孩, 女子, 男子, 狗, 猫, 产品`,
  },
  {
    target: 'sky',
    phrases: 'sky, skies, cloud, clouds, sun, moon, stars, 天空, 云, 云彩, 云朵, 太阳, 月亮, 星空',
  },
  {
    target: 'water',
    phrases:
      'water, lake, sea, ocean, waves, river, pond, reflection, reflections, ripples, 水面, 湖, 湖面, 海, 海面, 河, 倒影, 波浪',
  },
  { target: 'falls', phrases: 'waterfall, waterfalls, falls, cascade, 瀑布' },
  { target: 'fire', phrases: 'fire, flame, flames, campfire, candle, fireplace, 火, 火焰, 篝火, 蜡烛' },
  { target: 'smoke', phrases: 'smoke, steam, 烟, 炊烟, 蒸汽' },
  {
    target: 'foliage',
    phrases: 'tree, trees, leaves, grass, foliage, flowers, flower, plants, reeds, 树, 树叶, 草, 花, 植物',
  },
  {
    target: 'distance',
    phrases:
      'background, horizon, distance, mountain, mountains, peak, peaks, hills, 背景, 远处, 远方, 地平线, 山, 山峰, 雪山',
  },
  { target: 'foreground', phrases: 'foreground, ground, floor, 前景, 地面' },
  { target: 'left', phrases: '[the] left (side|half|part), on the left, left hand side, 左边, 左侧, 左半' },
  {
    target: 'right',
    phrases: '[the] right (side|half|part), on the right, right hand side, 右边, 右侧, 右半',
  },
];
