import { existsSync, readFileSync } from 'node:fs';
import { AnimaticError } from '#domain/errors.ts';

/** What the file holds; nothing when there is none. @throws AnimaticError `bad_setting` unless it is one JSON object. */
export function readConfigurationFile(path: string): Readonly<Record<string, unknown>> {
  if (!existsSync(path)) return {};
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new AnimaticError('bad_setting', `${path} is not valid JSON; mend or remove it.`, { cause });
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content))
    return content as Readonly<Record<string, unknown>>;
  throw new AnimaticError('bad_setting', `${path} must hold one JSON object.`);
}
