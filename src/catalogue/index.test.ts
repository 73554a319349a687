import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ENDPOINTS, findEndpoint } from './index.ts';

it('every name of an endpoint leads to it, and to no other', () => {
  const names = ENDPOINTS.flatMap(({ protocol, id, aliases = [] }) =>
    [id, ...aliases].map((name) => `${protocol} ${name}`),
  );
  assert.equal(new Set(names).size, names.length);
  for (const endpoint of ENDPOINTS)
    for (const id of [endpoint.id, ...(endpoint.aliases ?? [])])
      assert.equal(findEndpoint({ protocol: endpoint.protocol, id }), endpoint);
});

it("fal endpoint ids: the AI SDK's prefixes and the slugs of fal's site are known", () => {
  for (const [alias, id] of [
    ['fal-ai/bytedance/seedance-2.0/fast/image-to-video', 'bytedance/seedance-2.0/fast/image-to-video'],
    ['fal/bytedance/seedance-2.0/image-to-video', 'bytedance/seedance-2.0/image-to-video'],
    ['fal-ai/seedance-2/reference-to-video', 'bytedance/seedance-2.0/reference-to-video'],
    ['fal-ai/seedance-2/fast/image-to-video', 'bytedance/seedance-2.0/fast/image-to-video'],
  ])
    assert.equal(findEndpoint({ protocol: 'fal', id: alias! }).id, id);
});

it('a name of one protocol is none of the other, and the refusal lists what there is', () => {
  const key = { protocol: 'wavespeed', id: 'fal-ai/seedance-2/image-to-video' } as const;
  assert.throws(() => findEndpoint(key), /no model "fal-ai.*bytedance\/seedance-2\.0\/image-to-video/);
});
