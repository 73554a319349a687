import type { ApiKeyId } from '#domain/ids.ts';
import type { Ports } from '#ports/ports.ts';

/**
 * The secret that signs the webhooks of tasks submitted with this API key: `whsec_` and the base64 of 32 bytes. Derived from the
 * server's own key, so that it is nowhere stored and another API key has another secret.
 */
export function webhookSecret(ports: Pick<Ports, 'signer'>, apiKeyId: ApiKeyId): string {
  const bytes = Buffer.from(ports.signer.sign(`webhook-secret ${apiKeyId}`), 'hex');
  return `whsec_${bytes.toString('base64')}`;
}
