import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';
import { createDevelopmentCertificate, isStillGood } from './development-certificate.ts';
import { loadTls } from './load-tls.ts';

const folders: string[] = [];
const newFolder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'animatic-tls-')));
  return folders.at(-1)!;
};

const settings = (own: Partial<Parameters<typeof loadTls>[0]> = {}) => ({
  dataFolder: newFolder(),
  host: '0.0.0.0',
  publicUrl: undefined,
  tls: 'off' as const,
  tlsCertificatePath: undefined,
  tlsKeyPath: undefined,
  ...own,
});

describe('TLS', () => {
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('is off unless asked for', async () => {
    assert.equal(await loadTls(settings()), undefined);
  });

  it('for development: a certificate for this machine, the configured and the vendors’ names, signed by the authority beside it', async () => {
    const material = await loadTls(
      settings({ tls: 'on', host: '10.1.2.3', publicUrl: 'https://clips.example:8443' }),
    );
    assert.ok(material?.authorityPath !== undefined);
    const certificate = new X509Certificate(material.certificate);
    const authority = new X509Certificate(readFileSync(material.authorityPath));
    assert.ok(certificate.verify(authority.publicKey) && certificate.checkIssued(authority));
    assert.deepEqual([authority.ca, certificate.ca], [true, false]);
    for (const name of ['localhost', 'clips.example', ...VIRTUAL_HOSTS.keys()])
      assert.ok(certificate.checkHost(name), name);
    for (const address of ['127.0.0.1', '::1', '10.1.2.3']) assert.ok(certificate.checkIP(address), address);
    assert.equal(certificate.checkHost('example.com'), undefined);
    const keyPath = material.authorityPath.replace('authority.pem', 'server.key');
    assert.equal(statSync(keyPath).mode & 0o777, 0o600);
  });

  it('for development: made once, and anew for a name that it lacks', async () => {
    const first = settings({ tls: 'on' });
    const { certificate } = (await loadTls(first))!;
    assert.equal((await loadTls(first))?.certificate, certificate);
    const renamed = await loadTls({ ...first, publicUrl: 'https://new.example' });
    assert.notEqual(renamed?.certificate, certificate);
    assert.equal(
      (await loadTls({ ...first, publicUrl: 'https://new.example' }))?.certificate,
      renamed?.certificate,
    );
  });

  it('for development: a certificate near its end is no longer good', async (context) => {
    const { certificate } = await createDevelopmentCertificate(['localhost']);
    assert.ok(isStillGood(certificate, ['localhost']));
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 780 * 24 * 60 * 60 * 1000 });
    assert.ok(!isStillGood(certificate, ['localhost']));
  });

  it('uses the certificate it is given, asked for or not', async () => {
    const folder = newFolder();
    const made = await createDevelopmentCertificate(['clips.example']);
    const [tlsCertificatePath, tlsKeyPath] = [join(folder, 'chain.pem'), join(folder, 'key.pem')];
    writeFileSync(tlsCertificatePath, made.certificate + made.authority);
    writeFileSync(tlsKeyPath, made.key);
    for (const tls of ['on', 'off'] as const) {
      assert.deepEqual(await loadTls(settings({ tls, tlsCertificatePath, tlsKeyPath })), {
        certificate: made.certificate + made.authority,
        key: made.key,
        authorityPath: undefined,
      });
    }
  });

  it('stops the start when the given files are of no use, and says which', async () => {
    const folder = newFolder();
    const [one, other] = await Promise.all(['a', 'b'].map((name) => createDevelopmentCertificate([name])));
    const path = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const tlsCertificatePath = path('a.pem', one!.certificate);
    for (const [tlsKeyPath, message] of [
      [undefined, /belong together/],
      [join(folder, 'none.pem'), /ANIMATIC_TLS_KEY: .*none\.pem cannot be read/],
      [path('b.key', other!.key), /cannot be used together/],
      [path('c.key', 'no key'), /cannot be used together/],
    ] as const)
      await assert.rejects(loadTls(settings({ tlsCertificatePath, tlsKeyPath })), {
        code: 'bad_setting',
        message,
      });
  });
});
