/** Words for how a clip should go over into its end picture. Phrases as in `phrase.ts`; a whip pan is named as a move. */
import type { ArrivalKind } from './plan.ts';

export const ARRIVAL_WORDS: readonly { readonly kind: ArrivalKind; readonly phrases: string }[] = [
  {
    kind: 'morph',
    phrases: `
      morph~, transform~ (into|to), turn~ into, seamless (transition|transformation), transition~ seamlessly
      seamlessly transition~, 变形为?, 无缝(?:过渡|衔接|转换)`,
  },
  {
    kind: 'dissolve',
    phrases: `
      dissolve~, [cross] dissolve, crossfade~, cross fade~, fade~ (to|into|over), 叠化, 溶解, 淡入淡出, 渐隐`,
  },
  {
    kind: 'light-leak',
    phrases: `
      light (leak|leaks|burst|flash) [transition], lens flare transition, film burn, flash (transition|cut), white flash
      漏光, 光晕转场, 闪白, 闪光转场`,
  },
];
