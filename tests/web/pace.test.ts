import { expect, it } from 'vitest';
import { nextMove, stageMilliseconds } from '../../web/src/engine/pace';

it('runs without a pause at full speed', () => {
  expect(nextMove('full', { stage: 'prepare', batchesPerEpoch: 0 })).toMatchObject({
    kind: 'epochs',
    wait: 0,
  });
});

it('shows each data stage long enough to be seen', () => {
  for (const pace of ['slow', 'normal'] as const) {
    for (const stage of ['prepare', 'clean', 'augment', 'split'] as const) {
      expect(nextMove(pace, { stage, batchesPerEpoch: 0 })).toEqual({
        kind: 'stage',
        wait: stageMilliseconds,
      });
    }
  }
});

it('does twenty-five epochs a second at normal speed', () => {
  expect(nextMove('normal', { stage: 'done', batchesPerEpoch: 15 })).toEqual({
    kind: 'epochs',
    count: 1,
    wait: 40,
  });
});

it('spreads the batches of an epoch over a second in slow motion', () => {
  for (const batches of [1, 7, 15, 63, 240, 5000]) {
    const move = nextMove('slow', { stage: 'train', batchesPerEpoch: batches });
    if (move.kind !== 'batches') throw new Error('slow motion goes batch by batch');
    const seconds = ((batches / move.count) * move.wait) / 1000;
    expect(seconds, `${batches} batches`).toBeGreaterThan(0.7);
    expect(seconds, `${batches} batches`).toBeLessThan(1.4);
  }
  expect(nextMove('slow', { stage: 'evaluate', batchesPerEpoch: 15 }).kind).toBe('stage');
});
