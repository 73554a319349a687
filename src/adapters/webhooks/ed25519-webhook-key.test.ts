import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { it } from 'node:test';
import { Ed25519WebhookKey } from './ed25519-webhook-key.ts';

/** RFC 8032 section 7.1, test 2; and RFC 8410's frame around a private key. */
const RFC_8032 = {
  privateKey: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  message: '72',
  signature:
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
};
const PKCS8_FRAME = '302e020100300506032b657004220420';

const pemOf = (privateKey: string): string =>
  `-----BEGIN PRIVATE KEY-----\n${Buffer.from(PKCS8_FRAME + privateKey, 'hex').toString('base64')}\n-----END PRIVATE KEY-----\n`;

it('signs as RFC 8032 says', () => {
  const key = new Ed25519WebhookKey(pemOf(RFC_8032.privateKey));
  const signature = key.sign(Buffer.from(RFC_8032.message, 'hex'));
  assert.equal(Buffer.from(signature).toString('hex'), RFC_8032.signature);
  assert.equal(Buffer.from(key.publicKey.x, 'base64url').toString('hex'), RFC_8032.publicKey);
});

it('is published as RFC 8037 says, with the thumbprint of its appendix A.3', () => {
  const rfc8037 = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
  assert.deepEqual(new Ed25519WebhookKey(pemOf(rfc8037)).publicKey, {
    kty: 'OKP',
    crv: 'Ed25519',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    alg: 'EdDSA',
    use: 'sig',
  });
});

it('a new key signs what its public half verifies', () => {
  const pem = Ed25519WebhookKey.generatePem();
  const key = new Ed25519WebhookKey(pem);
  const message = Buffer.from('an event');
  const publicKey = createPublicKey({ key: { ...key.publicKey }, format: 'jwk' });
  assert.ok(verify(null, message, publicKey, key.sign(message)));
  assert.notEqual(pem, Ed25519WebhookKey.generatePem());
});

it('another kind of key, or no key, is a bad setting', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  for (const pem of ['', 'nonsense', rsa.export({ type: 'pkcs8', format: 'pem' }).toString()])
    assert.throws(() => new Ed25519WebhookKey(pem), { code: 'bad_setting', message: /webhook\.key/ });
});
