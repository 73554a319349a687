/** Words about the scene: what is heard, and what this engine hears of but does not draw. Phrases as in `phrase.ts`. */
import type { AmbienceName } from './plan.ts';

export interface SoundWords {
  readonly phrases: string;
  readonly ambience?: AmbienceName;
  readonly event?: 'thunder' | 'footstep' | 'heartbeat';
  /** What is heard but not drawn, for the notes; absent where the word only sets a place. */
  readonly notDrawn?: string;
}

export const SOUND_WORDS: readonly SoundWords[] = [
  {
    ambience: 'wind',
    phrases:
      'wind, winds, windy, breeze, breezy, gust~, blow~, 风吹, 微风, 大风, 狂风, 风(?!格|景|光|味|情|筝)',
  },
  {
    ambience: 'rain',
    phrases: 'rain~, rainy, rainfall, raindrops, rainstorm, drizzle~, downpour, cloudburst, monsoon, 雨',
  },
  {
    ambience: 'rain',
    event: 'thunder',
    phrases: 'thunderstorm, storm, stormy, tempest, 暴风雨, 雷雨, 雷阵雨, 雷暴, 风暴',
  },
  { event: 'thunder', phrases: 'lightning, thunder, 闪电, 雷' },
  {
    ambience: 'waves',
    phrases: 'waves, surf, tide, 海浪, 波浪, 浪(?!漫|费)',
  },
  {
    ambience: 'waves',
    phrases: 'ocean, sea, seaside, beach, coast, shore, 大海, 海边, 海滩, 海(?!报|量|拔)',
  },
  {
    ambience: 'river',
    phrases: `
      waterfall, waterfalls, river, stream, creek, brook, flowing water, water flow~, 瀑布, 河, 溪, 流水`,
  },
  { ambience: 'waves', phrases: 'ripple~, water ripple~, 涟漪' },
  {
    ambience: 'fire',
    phrases: 'fire, flames, flame, campfire, bonfire, fireplace, burning, 火焰, 篝火, 火(?!车|箭|锅|花)',
  },
  {
    ambience: 'city',
    phrases: 'city, street, streets, traffic, urban, downtown, cars, skyscrapers, 城市, 街, 车流',
  },
  {
    ambience: 'forest',
    phrases:
      'forest, woods, jungle, garden, meadow, park, bird, birds, birdsong, trees, 森林, 树林, 鸟, 花园',
  },
  {
    ambience: 'night',
    phrases: 'night, midnight, moonlight, moonlit, starry, crickets, dusk, 夜, 星空, 月光',
  },
  {
    ambience: 'room',
    phrases:
      'room, indoor, indoors, office, kitchen, interior, bedroom, cafe, studio, 室内, 房间, 厨房, 办公室',
  },
  {
    ambience: 'pad',
    phrases: `
      music, soundtrack, score, epic, dreamy, emotional, melancholic, tense, suspense, 音乐, 配乐, 史诗, 梦幻`,
  },
  {
    event: 'footstep',
    notDrawn: 'walking',
    phrases: 'walk~, footsteps, footstep, run~, jog~, march~, stroll~, 走(?!廊|向), 跑, 脚步',
  },
  {
    event: 'heartbeat',
    notDrawn: 'the heartbeat',
    phrases: 'heartbeat, heartbeats, heart beat~, pulse~, 心跳',
  },
];

/** Wishes that this engine understands and does not draw; the sentence goes into the notes. */
export const NOT_DRAWN: readonly { readonly phrases: string; readonly reason: string }[] = [
  {
    reason: 'people and animals keep the pose of the still',
    phrases: `
      smile~, blink~, laugh~, cry, cries, crying, dance~, jump~, nod~, wink~, kiss~, hug~, turn~ ... head
      head turn~, look~ (at|around|back|away), wave~ (at|goodbye|hello|hand|hands), wav~ ... (hand|hands)
      eat~, drink~, sit~ down, stand~ up, swim~, gallop~, 微笑, 眨眼, 转头, 跳舞, 奔跑, 挥手, 点头, 回头`,
  },
  {
    reason: 'no speech is made',
    phrases: 'say~, said, speak~, talk~, sing~, whisper~, shout~, dialogue, lip sync, 说话?, 唱歌?, 对话',
  },
  {
    reason: 'falling leaves and petals are not drawn',
    phrases: `
      (leaves|petals|blossoms) ... (fall~|swirl~), (falling|swirling) (leaves|petals|blossoms), 落叶, 落花, 花瓣.{0,3}飘`,
  },
  {
    reason: 'confetti, bubbles and fireflies are not drawn',
    phrases: 'confetti, fireflies, bubbles, 萤火虫, 泡泡',
  },
  {
    reason: 'drops on glass and leaves stay where they are',
    phrases:
      '(raindrops|rain drops|droplets) ... on [the|a] (window|windows|glass|leaf|leaves|petals|lens|windshield)',
  },
  {
    reason: 'the light of the still does not change',
    phrases: `
      sun (set~|rise~), sunset ... begin~
      (light|lights|lighting|sky|colors|colours) ... (shift~|change~|fade~|flicker~|turn~|dim~|brighten~|darken~)
      flicker~, day to night, 光线变化, 日落西山, 闪烁`,
  },
  {
    reason: 'time runs evenly',
    phrases: `
      time lapse, timelapse, hyperlapse, slow motion, slow mo, slowmo, freeze frame, speed ramp, 延时, 慢动作, 定格`,
  },
  {
    reason: 'things do not change shape or place',
    phrases: `
      explode~, explosion, appear~, disappear~, melt~, grow~, 爆炸, 消失, 出现`,
  },
];
