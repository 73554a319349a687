/** Lengths of time as prompts put them: "8s", "a ten-second clip", "0-3s ... 3-8s", "五秒". */

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  十一: 11,
  十二: 12,
  十三: 13,
  十四: 14,
  十五: 15,
};

const NUMBER = `\\d+(?:\\.\\d+)?|${Object.keys(NUMBER_WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|')}`;
/** "after 2 seconds" is a moment in the clip, not its length; so is the first part of "0-3s". */
const LENGTH = new RegExp(
  `(?<![\\p{Script=Latin}\\d.]|(?:after|at|wait|within|every|last|first|for)\\s+(?:the\\s+)?)(${NUMBER})[\\s-]*(?:(s)|secs?|seconds?|秒(?:钟)?)(?![\\p{Script=Latin}\\d])`,
  'gu',
);

/** The longest length named in `text` (lower case), in seconds; undefined when none is. */
export function explicitSeconds(text: string): number | undefined {
  const lengths: number[] = [];
  for (const [, number = '', bareUnit] of text.matchAll(LENGTH)) {
    const seconds = NUMBER_WORDS[number] ?? Number(number);
    // "80s" is a decade.
    const isDecade = bareUnit !== undefined && seconds >= 20 && seconds % 10 === 0;
    if (!isDecade && seconds > 0) lengths.push(seconds);
  }
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}
