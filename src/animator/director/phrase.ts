/**
 * Phrases of the vocabulary, written for people and compiled to regular expressions. Words match whole words only
 * ("company" holds no "pan"); between words stands white space or a hyphen. Chinese has no word breaks and matches
 * anywhere.
 *
 *     push~            any inflection of the verb: push, pushes, pushing, pushed
 *     (in|left to)     one of several words or groups of words
 *     [the]            an optional word; [a|b] one of several or none
 *     ...              up to three words of any kind
 *     <left>           "left", "leftwards", "to the left", "towards the left side"; likewise <right>, <up>, <down>
 */
const DIRECTION_PREFIX = String.raw`(?:(?:to|toward|towards)[\s-]+)?(?:the[\s-]+)?`;
const DIRECTIONS: Readonly<Record<string, string>> = {
  left: `${DIRECTION_PREFIX}left(?:wards?|[\\s-]+hand[\\s-]+side|[\\s-]+side)?`,
  right: `${DIRECTION_PREFIX}right(?:wards?|[\\s-]+hand[\\s-]+side|[\\s-]+side)?`,
  up: '(?:up|upwards?|skywards?)',
  down: '(?:down|downwards?)',
};

const GAP = String.raw`(?:[\s-]+[\p{L}\d']+){0,3}?`;
const SPACE = String.raw`[\s-]+`;
const CHINESE = /\p{Script=Han}/u;

/** "push" -> push, pushes, pushed, pushing; "move" -> moving; "dolly" -> dollies; "pan" -> panning. */
function inflections(verb: string): string {
  const stem = verb.slice(0, -1);
  const last = verb.slice(-1);
  if (last === 'e') return `${stem}(?:e|es|ed|ing)`;
  if (/[^aeiou]y$/.test(verb)) return `${stem}(?:y|ies|ied|ying)`;
  return `${verb}(?:s|es|${last}?ed|${last}?ing)?`;
}

function compileWord(word: string): string {
  const direction = /^<(\w+)>$/.exec(word);
  if (direction !== null) {
    const source = DIRECTIONS[direction[1]!];
    if (source === undefined) throw new RangeError(`The vocabulary knows no direction ${word}.`);
    return source;
  }
  const alternatives = /^\((.*)\)$/.exec(word);
  if (alternatives !== null) {
    const choices = alternatives[1]!
      .split('|')
      .map((choice) => choice.split(' ').map(compileWord).join(SPACE));
    return `(?:${choices.join('|')})`;
  }
  return word.endsWith('~') ? inflections(word.slice(0, -1)) : word;
}

function compilePhrase(phrase: string): string {
  let source = '';
  let needsSpace = false;
  for (const word of phrase.match(/\([^)]*\)|\[[^\]]*\]|\S+/g) ?? []) {
    if (word === '...') {
      source += GAP;
      continue;
    }
    const optional = /^\[(.*)\]$/.exec(word);
    if (optional !== null) {
      const inner = compileWord(`(${optional[1]!})`);
      source += needsSpace ? `(?:${SPACE}${inner})?` : `(?:${inner}${SPACE})?`;
      continue;
    }
    source += (needsSpace ? SPACE : '') + compileWord(word);
    needsSpace = true;
  }
  return source;
}

/**
 * One expression that finds any of the phrases, which stand on lines of their own or between commas; global, for
 * `matchAll`.
 *
 * The ends of words are looked for once and not phrase by phrase: V8 forgets the code of an expression that several
 * collections of garbage have not seen used, and all of the vocabulary was compiled anew for every clip, in 130 ms
 * instead of 30.
 */
export function compilePhrases(phrases: string): RegExp {
  const list = phrases
    .split(/,\s|\n/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
  const chinese = list.filter((phrase) => CHINESE.test(phrase));
  const words = list.filter((phrase) => !CHINESE.test(phrase)).map(compilePhrase);
  const wholeWords = `(?<![\\p{L}\\d])(?:${words.join('|')})(?![\\p{L}\\d])`;
  return new RegExp([...(words.length === 0 ? [] : [wholeWords]), ...chinese].join('|'), 'gu');
}
