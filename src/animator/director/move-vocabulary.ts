/**
 * The words for camera moves, English and Chinese, as one table. Phrases are lower case and written in the small
 * language of `phrase.ts`; `read-prompt.ts` is the only reader.
 */
import type { MoveName } from './plan.ts';

/**
 * Where a phrase counts as talk about the camera. `anywhere`: always. `command`: in a clause that names the camera, or
 * that begins with the phrase, small words aside ("a slow push in"). `camera`: only beside the camera ("the camera
 * slowly rises", "orbiting camera"), or at the start of a sentence or of a clause that goes on about the camera.
 */
export const CONTEXTS = ['anywhere', 'command', 'camera'] as const;
export type Context = (typeof CONTEXTS)[number];

export interface MoveWords extends Readonly<Partial<Record<Context, string>>> {
  /** Played together. A pair leaves the side to the seed. */
  readonly moves: readonly {
    readonly move: MoveName | readonly [MoveName, MoveName];
    readonly strength?: number;
  }[];
  /** The move surges instead of gliding. */
  readonly surges?: true;
  /** What of the wish is not done, for the notes. */
  readonly clamped?: string;
}

const one = (move: MoveName | readonly [MoveName, MoveName], strength = 1) => [{ move, strength }];

const PAN = ['pan-left', 'pan-right'] as const;
const TRUCK = ['truck-left', 'truck-right'] as const;
const ORBIT = ['orbit-left', 'orbit-right'] as const;
const WHIP = ['whip-left', 'whip-right'] as const;
const ROLL = ['roll-left', 'roll-right'] as const;

const NO_FULL_CIRCLE =
  'A full circle needs a picture of every side; the camera orbits a few degrees instead.';
const NO_BARREL_ROLL =
  'Rolled further than a few degrees, the picture would not fill the frame; the camera tilts into a dutch angle instead.';

/** Longer matches win over shorter ones at the same place, so order does not matter. */
export const MOVE_WORDS: readonly MoveWords[] = [
  {
    moves: one('static'),
    anywhere: `
      (static|locked|fixed|stationary|motionless|still|unmoving) [off] (camera|shot|frame|framing|view|angle|lens|perspective)
      locked off, tripod [shot], camera [completely] (static|still|fixed|locked|stationary|motionless|unmoving)
      (camera|shot|frame|view) (is|stay~|remain~|hold~|keep~|be) [completely|perfectly] (static|still|fixed|locked|motionless|steady)
      (no|without|zero) [any] camera (movement|movements|motion|move|moves)
      (no|without) (movement|motion) of the camera
      camera (doesn't|does not|never|must not|should not|shouldn't|won't|will not|is not|isn't) move~
      (don't|do not|never) move the camera, camera (movement|motion) none
      camera (hold~|stay~|remain~) (in place|its position), 固定镜头, 镜头固定, 固定机位, 机位固定, 静止镜头
      镜头(?:保持)?静止, 镜头(?:保持)?不动, 镜头不移动, 不移动镜头, 不要移动镜头, 锁定镜头, 定镜, 三脚架
      (?:无|没有|不要)运镜, (?:无|没有)镜头(?:运动|移动)`,
    camera: 'static, locked, stationary, motionless',
  },
  {
    moves: one('push-in'),
    anywhere: `
      dolly~ ... (in|into|forward|forwards|closer|toward|towards), dolly shot
      camera [slowly|gently|smoothly|quickly] (move~|creep~|drift~|glide~|ease~|inch~) [slowly|gently] (in|into)
      (track~|truck~) (in|forward|forwards), 推镜头?, 镜头(?:缓慢|缓缓|慢慢|快速|逐渐|向前|轻轻)?地?推, 推近, 推进
      拉近, 向前推`,
    command: `
      push~ ... (in|into|inward|inwards|forward|forwards|closer|toward|towards), push in, camera push, push shot`,
    camera: `
      close~ in, approach~, (get~|come~|move~|creep~|ease~|inch~) (closer|nearer)
      (move~|glide~|travel~|drift~|float~|advance~|creep~) ... (forward|forwards|toward|towards|closer), advance~
      靠近, 逼近, 前移, 向前, 往前`,
  },
  {
    moves: one('pull-out'),
    anywhere: `
      dolly~ ... (out|back|away|backward|backwards), (track~|truck~) (back|out|backward|backwards), reveal shot
      wide reveal, 拉镜头?, 拉远, 后拉, 向后拉, 拉开, 镜头(?:缓慢|缓缓|慢慢|快速|逐渐)?地?(?:后退|拉出)`,
    command: `
      pull~ ... (out|back|away|backward|backwards), pull back [reveal], (ease~|drift~|glide~|creep~) (out|back|away)`,
    camera: `
      (move~|travel~|float~|retreat~) ... (out|back|away|backward|backwards), retreat~, 后退, 向后, 往后, 远离`,
  },
  {
    moves: one('zoom-in'),
    anywhere: 'zoom~ ... (in|into|inward|inwards|closer), 变焦放大, 变焦推, 画面放大, 镜头放大',
    command: 'zoom~ (on|onto|to|toward|towards), zoom [shot|effect], zooms, zooming, 变焦, 放大',
  },
  {
    moves: one('zoom-out'),
    anywhere: 'zoom~ ... (out|back|away|outward|outwards), 变焦缩小, 变焦拉, 画面缩小, 镜头缩小',
  },
  {
    moves: one('crash-zoom'),
    anywhere: `
      (crash|snap|whip|punch) zoom~ [in], zoom~ in (suddenly|abruptly|instantly), (sudden|abrupt) zoom [in], 急推
      快速变焦, 猛推, 骤然推近`,
  },
  {
    moves: one('pan-left'),
    command: `
      pan~ ... <left>, (left|leftward) pan, [from] right to left pan, pan~ ... right to left, 左摇, 摇向左, 向左摇
      从右[到至向往]左摇`,
    camera: '(turn~|rotate~|swing~|look~) <left>',
  },
  {
    moves: one('pan-right'),
    command: `
      pan~ ... <right>, (right|rightward) pan, [from] left to right pan, pan~ ... left to right, 右摇, 摇向右
      向右摇, 从左[到至向往]右摇`,
    camera: '(turn~|rotate~|swing~|look~) <right>',
  },
  {
    moves: one(PAN),
    command: `
      pan~ (shot|across|around|over|along|through|to|toward|towards|slowly), panoramic (pan|sweep|shot), 摇镜头?
      横摇, 摇摄, 摇移`,
    camera: 'pan~, (sweep~|scan~) [slowly] (across|over|along|through)',
  },
  {
    moves: one(WHIP),
    anywhere: '(whip|swish|flash) (pan~|turn~), 甩镜头?, 甩摇',
  },
  {
    moves: one('whip-left'),
    anywhere: '(whip|swish|flash) (pan~|turn~) ... <left>, 向左甩镜头?, 左甩',
  },
  {
    moves: one('whip-right'),
    anywhere: '(whip|swish|flash) (pan~|turn~) ... <right>, 向右甩镜头?, 右甩',
  },
  {
    moves: one('tilt-up'),
    command: 'tilt~ ... <up>, pan~ ... <up>, (up|upward) tilt, 上摇, 向上摇, 镜头上[抬仰扬], 镜头抬起',
    camera: '(look~|turn~) <up>',
  },
  {
    moves: one('tilt-down'),
    command: 'tilt~ ... <down>, pan~ ... <down>, (down|downward) tilt, 下摇, 向下摇, 镜头下[压俯]',
    camera: '(look~|turn~) <down>',
  },
  {
    moves: one(['tilt-up', 'tilt-down']),
    camera: 'tilt, tilts, tilting, tilt shot',
  },
  {
    moves: one('truck-left'),
    anywhere: `
      dolly~ ... <left>, trucking <left>, 镜头向?左(?:平|滑)?移
      (tracking|trucking|slider|lateral) (shot|movement|move) ... ... (right to left|<left>)
      从右[到至向往]左(?:平|横)?移`,
    camera: `
      (truck~|slide~|track~|move~|glide~|drift~|shift~|travel~|strafe~) ... <left>, 左移, 向左(?:平|滑)?移动?`,
  },
  {
    moves: one('truck-right'),
    anywhere: `
      dolly~ ... <right>, trucking <right>, 镜头向?右(?:平|滑)?移
      (tracking|trucking|slider|lateral) (shot|movement|move) ... ... (left to right|<right>)
      从左[到至向往]右(?:平|横)?移`,
    camera: `
      (truck~|slide~|track~|move~|glide~|drift~|shift~|travel~|strafe~) ... <right>, 右移, 向右(?:平|滑)?移动?`,
  },
  {
    moves: one(TRUCK),
    anywhere: `
      (tracking|trucking|truck|slider|lateral|sideways|parallax) (shot|movement|motion|move|tracking|slide|dolly)
      横移, 移镜头, 平移镜头, 镜头平移`,
    camera: `
      (slide~|glide~|truck~|track~|drift~) [slowly] (past|along|alongside|sideways|laterally|across)`,
  },
  {
    moves: [
      { move: 'zoom-in', strength: 0.7 },
      { move: PAN, strength: 0.6 },
    ],
    anywhere: 'ken burns [effect|style]',
  },
  {
    moves: [{ move: 'push-in', strength: 0.6 }, { move: 'handheld', strength: 0.5 }, { move: 'walk' }],
    anywhere: `
      (follow|following) (shot|cam|camera), steadicam, camera ... follow~, walk~ (with|through with) the camera
      (pov|first person|first-person) (walk|walking|shot|view), (walking|handheld) (pov|camera|shot|walk|walking), camera (walks|walking)
      跟拍, 跟镜头?, 镜头跟随, 跟随镜头, 第一人称视角?, 边走边拍`,
    camera: `walk~ (with|through|along|towards|toward|forward|into), follow~ [behind|along]`,
  },
  {
    moves: one('pedestal-up'),
    anywhere: '(crane|jib|boom|pedestal) (shot|move|movement)',
    command: `
      (pedestal~|crane~|boom~|jib~) ... <up>, (升|上升)镜头
      镜头(?:缓慢|缓缓|慢慢|逐渐|向上)?地?(?:升|上升|升起|上移), 摇臂`,
    camera: 'rise~, ascend~, (move~|float~|lift~|glide~) ... <up>, lift~ off',
  },
  {
    moves: one('pedestal-down'),
    command: `
      (pedestal~|crane~|boom~|jib~) ... <down>, (降|下降)镜头
      镜头(?:缓慢|缓缓|慢慢|逐渐|向下)?地?(?:降|下降|降下|下移)`,
    camera: 'descend~, lower~, (move~|float~|sink~|drop~|glide~) ... <down>',
  },
  {
    moves: one(ORBIT),
    anywhere: `
      (orbit|orbital|orbiting|arc|circular|circling|turntable) (shot|movement|motion|move|camera)
      环绕(?:拍摄|镜头|运镜), 环拍, 绕拍, 镜头(?:缓慢|缓缓|慢慢)?地?(?:环绕|围绕|绕着)`,
    camera: `
      orbit~, arc~ [around], (circle~|revolve~|rotate~|spin~|move~|swirl~|fly|flies|turn~|travel~|glide~) ... around
      circle~, rotate~, spin~, 环绕, 围绕, 绕着, 旋转`,
  },
  {
    moves: one('orbit-left'),
    camera: '(orbit~|arc~|circle~|rotate~) ... (<left>|clockwise), 向左(?:环绕|旋转), 顺时针',
  },
  {
    moves: one('orbit-right'),
    camera: `
      (orbit~|arc~|circle~|rotate~) ... (<right>|counterclockwise|anticlockwise|counter-clockwise)
      向右(?:环绕|旋转), 逆时针`,
  },
  {
    moves: one(ORBIT),
    clamped: NO_FULL_CIRCLE,
    anywhere: `
      (360|full|complete) [degree|degrees] (orbit~|rotation|rotate~|spin~|turn|circle~|arc|pan~|view|shot)
      360°? (orbit~|rotation|spin|turn|circle|pan|view|shot), orbit~ ... 360, bullet time, 360度, 子弹时间`,
  },
  {
    moves: one(ROLL),
    anywhere: `
      dutch (angle|tilt|shot|roll), canted (angle|shot), oblique angle, (camera|frame|horizon) roll~, roll~ the camera
      roll shot, 荷兰角, 倾斜(?:构图|镜头|角度), 斜角镜头, 镜头倾斜`,
    camera: 'roll, rolls, rolling, tilt~ sideways, 侧倾',
  },
  {
    moves: one('roll-left'),
    anywhere: `
      roll~ [the] camera (<left>|counterclockwise|counter-clockwise|anticlockwise)
      (camera|frame|horizon) roll~ (<left>|counterclockwise|counter-clockwise|anticlockwise)`,
    camera: '(roll~|tilt~ sideways) ... (<left>|counterclockwise|counter-clockwise|anticlockwise)',
  },
  {
    moves: one('roll-right'),
    anywhere: 'roll~ [the] camera (<right>|clockwise), (camera|frame|horizon) roll~ (<right>|clockwise)',
    camera: '(roll~|tilt~ sideways) ... (<right>|clockwise)',
  },
  {
    moves: one(ROLL),
    clamped: NO_BARREL_ROLL,
    anywhere: 'barrel roll~, upside down (camera|shot), 360 [degree] roll, 滚筒旋转, 镜头翻转, 天旋地转',
  },
  {
    moves: one('dolly-zoom'),
    anywhere: `
      dolly zoom~, (vertigo|hitchcock) (effect|shot|zoom), zolly, trombone (shot|zoom), contra zoom
      希区柯克(?:式)?变焦, 滑动变焦, 眩晕(?:变焦|效果)`,
  },
  {
    moves: one('handheld'),
    anywhere: `
      handheld, hand held, (shaky|shaking|wobbly) (cam|camera|footage|shot), camera (shake|shakes|shaking|wobble~)
      documentary style, documentary, found footage, home video
      手持(?:镜头|拍摄|摄影|摄像|相机|感|运镜|晃动|风格|效果), 镜头(?:轻微|剧烈)?(?:晃动|抖动)`,
  },
  {
    moves: [
      { move: 'push-in', strength: 0.8 },
      { move: 'pedestal-up', strength: 0.6 },
    ],
    anywhere: `
      drone (shot|footage|view|flight|flyover|camera|perspective), aerial (shot|footage|flight|tracking|push|view)
      flyover, fly over shot, fly through, fpv [drone], bird's eye (shot|view), 航拍, 无人机, 鸟瞰镜头?`,
    camera: '(fly|flies|flying|soar~) (over|through|across|above|toward|towards|forward), 飞越, 飞过',
  },
];

/** Everyday phrases that hold a camera word by accident: they shield it, being longer. */
export const DECOYS = `
  zoom (call|meeting|lens|lenses), frying pan, (pan|pans) (pipe|flute|of), tilt shift
  (pickup|fire|food|tow|delivery) truck, static electricity, still life, push up, push ups, pull up, pull ups
  orbit of, 推进器, 推荐, 旋转木马, 固定资产`;
