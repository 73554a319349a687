/** How long a file shall live and who may read it, as fal's clients ask for it in a header. */
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AnimaticError } from '#domain/errors.ts';
import type { FileWish } from '#domain/file/file-rule.ts';
import { accountId } from '#domain/ids.ts';

/** With an upload: about this file. Python's client sends both with its uploads. */
export const UPLOAD_LIFECYCLE_HEADERS = ['x-fal-object-lifecycle', 'x-fal-object-lifecycle-preference'];
/** With a request: about the files that it makes. */
export const OUTPUT_LIFECYCLE_HEADERS = ['x-fal-object-lifecycle-preference'];

/** A hundred years: a longer life is as good as none that ends. */
const LONGEST_LIFE_SECONDS = 100 * 365 * 86_400;
const MOST_RULES = 100;

const Decision = Type.Union([Type.Literal('allow'), Type.Literal('forbid'), Type.Literal('hide')]);
/** What is unknown in it is passed over. */
const Lifecycle = Type.Object({
  expiration_duration_seconds: Type.Optional(
    Type.Union([Type.Null(), Type.Integer({ minimum: 1, maximum: LONGEST_LIFE_SECONDS })]),
  ),
  initial_acl: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        default: Type.Optional(Decision),
        rules: Type.Optional(
          Type.Array(Type.Object({ user: Type.String({ maxLength: 200 }), decision: Decision }), {
            maxItems: MOST_RULES,
          }),
        ),
      }),
    ]),
  ),
});

/**
 * Users of a rule are account ids here. Undefined where nothing is asked for.
 * @param names Of the headers that count; the first that is there does.
 * @throws AnimaticError `malformed_request` for one that cannot be read: a file that should be kept from others is not made public.
 */
export function requestedLifecycle(
  { headers }: Pick<FastifyRequest, 'headers'>,
  names: readonly string[],
): FileWish | undefined {
  const name = names.find((each) => headers[each] !== undefined);
  if (name === undefined) return undefined;
  const { expiration_duration_seconds: lifetimeSeconds, initial_acl: acl } = parsed(
    name,
    String(headers[name]),
  );
  const wish: FileWish = {
    ...(lifetimeSeconds === undefined || lifetimeSeconds === null ? {} : { lifetimeSeconds }),
    ...(acl === undefined || acl === null
      ? {}
      : {
          access: {
            default: acl.default ?? 'allow',
            exceptions: (acl.rules ?? []).map(({ user, decision }) => ({
              accountId: accountId(user),
              decision,
            })),
          },
        }),
  };
  return Object.keys(wish).length === 0 ? undefined : wish;
}

function parsed(name: string, text: string): Static<typeof Lifecycle> {
  try {
    const value: unknown = JSON.parse(text);
    if (Value.Check(Lifecycle, value)) return value;
  } catch {
    // Told below, as any other text that is none.
  }
  throw new AnimaticError(
    'malformed_request',
    `The header "${name}" must hold JSON such as {"expiration_duration_seconds": 3600, "initial_acl": {"default": "hide", "rules": [{"user": "an account's id", "decision": "allow"}]}}.`,
  );
}
