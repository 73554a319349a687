import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameRing } from './frame-ring.ts';

const SIZE = { width: 18, height: 10 };

/** Draws the next frame: its planes filled with its number. */
function drawNext(ring: FrameRing): number {
  const index = ring.takeNext();
  const frame = ring.waitForRoom(index)!;
  for (const { data } of [frame.y, frame.u, frame.v]) data.fill(index);
  ring.publish(index);
  return index;
}

test('frames come out as they were drawn, in the order of their numbers', async () => {
  const ring = FrameRing.allocate(SIZE, 3);
  for (let round = 0; round < 4; round += 1) {
    for (let count = 0; count < 3; count += 1) drawNext(ring);
    for (let index = 3 * round; index < 3 * round + 3; index += 1) {
      const { width, height, y, u, v } = await ring.whenDrawn(index);
      assert.deepEqual([width, height, y.data.length, u.data.length, v.data.length], [18, 10, 180, 45, 45]);
      for (const { data } of [y, u, v]) assert.ok(data.every((value) => value === index));
      ring.release(index);
    }
  }
});

test('another holder of the memory sees the same frames', async () => {
  const ring = FrameRing.allocate(SIZE, 2);
  const other = new FrameRing(structuredClone(ring.shape));
  assert.equal(drawNext(other), 0);
  assert.equal(drawNext(ring), 1);
  assert.equal((await ring.whenDrawn(0)).y.data[7], 0);
  assert.equal((await other.whenDrawn(1)).y.data[7], 1);
});

test('a frame that is not drawn yet is waited for', async () => {
  const ring = FrameRing.allocate(SIZE, 2);
  const waiting = ring.whenDrawn(0);
  drawNext(ring);
  assert.equal((await waiting).y.data[0], 0);
});

test('a stopped ring gives and takes nothing, and wakes who waits', async () => {
  const ring = FrameRing.allocate(SIZE, 2);
  const waiting = assert.rejects(ring.whenDrawn(1), /stopped/);
  drawNext(ring);
  const taken = ring.takeNext();
  assert.ok(ring.waitForRoom(taken) !== undefined);
  ring.stop();
  await waiting;
  // What was being drawn then is not seen any more.
  ring.publish(taken);
  ring.release(0);
  await assert.rejects(ring.whenDrawn(taken), /stopped/);
  assert.equal(ring.waitForRoom(ring.takeNext()), undefined);
});
