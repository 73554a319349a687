/** Accounts and their credit. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { accountId } from '#domain/ids.ts';
import { formatUsd, type MicroDollars, usd, ZERO } from '#domain/money.ts';
import type { Account } from '#ports/account-store.ts';
import { openAccount } from '#services/open-account.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { type AccountView, type BalanceView, toAccountView } from './admin-views.ts';

const NewAccount = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  credit: Type.Optional(Type.String()),
});

const Credit = Type.Object({
  amount: Type.String(),
  note: Type.Optional(Type.String({ maxLength: 500 })),
});

interface IdParams {
  readonly id: string;
}

export function accountRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get('/accounts', async (): Promise<{ readonly accounts: readonly AccountView[] }> => {
    const accounts = await deps.accounts.listAccounts();
    const view = async (account: Account) => toAccountView(account, await deps.ledger.balance(account.id));
    return { accounts: await Promise.all(accounts.map(view)) };
  });

  server.post<{ Body: Static<typeof NewAccount> }>(
    '/accounts',
    { schema: { body: NewAccount } },
    async ({ body }, reply) => {
      const id = await openAccount(deps, {
        name: body.name,
        credit:
          body.credit === undefined ? ZERO : amountOf(body.credit, 'credit', (amount) => amount >= ZERO),
      });
      const view: AccountView = toAccountView(await findAccount(deps, id), await deps.ledger.balance(id));
      return reply.code(201).send(view);
    },
  );

  server.get<{ Params: IdParams }>('/accounts/:id/balance', async ({ params }): Promise<BalanceView> => {
    return balanceView(deps, await findAccount(deps, params.id));
  });

  server.post<{ Params: IdParams; Body: Static<typeof Credit> }>(
    '/accounts/:id/credit',
    { schema: { body: Credit } },
    async ({ params, body }): Promise<BalanceView> => {
      const account = await findAccount(deps, params.id);
      const amount = amountOf(body.amount, 'amount', (value) => value !== ZERO);
      await deps.ledger.grant(
        account.id,
        amount,
        body.note ?? 'granted by an administrator',
        deps.clock.now(),
      );
      return balanceView(deps, account);
    },
  );
}

/** @throws AnimaticError `not_found`. */
export async function findAccount(deps: Pick<HttpDependencies, 'accounts'>, id: string): Promise<Account> {
  const accounts = await deps.accounts.listAccounts();
  const account = accounts.find((candidate) => candidate.id === accountId(id));
  if (account === undefined)
    throw new AnimaticError('not_found', `There is no account "${id}"; list them for their ids.`);
  return account;
}

const balanceView = async (
  deps: Pick<HttpDependencies, 'ledger'>,
  account: Account,
): Promise<BalanceView> => ({
  accountId: account.id,
  balance: formatUsd(await deps.ledger.balance(account.id)),
});

/** @throws AnimaticError `invalid_parameter` for a text that is no amount or one that `isAllowed` refuses. */
function amountOf(text: string, name: string, isAllowed: (amount: MicroDollars) => boolean): MicroDollars {
  const amount = parseAmount(text);
  if (amount !== undefined && isAllowed(amount)) return amount;
  throw new AnimaticError(
    'invalid_parameter',
    `"${name}" must be an amount in USD such as "25" or "0.50"; "${text}" was given.`,
    { path: [name] },
  );
}

function parseAmount(text: string): MicroDollars | undefined {
  try {
    return usd(text);
  } catch {
    return undefined;
  }
}
