import { type AccountId, accountId } from '#domain/ids.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { Ports } from '#ports/ports.ts';

/** A new account with its opening credit; keys are made apart. */
export async function openAccount(
  ports: Pick<Ports, 'accounts' | 'clock' | 'ids'>,
  command: { readonly name: string; readonly credit: MicroDollars },
): Promise<AccountId> {
  const id = accountId(ports.ids.hex(8));
  const now = ports.clock.now();
  await ports.accounts.createAccount({ id, name: command.name, createdAt: now }, command.credit);
  return id;
}
