import { expect, it } from 'vitest';
import { NewestOnly } from '../../web/src/state/newest';

/** Takes values one at a time, each when `release` is called. */
function receiver() {
  const taken: string[] = [];
  const releases: (() => void)[] = [];
  const queue = new NewestOnly<number>(async (name, value) => {
    taken.push(`${name}=${value}`);
    await new Promise<void>((resolve) => releases.push(resolve));
  });
  const release = async () => {
    releases.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { queue, taken, release };
}

it('takes the first value at once and of the rest the newest', async () => {
  const { queue, taken, release } = receiver();
  for (const value of [1, 2, 3, 4]) void queue.offer('a', value);
  expect(taken).toEqual(['a=1']);
  await release();
  expect(taken).toEqual(['a=1', 'a=4']);
  await release();
  expect(taken).toEqual(['a=1', 'a=4']);
});

it('keeps names apart', async () => {
  const { queue, taken, release } = receiver();
  void queue.offer('a', 1);
  void queue.offer('b', 2);
  expect(taken).toEqual(['a=1', 'b=2']);
  await release();
  await release();
  void queue.offer('a', 5);
  expect(taken).toEqual(['a=1', 'b=2', 'a=5']);
});

it('is settled when the newest was taken', async () => {
  const { queue, taken, release } = receiver();
  void queue.offer('a', 1);
  let waited = false;
  void queue.offer('a', 2).then(() => (waited = true));
  await release();
  expect(waited).toBe(false);
  await release();
  expect(taken).toEqual(['a=1', 'a=2']);
  expect(waited).toBe(true);
});
