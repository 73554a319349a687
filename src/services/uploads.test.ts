import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { assetId } from '#domain/ids.ts';
import { addMs, type Instant, instant } from '#domain/instant.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { checkUploadTicket, createUploadTicket, safeFileName, storeUpload } from './uploads.ts';

const HOUR_MS = 3_600_000;

describe('uploads', () => {
  let fixture: ServiceFixture;
  let now: Instant = instant(1_800_000_000_000);
  before(async () => {
    fixture = await ServiceFixture.open();
  });
  after(() => fixture.close());

  const ports = () => ({ ...fixture.ports, clock: { ...fixture.ports.clock, now: () => now } });
  const forbidden = (message: RegExp) => ({ code: 'forbidden', message });

  /** A ticket, and the claim that a client makes with it. */
  function ticketAndClaim() {
    const ticket = createUploadTicket(ports(), { fileName: 'My photo.png', contentType: 'image/png' });
    const url = new URL(ticket.uploadPath, 'http://x');
    const [, , id, fileName] = url.pathname.split('/');
    return {
      ticket,
      claim: {
        id: assetId(id!),
        fileName: fileName!,
        expires: Number(url.searchParams.get('expires')),
        signature: url.searchParams.get('signature')!,
      },
    };
  }

  it('begin with a ticket that names the file and is good for an hour', () => {
    const { ticket, claim } = ticketAndClaim();
    assert.equal(ticket.fileName, 'My-photo.png');
    assert.equal(ticket.downloadPath, `/files/${claim.id}/My-photo.png`);
    assert.equal(ticket.expiresAt, addMs(now, HOUR_MS));
    checkUploadTicket(ports(), claim);
  });

  it('are refused when anything of the ticket was changed', () => {
    const { claim } = ticketAndClaim();
    const forgeries = [
      { id: ticketAndClaim().claim.id },
      { fileName: 'other.png' },
      { expires: claim.expires + 1 },
      { expires: Number.NaN },
      { signature: '' },
      { signature: ticketAndClaim().claim.signature },
    ];
    for (const forgery of forgeries)
      assert.throws(() => checkUploadTicket(ports(), { ...claim, ...forgery }), forbidden(/not issued by/));
  });

  it('are refused after the ticket has expired', () => {
    const { claim } = ticketAndClaim();
    now = addMs(now, HOUR_MS);
    checkUploadTicket(ports(), claim);
    now = addMs(now, 1);
    assert.throws(() => checkUploadTicket(ports(), claim), forbidden(/expired/));
  });

  it('are stored once, even when two come at the same time', async () => {
    const id = ticketAndClaim().claim.id;
    const upload = async (text: string) => {
      const scratchPath = await fixture.ports.assets.createScratchPath('upload');
      await writeFile(scratchPath, text);
      return storeUpload(fixture.ports, { id, scratchPath, fileName: 'a.png' });
    };
    const outcomes = await Promise.allSettled([upload('first'), upload('second'), upload('third')]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.equal(refused.length, 2);
    for (const { reason } of refused) assert.equal(reason.code, 'forbidden', String(reason.stack));
  });

  it('that fail for another reason say so', async () => {
    const scratchPath = await fixture.ports.assets.createScratchPath('upload');
    const upload = { id: ticketAndClaim().claim.id, scratchPath, fileName: 'a.png' };
    await assert.rejects(storeUpload(fixture.ports, upload), { code: 'ENOENT' });
  });
});

describe('file names', () => {
  const cases: readonly [name: string, contentType: string | undefined, safe: string][] = [
    ['photo.png', undefined, 'photo.png'],
    ['Ein schönes Bild (1).JPG', undefined, 'Ein-scho-nes-Bild-1-.JPG'],
    ['../../etc/passwd', 'text/plain', 'etc-passwd.bin'],
    ['..\\..\\a.png', undefined, 'a.png'],
    ['.png', 'image/png', 'png.png'],
    ['', 'image/webp', 'upload.webp'],
    ['???', 'image/gif; charset=x', 'upload.gif'],
    ['写真', 'IMAGE/AVIF', 'upload.avif'],
    ['clip', 'application/x-unknown', 'clip.bin'],
    ['clip.', 'video/mp4', 'clip..mp4'],
  ];

  it('keep what is harmless, and tell the content type', () => {
    for (const [name, contentType, safe] of cases) assert.equal(safeFileName(name, contentType), safe);
  });

  it('stay short and keep their ending', () => {
    const name = safeFileName(`${'long'.repeat(100)}.jpeg`, undefined);
    assert.ok(name.length <= 80 && name.endsWith('.jpeg'), name);
  });
});
