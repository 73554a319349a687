/** A value of the configuration file that knows where it stands, so that every complaint names its path and what to write instead. */
import { AnimaticError } from '#domain/errors.ts';
import { type MicroDollars, usd } from '#domain/money.ts';

export class ConfigurationValue {
  /** As in JavaScript: `routes["fal:*"][0].weight`. */
  readonly path: string;
  readonly #value: unknown;
  readonly #file: string;

  constructor(value: unknown, file: string, path = '') {
    this.#value = value;
    this.#file = file;
    this.path = path;
  }

  /** @param complaint Follows the path: `must be a text`. */
  bad(complaint: string): AnimaticError {
    return new AnimaticError('bad_setting', `${this.#file}: ${this.path} ${complaint}.`);
  }

  get isObject(): boolean {
    return typeof this.#value === 'object';
  }

  get isText(): boolean {
    return typeof this.#value === 'string';
  }

  /** Of an object, by name. @throws AnimaticError `bad_setting` for a member that is not among `known`, when given. */
  members(known?: readonly string[]): ReadonlyMap<string, ConfigurationValue> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.bad(
        known === undefined ? 'must be a JSON object' : `must be a JSON object with ${known.join(', ')}`,
      );
    const names = Object.keys(value);
    const unknown = known === undefined ? undefined : names.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw this.#member(unknown, value).bad(`is not known here; there are ${known!.join(', ')}`);
    return new Map(names.map((name) => [name, this.#member(name, value)]));
  }

  /** @throws AnimaticError `bad_setting` for an empty list. */
  items(): readonly [ConfigurationValue, ...ConfigurationValue[]] {
    const value = this.#value;
    if (!Array.isArray(value)) throw this.bad('must be a list');
    const [first, ...rest] = value.map(
      (item, index) => new ConfigurationValue(item, this.#file, `${this.path}[${index}]`),
    );
    if (first === undefined) throw this.bad('must not be an empty list');
    return [first, ...rest];
  }

  text(): string {
    if (typeof this.#value === 'string' && this.#value !== '') return this.#value;
    throw this.bad('must be a text');
  }

  oneOf<Name extends string>(names: readonly Name[]): Name {
    const name = names.find((candidate) => candidate === this.#value);
    if (name === undefined) throw this.bad(`must be one of ${names.join(', ')}`);
    return name;
  }

  flag(): boolean {
    if (typeof this.#value === 'boolean') return this.#value;
    throw this.bad('must be true or false');
  }

  wholeNumber(minimum: number, maximum: number): number {
    const value = this.#value;
    if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum)
      return value;
    throw this.bad(`must be a whole number from ${minimum} to ${maximum}`);
  }

  positiveNumber(): number {
    const value = this.#value;
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
    throw this.bad('must be a number above 0');
  }

  /** Text or number, such as "0.25" or 12. */
  dollars(): MicroDollars {
    try {
      const amount = usd(String(this.#value));
      if (amount >= 0n) return amount;
    } catch {
      // Said below.
    }
    throw this.bad('must be an amount in USD such as "0.25"');
  }

  /** An http(s) address without a query. */
  address(): string {
    const url = URL.parse(this.text());
    if (url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.username === '')
      return url.href.replace(/\/+$/, '');
    throw this.bad('must be an http(s) address without a query, such as "https://queue.example.com"');
  }

  #member(name: string, value: object): ConfigurationValue {
    const step = /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    const path = (this.path + step).replace(/^\./, '');
    return new ConfigurationValue((value as Record<string, unknown>)[name], this.#file, path);
  }
}
