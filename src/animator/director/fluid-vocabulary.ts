/** The words for what moves in a picture by itself, English and Chinese. Phrases as in `phrase.ts`. */
import type { FluidKind, Heading } from './plan.ts';

export interface FluidWords {
  readonly phrases: string;
  readonly kinds: readonly FluidKind[];
  /** 0 keeps them at rest; 1 when omitted. */
  readonly strength?: number;
  /** Names something that hardly moves: no note when the picture does not show it. */
  readonly isIncidental?: true;
}

const WATER = '(water|waters|lake|sea|ocean|pond|lagoon|bay|river|reflection|reflections)';
const CLOUDS = '(clouds|cloud|cloudscape)';
const PLANTS = `
  (leaves|leaf|grass|grasses|foliage|branches|trees|tree|reeds|wheat|flowers|flower|bushes|palm|palms|plants|pines|field)`.trim();
const SWAYING =
  '(sway~|rustle~|flutter~|ruffle~|wave~|blow~|dance~|move~|bend~|shake~|stir~|tremble~|swing~)';
const HAIR = '(hair|fur|mane|beard|ponytail|curls)';
const CLOTH =
  '(cloth|clothes|clothing|dress|skirt|cape|cloak|scarf|robe|coat|gown|veil|flag|flags|banner|curtains|curtain|sails|sail)';
const FLOWING =
  '(move~|sway~|flow~|flutter~|ruffle~|wave~|blow~|billow~|stream~|dance~|drift~|float~|swirl~)';
const STILL = '(still|motionless|unmoving|frozen|static)';

/** Longer matches win over shorter ones of other entries; within an entry the phrases that hold others come first. */
export const FLUID_WORDS: readonly FluidWords[] = [
  {
    kinds: ['clouds'],
    phrases: `
      ${CLOUDS} ... (drift~|move~|float~|pass~|roll~), ${CLOUDS}, cloudy (sky|skies), 白云, 云朵, 云层, 云海, 云`,
  },
  {
    kinds: ['clouds'],
    strength: 1.8,
    phrases: `
      (racing|rushing|fast moving|speeding|churning|boiling) clouds, ${CLOUDS} ... (race~|rush~|speed~|churn~)
      (timelapse|time lapse) ... clouds, clouds ... (timelapse|time lapse), 云.{0,4}翻滚, 风起云涌`,
  },
  {
    kinds: ['water'],
    phrases: `
      ${WATER} ... (ripple~|move~|shimmer~|sway~|lap~|undulate~), shimmering (water|reflections)
      lake, lakes, pond, lagoon, sea, seaside, ocean, bay, harbor, harbour, water, waters, ripple~, waves, tide, surf
      湖, 湖水, 湖面, 大海, 海水, 海面, 海浪, 水面, 水波, 波浪, 波光, 涟漪, 浪(?!漫|费), 池塘`,
  },
  {
    kinds: ['water'],
    strength: 0.7,
    phrases: `
      (gentle|soft|small|slight|subtle|little) (waves|ripples|ripple), gently rippling [water]
      微波, 微澜, 轻柔的?(?:波浪|涟漪), 微微的?涟漪`,
  },
  {
    kinds: ['water'],
    strength: 1.6,
    phrases: `
      waves ... crash~, (sea|ocean) ... (rage~|heave~)
      (big|huge|large|giant|crashing|rough|choppy|high|wild|stormy|raging) (waves|sea|seas|water|waters|ocean|surf)
      巨浪, 大浪, 惊涛, 波涛, 汹涌`,
  },
  {
    kinds: ['river'],
    phrases: `
      (stream|waterfall|waterfalls) ... (flow~|run~|rush~|cascade~|pour~|fall~|plunge~|tumble~)
      ${WATER} ... (flow~|run~|rush~|cascade~|pour~|fall~)
      river, rivers, creek, brook, waterfall, waterfalls, cascade, cascades, rapids, flowing water, running water
      (mountain|forest|small|clear|rushing|flowing) stream, the stream, 河, 河流, 河水, 溪, 小溪, 溪水, 溪流, 流水, 瀑布, 江水`,
  },
  {
    kinds: ['smoke'],
    phrases: `
      (smoke|steam) ... (rise~|drift~|curl~|billow~|swirl~)
      smoke, smoky, smoking chimney, steam, steaming, steamy, vapor, vapour, fumes, 烟(?!雨|花|火), 炊烟, 烟雾, 蒸汽, 热气`,
  },
  {
    kinds: ['fire'],
    phrases: `
      (fire|flames|flame|campfire|bonfire|candle|candles|torch|torches) ... (flicker~|dance~|burn~|crackle~)
      fire, fires, flame, flames, campfire, bonfire, fireplace, burning, blaze, candle, candles, candlelight, torch
      torches, lava
      火焰, 篝火, 烛光, 蜡烛, 火把, 壁炉, 燃烧, 火(?!车|箭|锅|花|山|星|鸡|龙果)`,
  },
  {
    kinds: ['foliage'],
    phrases: `
      ${PLANTS} ... ${SWAYING}, (swaying|rustling|fluttering|windblown|trembling) ${PLANTS}
      [树草花叶]\\S{0,4}(?:摇曳|摇摆|摆动|飘动|晃动|沙沙), 随风(?:摇曳|摇摆|摆动), 草浪, 麦浪`,
  },
  {
    kinds: ['foliage'],
    phrases:
      'wind, winds, windy, breeze, breezy, gust~, windswept, blow~ ... wind, 微风, 大风, 狂风, 风吹, 刮风, 起风',
  },
  {
    kinds: ['hair'],
    phrases: `
      ${HAIR} ... ${FLOWING}, (flowing|windblown|wind swept|fluttering|billowing|swaying) ${HAIR}, ${HAIR} in the (wind|breeze)
      (?:头发|长发|发丝|秀发)\\S{0,4}(?:飘|吹|拂|动), 发丝轻扬`,
  },
  {
    kinds: ['cloth'],
    phrases: `
      ${CLOTH} ... ${FLOWING}, (flowing|windblown|fluttering|billowing|swaying) ${CLOTH}, ${CLOTH} in the (wind|breeze)
      (?:裙|裙摆|衣|衣服|衣袂|披风|斗篷|旗|旗帜|窗帘|围巾)\\S{0,4}(?:飘|扬|摆|拂|吹动)`,
  },
  {
    kinds: ['hair', 'cloth'],
    phrases: '(hair and clothes|hair and clothing|hair and dress) ... (move~|flow~|blow~|flutter~|sway~)',
  },
  { kinds: ['breathing'], phrases: 'breathe~, breathing, breath, 呼吸' },
  {
    kinds: ['breathing'],
    strength: 0.8,
    isIncidental: true,
    phrases: `
      portrait, woman, man, girl, boy, person, child, baby, lady, couple, model, cat, kitten, dog, puppy, horse
      人物, 肖像, 女人, 男人, 女孩, 男孩, 女子, 男子, 少女, 少年, 美女, 孩子, 婴儿, 小猫, 小狗, 猫, 狗`,
  },
  // What rests.
  {
    kinds: ['clouds'],
    strength: 0,
    phrases: `${STILL} (clouds|sky), ${CLOUDS} (stay~|remain~|are|is|hold~) [completely|perfectly] ${STILL}, 静止的?云`,
  },
  {
    kinds: ['water', 'river'],
    strength: 0,
    phrases: `
      (calm|still|glassy|mirror like|mirror smooth|motionless|frozen|placid|unmoving|smooth as glass|tranquil|flat) ${WATER}
      ${WATER} (is|are|stay~|remain~) [completely|perfectly|very] (calm|still|glassy|motionless|frozen|flat|smooth)
      (no|without) (waves|ripples), like a mirror, 平静的?(?:湖|海|水|河)(?:面|水)?, (?:湖|海|水|河)面?平静, 静止的?(?:湖|海|水)
      水平如镜, 湖面如镜, 风平浪静, 无波`,
  },
  {
    kinds: ['clouds', 'foliage', 'hair', 'cloth'],
    strength: 0,
    phrases:
      '(no|without [any]|zero) (wind|breeze), windless, (still|dead calm) air, 无风, 没有风, 风平浪静, 不刮风',
  },
  {
    kinds: ['foliage'],
    strength: 0,
    phrases: `${STILL} ${PLANTS}, ${PLANTS} (stay~|remain~|are|is) ${STILL}`,
  },
  {
    kinds: ['clouds', 'water', 'river', 'smoke', 'fire', 'foliage', 'hair', 'cloth', 'breathing'],
    strength: 0,
    phrases: `
      nothing moves, nothing else moves, only the camera moves, everything [else] (is|stay~|remain~) ${STILL}
      frozen in time, frozen moment, time (stands|standing) still, freeze frame, (no|without) [any] (motion|movement) in the scene
      the (scene|image|picture) (is|stay~|remain~) ${STILL}, 静止画面, 画面静止, 时间静止, 时间凝固, 定格`,
  },
];

/** What holds one of the words by accident. */
export const FLUID_DECOYS = `
  wave~ (at|goodbye|hello|hi|back|to) [him|her|them|us|the], wave~ (hand|hands|his|her|their), heat waves, sound waves
  cloud (storage|computing|service|server), under fire, on fire for, fire (truck|engine|escape|alarm|works|station|fighter)
  firefighter, fireworks, water (bottle|color|colour|melon|mark|tank), watercolor, (bottle|glass|cup) of water
  (out of|hold|holding) breath, breath taking, deep sea, sea (food|side|gull|gulls|shell|shells), dead sea, tree (house|line)
  wind (turbine|turbines|mill|mills|chime|chimes|screen|shield|sock), man made, (light|sunlight|tears) stream~, river bank
  field of (view|vision), depth of field, candle (holder|stick), stream of (light|people|consciousness), 风格, 风景, 云南, 海报, 海拔, 海量`;

/** Said behind a name: where it goes. */
export const HEADING_WORDS: readonly { readonly heading: Heading; readonly phrases: string }[] = [
  {
    heading: 'left',
    phrases: 'right to left, from the right, <left>, leftward, 向左, 往左, 从右[到至向往]左',
  },
  {
    heading: 'right',
    phrases: 'left to right, from the left, <right>, rightward, 向右, 往右, 从左[到至向往]右',
  },
  { heading: 'up', phrases: '<up>, 向上, 往上, 上升, 升起' },
  { heading: 'down', phrases: '<down>, downhill, downstream, toward the (viewer|camera), 向下, 往下, 流下' },
];
