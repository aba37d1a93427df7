import { describe, expect, it } from 'vitest';
import {
  cellsOf,
  mostEditableRows,
  textOf,
  withCell,
  withoutRow,
  withRow,
} from '../../web/src/state/tablecells';

const csv = 'size,"a, b"\n1,x\n2,"say ""y"""\n';
function cells(text: string) {
  const found = cellsOf(text);
  if (found === null) throw new Error('too large');
  return found;
}

describe('a small table as cells', () => {
  it('is taken apart and put together again, quotes and commas included', () => {
    expect(cells(csv)).toEqual({
      header: ['size', 'a, b'],
      rows: [
        ['1', 'x'],
        ['2', 'say "y"'],
      ],
    });
    expect(textOf(cells(csv))).toBe(csv);
  });

  it('changes by a cell, gains and loses rows', () => {
    expect(textOf(withCell(cells(csv), 0, 1, 'p,q'))).toBe('size,"a, b"\n1,"p,q"\n2,"say ""y"""\n');
    expect(textOf(withoutRow(cells(csv), 0))).toBe('size,"a, b"\n2,"say ""y"""\n');
    const longer = withRow(cells(csv));
    expect(longer.rows).toHaveLength(3);
    expect(textOf(longer)).toBe(csv);
    expect(textOf(withCell(longer, 2, 0, '3'))).toBe(`${csv}3,\n`);
  });

  it('fills up a row that has fewer cells than the header', () => {
    expect(textOf(withCell(cells('a,b,c\n1\n'), 0, 1, '2'))).toBe('a,b,c\n1,2,\n');
  });

  it('is none where nobody would edit it by hand', () => {
    const rows = (count: number) => `a,b\n${'1,2\n'.repeat(count)}`;
    expect(cellsOf(rows(mostEditableRows))?.rows).toHaveLength(mostEditableRows);
    expect(cellsOf(rows(mostEditableRows + 1))).toBeNull();
    expect(cellsOf(`${Array.from({ length: 17 }, (_, i) => `c${i}`).join(',')}\n`)).toBeNull();
  });
});
