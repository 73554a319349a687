import assert from 'node:assert/strict';
import { it } from 'node:test';
import { appOf, endpointIdOf, parseRequestPath } from './request-path.ts';

it('follow-ups are found behind any depth of endpoint id', () => {
  for (const app of [
    'owner/alias',
    'owner/alias/fast/image-to-video',
    'fal-ai/owner',
    'workflows/owner/alias',
  ]) {
    for (const [suffix, followUp] of [
      ['', 'result'],
      ['/', 'result'],
      ['/response', 'result'],
      ['/status', 'status'],
      ['/status/stream', 'statusStream'],
      ['/cancel', 'cancel'],
    ] as const) {
      assert.deepEqual(parseRequestPath(`${app}/requests/abc${suffix}`), { requestId: 'abc', followUp });
    }
  }
});

it('anything else is no follow-up', () => {
  for (const path of [
    'owner/alias',
    'requests/abc',
    'owner/alias/requests',
    'owner/alias/requests/abc/other',
  ])
    assert.equal(parseRequestPath(path), undefined);
});

it('fal endpoint ids: the slash at the end goes, and owner and alias are the first segments behind a namespace', () => {
  assert.equal(endpointIdOf('bytedance/x/'), 'bytedance/x');
  assert.equal(appOf('bytedance/x/fast/image-to-video'), 'bytedance/x');
  assert.equal(appOf('workflows/owner/alias/requests/abc'), 'workflows/owner/alias');
  assert.equal(appOf('comfy/owner/alias'), 'comfy/owner/alias');
});
