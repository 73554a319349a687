import { it } from 'node:test';
import { workerId } from '#domain/ids.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { until } from '#tests/fixtures/until.ts';
import { runCrew } from './run-crew.ts';

const TIMING = { leaseMs: 60_000, heartbeatMs: 1000 };

it('a crew grows and shrinks with what the operator sets up, and stops as a whole', async () => {
  const fixture = await ServiceFixture.open();
  const claims: string[] = [];
  const { queue, signals } = fixture.ports;
  const ports = {
    ...fixture.ports,
    queue: {
      ...queue,
      claim: ((worker, ...rest) => {
        claims.push(worker);
        return queue.claim(worker, ...rest);
      }) as typeof queue.claim,
    },
  };
  let size = 2;
  const shutdown = new AbortController();
  const crew = runCrew(ports, {
    workerIdOf: (ordinal) => workerId(`w${ordinal}`),
    size: () => size,
    timing: TIMING,
    shutdown: shutdown.signal,
  });
  await until(() => claims.includes('w1') && claims.includes('w2'));
  size = 3;
  await until(() => claims.includes('w3'));
  size = 1;
  // Each announcement wakes every worker there is: in five rounds one that is left would be seen.
  await until(async () => {
    claims.length = 0;
    for (let round = 1; round <= 5; round += 1) {
      signals.announceWork();
      await until(() => claims.filter((worker) => worker === 'w1').length >= round);
    }
    return claims.every((worker) => worker === 'w1');
  });
  shutdown.abort();
  await crew;
  await fixture.close();
});
