import { type AccountId, accountId } from '#domain/ids.ts';
import { type MicroDollars, ZERO } from '#domain/money.ts';
import type { Ports } from '#ports/ports.ts';

/** A new account with its opening credit; keys are made apart. */
export async function openAccount(
  ports: Pick<Ports, 'accounts' | 'clock' | 'ids' | 'ledger'>,
  command: { readonly name: string; readonly credit: MicroDollars },
): Promise<AccountId> {
  const id = accountId(ports.ids.hex(8));
  const now = ports.clock.now();
  await ports.accounts.createAccount({ id, name: command.name, createdAt: now });
  if (command.credit !== ZERO) await ports.ledger.grant(id, command.credit, 'opening credit', now);
  return id;
}
