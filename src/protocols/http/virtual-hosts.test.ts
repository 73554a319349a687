import assert from 'node:assert/strict';
import { it } from 'node:test';
import { VIRTUAL_HOSTS, virtualFilesOrigin, virtualHost } from './virtual-hosts.ts';

it('virtual hosts: a name is found whatever its case and port', () => {
  assert.equal(virtualHost('Queue.Fal.Run:8443')?.prefix, '/fal/queue');
  for (const own of [
    undefined,
    '',
    'localhost:8787',
    '127.0.0.1',
    'evil.queue.fal.run',
    'fal.run.example.com',
  ])
    assert.equal(virtualHost(own), undefined);
});

it('virtual hosts: files are at a host that is served as well, at the port that was asked', () => {
  for (const { filesHost } of VIRTUAL_HOSTS.values()) assert.ok(VIRTUAL_HOSTS.has(filesHost), filesHost);
  assert.equal(virtualFilesOrigin('queue.fal.run'), 'https://v3.fal.media');
  assert.equal(virtualFilesOrigin('wavespeed.ai:444'), 'https://api.wavespeed.ai:444');
  assert.equal(virtualFilesOrigin('localhost'), undefined);
});
