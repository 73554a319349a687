/** The rules between fields of an endpoint, applied to an input whose fields are each valid. */
import type { InputFault } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { Endpoint, InputRule } from './endpoint.ts';
import { missingFault } from './input-fault.ts';

export function ruleFaults(endpoint: Endpoint, input: JsonObject): readonly InputFault[] {
  return endpoint.rules.flatMap((rule) => ruleFault(rule, endpoint, input) ?? []);
}

function ruleFault(rule: InputRule, endpoint: Endpoint, input: JsonObject): InputFault | undefined {
  const given = (name: string) => input[name] !== undefined;
  switch (rule.kind) {
    case 'atLeastOne':
      return rule.names.some(given) ? undefined : missingFault(endpoint, [rule.names[0]]);
    case 'needs': {
      if (!given(rule.name) || rule.needs.some(given)) return undefined;
      const message = `"${rule.name}" needs ${rule.needs.map((name) => `"${name}"`).join(' or ')} beside it.`;
      return { code: 'missing_parameter', path: [rule.needs[0]!], message, details: { rule: 'needs' } };
    }
    case 'atMostTogether': {
      const total = rule.names.reduce((sum, name) => sum + itemCount(input[name]), 0);
      if (total <= rule.maxItems) return undefined;
      const names = rule.names.map((name) => `"${name}"`).join(', ');
      const message = `${names} may hold at most ${rule.maxItems} files between them; ${total} were given.`;
      return {
        code: 'invalid_parameter',
        path: [rule.names.find(given)!],
        message,
        details: { rule: 'maxItems', limit: rule.maxItems },
      };
    }
  }
}

const itemCount = (value: JsonValue | undefined): number => (Array.isArray(value) ? value.length : 0);
