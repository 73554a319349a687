/** The words for weather and for what floats and shines in the air, English and Chinese. Phrases as in `phrase.ts`. */
import type { AtmosphereKind } from './plan.ts';

export interface AtmosphereWords {
  readonly phrases: string;
  readonly effects: readonly { readonly kind: AtmosphereKind | 'lightning'; readonly strength: number }[];
  /** How hard it blows with them, 0..1. */
  readonly wind?: number;
  /** Counts only where the clause says nothing else: "snow" is falling, "a cabin in the snow" is not. */
  readonly isAlone?: true;
}

const one = (kind: AtmosphereKind | 'lightning', strength = 1) => [{ kind, strength }];
const storm = (strength: number) => [
  { kind: 'rain', strength } as const,
  { kind: 'lightning', strength: 1 } as const,
];

/** Longer matches win over shorter ones at the same place, so order does not matter. */
export const ATMOSPHERE_WORDS: readonly AtmosphereWords[] = [
  {
    effects: one('rain'),
    phrases:
      'rain, rains, raining, rainy, rainfall, raindrops, rain (shower|showers), rainstorm, sleet, 雨, 中雨, 阵雨',
  },
  {
    effects: one('rain', 0.45),
    phrases: 'drizzle~, sprinkle of rain, 小雨, 细雨, 毛毛雨, 微雨, 蒙蒙雨, 雨丝, 烟雨',
  },
  { effects: one('rain', 1.4), phrases: 'rain (pours|pouring|lashes|lashing), 大雨, 骤雨, 雨下得很大' },
  {
    effects: one('rain', 1.7),
    phrases: 'downpour, cloudburst, deluge, monsoon, 暴雨, 大暴雨, 倾盆大雨, 瓢泼大雨, 滂沱大雨',
  },
  { effects: storm(1.5), wind: 0.8, phrases: 'storm, stormy, thunderstorm, tempest, 暴风雨, 狂风暴雨, 风暴' },
  { effects: storm(1.2), wind: 0.4, phrases: 'lightning storm, 雷雨, 雷阵雨, 雷暴' },
  { effects: one('lightning'), phrases: 'lightning, thunder and lightning, 闪电, 电闪雷鸣, 雷电' },
  {
    effects: one('snow'),
    phrases: `
      snowing, snows, snowfall, snowflakes, snowflake, falling snow, snow (falls|falling|drifts|drifting|swirls)
      snow (swirling|flurry|flurries|shower|showers), (starts|begins|starting|beginning) to snow, let it snow
      snowy (day|night|evening|weather), 下雪, 飘雪, 降雪, 落雪, 飞雪, 雪花, 雪(?=[飘落纷飞])`,
  },
  { effects: one('snow'), isAlone: true, phrases: 'snow' },
  {
    effects: one('snow', 0.45),
    phrases: '(light|gentle|soft|fine) snow, snow flurries, 小雪, 细雪, 微雪, 零星雪花',
  },
  { effects: one('snow', 1.5), phrases: '(heavy|thick|dense|driving) snow, 大雪, 大雪纷飞, 鹅毛大雪' },
  { effects: one('snow', 1.8), wind: 1, phrases: 'blizzard, snowstorm, snow storm, 暴雪, 暴风雪' },
  { effects: one('fog'), phrases: 'fog, foggy, mist, mists, misty, 雾, 云雾, 雾气' },
  { effects: one('fog', 0.45), phrases: 'haze, hazy, 薄雾, 轻雾, 淡雾, 雾霭, 薄霭' },
  { effects: one('fog', 1.6), phrases: '浓雾, 大雾, 迷雾, 浓浓的雾' },
  {
    effects: one('rays'),
    phrases: `
      (light|sun|god|crepuscular) rays, rays of (light|sunlight|sun), sunrays, godrays, sunbeam, sunbeams
      (light|sun) beams, beams of (light|sunlight), (shaft|shafts) of (light|sunlight), light shafts
      volumetric (light|lights|lighting|rays), (light|sunlight|sunshine) ... (streams|streaming|filters|filtering)
      (light|sunlight|sunshine) ... (pours|pouring)
      丁达尔, 光束, 光柱, 耶稣光, 圣光, 体积光, 阳光穿过, 阳光透过, 阳光洒, 光线穿过, 光线透过, 日光透过`,
  },
  {
    effects: one('dust'),
    phrases: `
      dust motes, dust particles, floating dust, dust (floats|floating|drifts|drifting|swirls|swirling|dances|dancing)
      dust in the (air|light|sunlight|sunbeam|sunbeams), motes of dust, particles, floating pollen
      pollen (floats|floating), fairy dust, pixie dust, 尘埃, 浮尘, 微尘, 光尘, 灰尘(?=[飘漂飞浮]), 粒子, 微粒`,
  },
  {
    effects: one('embers'),
    phrases: `
      embers, ember, sparks, glowing sparks, sparks (fly|flying|rise|rising|float|floating), cinders
      火花, 余烬, 火星(?=[四飞迸飘溅])`,
  },
];

/** What stands for no weather: clothes, plants, ground, machines, names; drops that rest on something. */
export const ATMOSPHERE_DECOYS = `
  rain (coat|coats|jacket|boots|boot|hat|gear|cover|forest|forests|barrel|gutter|cloud|clouds|puddle|puddles|man)
  rain (soaked|slicked|slick|washed|wet|drenched|kissed|streaked|proof|resistant), purple rain, rain of
  raining (men|money|cash|gold|petals|confetti|arrows), (wet|soaked|drenched) from the rain
  (raindrops|raindrop|rain drops) ... on (the|a|her|his|its) (window|windows|glass|lens|windshield|car|skin)
  (raindrops|raindrop|rain drops) ... on (the|a) (leaf|leaves|petal|petals|flower|flowers)
  (raindrops|rain drops) on (windows|glass|leaves|petals|flowers)
  snow (boots|boot|jacket|suit|pants|globe|globes|white|leopard|leopards|board|man|angel|cone|plow|bunny|owl|goose)
  snow (shoe|shoes|peak|peaks|field|fields|bank|banks|cap|caps|line|mobile|queen), jon snow
  snow (capped|covered|clad|topped|dusted|tipped), (light|heavy|fresh|soft|thick) snow ... on the (ground|roof|roofs)
  (light|heavy|fresh|soft|thick) snow ... (covers|covering|blankets|blanketing)
  storm (cloud|clouds|drain|door|trooper|troopers|chaser), (dust|sand|fire|brain) storm, eye of the storm
  lightning (fast|speed|bug|bugs|cable|port|connector|mcqueen|logo|bolt logo), greased lightning
  fog (light|lights|lamp|lamps|machine|horn), brain fog, fog of war, foggy (glasses|window|mirror|lens|memory|brain)
  (face|facial|body|hair|setting|room|perfume|spray) mist, mist (spray|bottle), misty eyed, hazy (memory|ipa)
  spark (plug|plugs), sparks (joy|interest|curiosity|creativity|change|hope|a|conversation|debate)
  dust (jacket|cover|bin|pan|mop|bag), light ray tracing
  雨衣, 雨伞, 雨林, 雨鞋, 雨靴, 雨刷, 雨具, 雨棚, 雨水, 雨花石, 谷雨, 雨滴(?=[在挂停留]), 雨珠
  烟雾, 喷雾, 雾面, 雾感, 雾化, 雾灯, 雷达, 沙尘暴, 雪花(?:啤酒|膏|糕|石), 大雪(?=[覆封压])`;

const WEATHER = '(rain|rainfall|storm|thunderstorm|snow|snowfall|blizzard|fog|mist|drizzle|downpour|shower)';
const WHICH = '[the|a|an|some] [heavy|light|summer|spring|evening|morning|recent]';

/** Weather that is over, has not begun or is ruled out beside another: none of it is drawn, and the notes say so. */
export const CALM_WORDS = `
  (after|following|before|until) ${WHICH} ${WEATHER}, post (rain|storm), (calm|quiet) before the storm
  ${WEATHER} [has|had|have|is|was] [just] (stopped|ended|passed|cleared|ceased|gone|lifted), ${WEATHER} (is|was) over
  ${WEATHER} [slowly|finally] (stops|stopping|ends|ending|clears|clearing|lifts|lifting|passes)
  (instead of|rather than) [a] ${WEATHER}, ${WEATHER} free, (looks|look|threatens) like rain
  雨后, 雨过天晴, 雨过, 雨停, 雨歇, 雨前, 雨势渐歇, 雪后, 雪停, 雪霁, 雾散, 雾退, 风雨过后, 风暴过后, 暴风雨前`;

/** Sunshine and clear air: nothing to draw, but the weather of an earlier shot ends with them. */
export const FAIR_WORDS = `
  sun, sunny, sunshine, sunlight, sunlit, clear (sky|skies|day|weather|air|morning|night|evening), blue (sky|skies)
  (fair|dry|good|bright) (weather|day), cloudless, sunrise, sunset, 太阳, 阳光, 晴, 晴天, 晴朗, 蓝天, 放晴, 万里无云, 日出, 日落`;

/** How much of it there is, beside its name: "heavy rain", "rain falls softly", "thick fog". */
export const ATMOSPHERE_STRENGTHS: readonly { readonly phrases: string; readonly factor: number }[] = [
  {
    factor: 0.4,
    phrases: '(very|extremely) (light|fine|faint|thin), hint of, touch of, trace of, barely any',
  },
  {
    factor: 0.5,
    phrases: `
      light, lightly, gentle, gently, soft, softly, fine, thin, faint, faintly, subtle, slight, slightly, mild, sparse
      delicate, a little, a bit of, 轻轻, 轻微, 淡淡, 微微, 细细, 稀疏, 些许, 轻柔, 少量, 零星`,
  },
  {
    factor: 1.5,
    phrases: `
      heavy, heavily, hard, pouring, pours, dense, densely, thick, thickly, intense, intensely, strong, strongly
      driving, lashing, violent, violently, dramatic, lots of, a lot of, many, 猛烈, 浓浓, 密集, 强烈, 厚厚, 大量, 浓密, 很大`,
  },
  {
    factor: 1.8,
    phrases: 'torrential, torrentially, (very|extremely) (heavy|thick|dense|strong), massive, relentless',
  },
];

/** Wind that bends what falls and carries what floats. */
export const WIND_WORDS: readonly { readonly phrases: string; readonly wind: number }[] = [
  { wind: 0.3, phrases: 'breeze, breezy, light wind, 微风, 轻风' },
  { wind: 0.6, phrases: 'wind, winds, windy, gust, gusts, gusty, windswept, 大风, 风吹, 刮风, 寒风' },
  {
    wind: 1,
    phrases: 'gale, gales, (strong|heavy|violent|howling) (wind|winds), hurricane, typhoon, 狂风, 台风, 飓风',
  },
];

/** Which way it blows; said of wind, rain or snow. */
export const WIND_SIDES: readonly { readonly phrases: string; readonly side: -1 | 1 }[] = [
  {
    side: 1,
    phrases:
      '(wind|rain|snow|blow~|blown|drift~|slant~) ... (from the left|to the right|rightward|rightwards), 从左(?:往|向|到)右',
  },
  {
    side: -1,
    phrases:
      '(wind|rain|snow|blow~|blown|drift~|slant~) ... (from the right|to the left|leftward|leftwards), 从右(?:往|向|到)左',
  },
];
