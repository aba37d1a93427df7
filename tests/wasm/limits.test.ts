// What the page says of the engine's limits before it asks is what the engine says.
import { loadEngine } from '../../bindings/index';
import { expect, it } from 'vitest';
import { maxRows } from '../../web/src/tables/limits';

it('as many rows are taken as the page says', async () => {
  const engine = await loadEngine({ variant: 'simd' });
  const table = (rows: number) => `x,class\n${'1,a\n2,b\n'.repeat(rows / 2)}`;
  expect(engine.readCsv(table(maxRows), {}).error).toBeUndefined();
  expect(engine.readCsv(`${table(maxRows)}3,a\n`, {}).error).toMatchObject({
    code: 'csv_too_many_rows',
    params: { max: String(maxRows) },
  });
});
