import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { readSettings } from './settings.ts';

const folders: string[] = [];
const emptyFolder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'animatic-settings-')));
  return folders.at(-1)!;
};
const refused = { name: 'AnimaticError', code: 'bad_setting' };

describe('settings', () => {
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('have defaults', () => {
    const settings = readSettings({}, emptyFolder());
    assert.equal(settings.host, '127.0.0.1');
    assert.equal(settings.port, 8787);
    assert.ok(settings.workers >= 1);
    assert.equal(settings.bootstrapCredit, 100_000_000n);
    assert.deepEqual(settings.allowPrivateUrls, []);
    assert.deepEqual([settings.accountLevel, settings.duplicateWindowSeconds], ['off', 0]);
    assert.deepEqual([settings.emulatorControls, settings.emulatorRealtimeSeconds], ['off', 60]);
    assert.deepEqual(
      [settings.tls, settings.tlsCertificatePath, settings.tlsKeyPath],
      ['off', undefined, undefined],
    );
  });

  it('name TLS files from where the program is started', () => {
    const { tls, tlsCertificatePath } = readSettings(
      { ANIMATIC_TLS: 'on', ANIMATIC_TLS_CERT: 'chain.pem' },
      emptyFolder(),
    );
    assert.deepEqual([tls, tlsCertificatePath], ['on', resolve('chain.pem')]);
  });

  it('name a depth network from where the program is started, and none by default', () => {
    assert.equal(readSettings({}, emptyFolder()).depthModel, undefined);
    const { depthModel } = readSettings({ ANIMATIC_DEPTH_MODEL: 'models/depth' }, emptyFolder());
    assert.equal(depthModel, resolve('models/depth'));
  });

  it('keep everything for ever unless told otherwise', () => {
    const kept = (environment: NodeJS.ProcessEnv) => {
      const { keepResultsDays, keepUploadsDays, keepWebhooksDays } = readSettings(environment, emptyFolder());
      return [keepResultsDays, keepUploadsDays, keepWebhooksDays];
    };
    assert.deepEqual(kept({}), [undefined, undefined, undefined]);
    assert.deepEqual(
      kept({
        ANIMATIC_KEEP_RESULTS_DAYS: '7',
        ANIMATIC_KEEP_UPLOADS_DAYS: '1',
        ANIMATIC_KEEP_WEBHOOKS_DAYS: '30',
      }),
      [7, 1, 30],
    );
  });

  it('come from the environment, and below it from the file', () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'animatic.config.json'),
      JSON.stringify({ port: 1234, workers: 3, publicUrl: 'https://a.example/' }),
    );
    const settings = readSettings(
      { ANIMATIC_PORT: '99', ANIMATIC_ALLOW_PRIVATE_URLS: '10.0.0.0/8, 127.0.0.1/32' },
      folder,
    );
    assert.deepEqual([settings.port, settings.workers, settings.publicUrl], [99, 3, 'https://a.example']);
    assert.deepEqual(settings.allowPrivateUrls, ['10.0.0.0/8', '127.0.0.1/32']);
  });

  it('stop the start when they are wrong, naming the variable', () => {
    const wrong = {
      ANIMATIC_PORT: '70000',
      ANIMATIC_WORKERS: '0',
      ANIMATIC_ACCOUNT_LEVEL: 'platinum',
      ANIMATIC_DUPLICATE_WINDOW_SECONDS: '-1',
      ANIMATIC_KEEP_RESULTS_DAYS: '0',
      ANIMATIC_KEEP_UPLOADS_DAYS: '1.5',
      ANIMATIC_KEEP_WEBHOOKS_DAYS: 'ever',
      LOG_LEVEL: 'loud',
      ANIMATIC_BOOTSTRAP_CREDIT: 'much',
      ANIMATIC_PUBLIC_URL: 'example.com',
      ANIMATIC_TLS: 'yes',
    };
    for (const [variable, value] of Object.entries(wrong)) {
      assert.throws(() => readSettings({ [variable]: value }, emptyFolder()), {
        ...refused,
        message: new RegExp(variable),
      });
    }
    const folder = emptyFolder();
    writeFileSync(join(folder, 'animatic.config.json'), '{"prot": 1}');
    assert.throws(() => readSettings({}, folder), { ...refused, message: /"prot" is no setting/ });
  });

  it('are no list and no debt', () => {
    const debt = { ANIMATIC_BOOTSTRAP_CREDIT: '-0.01' };
    assert.throws(() => readSettings(debt, emptyFolder()), { ...refused, message: /amount in USD/ });
    for (const content of ['[]', 'null', '"port"', '{']) {
      const folder = emptyFolder();
      writeFileSync(join(folder, 'animatic.config.json'), content);
      assert.throws(() => readSettings({}, folder), { ...refused, message: /animatic\.config\.json/ });
    }
  });
});
