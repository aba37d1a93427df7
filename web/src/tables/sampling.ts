// A random sample that a seed decides.

/** Numbers from 0 to below 1 (mulberry32, by Tommy Ettinger). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `wanted` of the numbers from 0 to below `all`, rising, every selection as likely as any other (Knuth, The Art of Computer
 * Programming, volume 2, 3.4.2, algorithm S). */
export function sampleOf(all: number, wanted: number, seed: number): number[] {
  const random = randomOf(seed);
  const chosen: number[] = [];
  for (let i = 0; i < all && chosen.length < wanted; ++i)
    if ((all - i) * random() < wanted - chosen.length) chosen.push(i);
  return chosen;
}
