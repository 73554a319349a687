/** What a request still lacks, by the model's own rules. Everything else that may be wrong with it the server says itself. */
import type { InputRule, Model, ModelInput } from '../wire/catalogue.ts';

/** Names of the fields to fill, in the order of the form. */
export function missingFields({ schema, rules }: Model, input: ModelInput): readonly string[] {
  const given = (name: string) => input[name] !== undefined;
  // The published schema requires the first of fields that stand in for each other; the rule knows the others.
  const alternatives = rules.filter((rule) => rule.kind === 'atLeastOne').flatMap(({ names }) => names);
  const required = schema.required.filter((name) => !alternatives.includes(name) && !given(name));
  const missing = new Set([...required, ...rules.flatMap((rule) => missingByRule(rule, given))]);
  return schema['x-order-properties'].filter((name) => missing.has(name));
}

function missingByRule(rule: InputRule, given: (name: string) => boolean): readonly string[] {
  switch (rule.kind) {
    case 'atLeastOne':
      return rule.names.some(given) ? [] : rule.names.slice(0, 1);
    case 'needs':
      return given(rule.name) && !rule.needs.some(given) ? rule.needs.slice(0, 1) : [];
    case 'atMostTogether':
      return [];
  }
}
