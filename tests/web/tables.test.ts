// What becomes of a table: the document's text of it, a sample, and what is taken for one when it is pasted.
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../web/src/tables/sampling';
import { looksLikeTable } from '../../web/src/tables/sniffing';
import { write } from '../../web/src/tables/writing';
import { args, read } from './support/tables';

describe('what is written', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => `${i},${i % 2},note ${i}`);
  const big = ['x,class,note', ...rows].join('\n');

  it('leaves out columns that are not wanted', async () => {
    const { store } = await read('a,b,c\n1,"x,""y""\nz",3\n,,\n甲,乙,丙\n');
    const csvWith = async (...columns: number[]) => (await write(store, { ...args, columns })).written.csv;
    expect(await csvWith(1, 2)).toBe('b,c\n"x,""y""\nz",3\n,\n乙,丙\n');
    expect(await csvWith(0, 2)).toBe('a,c\n1,3\n,\n甲,丙\n');
    expect(await csvWith(1)).toBe('b\n"x,""y""\nz"\n\n乙\n');
  });

  it('is a sample where it would be too large: by the seed, in order, and as large as fits', async () => {
    const { store } = await read(big);
    const columns = [0, 1, 2];
    const all = await write(store, { ...args, columns });
    expect(all.written.rows).toBe(1000);
    expect(all.written.wholeBytes).toBe(all.written.bytes);
    const [one, same, other] = await Promise.all(
      [7, 7, 8].map((seed) => write(store, { ...args, columns, seed, mostBytes: 5000 })),
    );
    expect(one?.written.csv).toBe(same?.written.csv);
    expect(one?.written.csv).not.toBe(other?.written.csv);
    expect(one?.written.bytes).toBeLessThanOrEqual(5000);
    expect(one?.written.bytes).toBeGreaterThan(4700);
    expect(one?.written.wholeBytes).toBe(all.written.bytes);
    expect(one?.chosen).toEqual([...(one?.chosen ?? [])].sort((a, b) => a - b));
    expect((await write(store, { ...args, columns, rows: 30 })).written.rows).toBe(30);
    expect((await write(store, { ...args, columns, mostRows: 50 })).written.rows).toBe(50);
  });

  it('knows which line of the file each row comes from', async () => {
    const { store } = await read('a,b\n\n1,"x\ny"\n2,z\n');
    const { written } = await write(store, { ...args, columns: [0, 1] });
    expect([...written.lines]).toEqual([2, 4]);
    expect([...written.sources]).toEqual([3, 5]);
  });

  it('tells how large it is in a link', async () => {
    const { store } = await read(big);
    const { written } = await write(store, { ...args, columns: [0, 1, 2] });
    expect(written.deflated).toBeGreaterThan(1000);
    expect(written.deflated).toBeLessThan(written.bytes);
    const { store: large } = await read('a,b\n' + '1234567890,1234567890\n'.repeat(60_000));
    expect((await write(large, { ...args, columns: [0, 1] })).written.deflated).toBeNull();
  });
});

describe('a sample', () => {
  it('has every number about equally often', () => {
    const counts = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 4000; ++seed)
      for (const i of sampleOf(20, 5, seed)) counts[i] = (counts[i] ?? 0) + 1;
    // 1000 expected, deviation 27.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(140);
    expect(sampleOf(5, 5, 1)).toEqual([0, 1, 2, 3, 4]);
    expect(sampleOf(5, 0, 1)).toEqual([]);
  });
});

describe('pasted text', () => {
  it('is a table when it has rows of cells', () => {
    for (const text of ['a\tb\n1\t2', 'a,b\r\n1,2\r\n3,4\r\n', '[{"a":1}]', '{"a":1}\n{"a":2}', 'x;y\n1;2'])
      expect(looksLikeTable(text), text).toBe(true);
  });
  it('is none when it is a sentence, a number or an address', () => {
    for (const text of [
      'Hello, world',
      '3.14',
      'one\ntwo\nthree',
      'https://example.org/a,b',
      '',
      '[see above]',
      'Dear Ann,\nthank you, all of you, for coming.\nYours',
    ])
      expect(looksLikeTable(text), text).toBe(false);
  });
});
