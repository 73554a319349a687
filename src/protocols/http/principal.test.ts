import assert from 'node:assert/strict';
import { it } from 'node:test';
import { keyCandidates } from './principal.ts';

it('reads the key of both schemes, whatever their case', () => {
  assert.deepEqual(keyCandidates('Bearer ak_1'), ['ak_1']);
  assert.deepEqual(keyCandidates('Key ak_1'), ['ak_1']);
  assert.deepEqual(keyCandidates('bearer  ak_1 '), ['ak_1']);
});

it('takes a pair for a key of its own first, then for its secret', () => {
  assert.deepEqual(keyCandidates('Key id:secret:more'), ['id:secret:more', 'secret:more']);
});

it('finds no key in other headers', () => {
  for (const header of [undefined, '', 'Bearer', 'Bearer a b', 'Basic abc', 'ak_1'])
    assert.deepEqual(keyCandidates(header), []);
});
