// The rows of a table: of text and of JSON, and what is said of those that are none.
import { describe, expect, it } from 'vitest';
import { LineEnds } from '../../web/src/tables/decoding';
import { placeOfError } from '../../web/src/tables/jsonplace';
import { RecordReader } from '../../web/src/tables/records';
import { csvOf, failureOf, read } from './support/tables';

describe('records', () => {
  it('begin on the lines they have in the file, with all kinds of line ends', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a,b', '1,2', '', '"x', 'y",3', '4', '5,6', ''].join(end);
      const { store, summary } = await read(text);
      expect(summary.rejected, JSON.stringify(end)).toEqual([
        { line: 6, code: 'cell_count', params: { value: 1, expected: 2 }, text: '4' },
      ]);
      expect([0, 1, 2].map((row) => store.lineOf(row))).toEqual([2, 4, 7]);
      expect(store.textOf(1)).toBe('"x\ny",3\n');
    }
  });

  it('keep doubled quotes, delimiters and line ends inside quotes', async () => {
    expect(await csvOf('a,b\n"say ""hi""","1,2"\n')).toBe('a,b\n"say ""hi""","1,2"\n');
  });

  it('after a broken quote are read on, each broken one with its line', async () => {
    const { store, summary } = await read('a,b\n"1"x,2\n3,4\n"5"y,6\n7,8\n"9,10\n11,12\n');
    expect(summary.rejected.map(({ line, code, text }) => [line, code, text])).toEqual([
      [2, 'bad_quote', '"1"x,2'],
      [4, 'bad_quote', '"5"y,6'],
      [6, 'unclosed_quote', '"9,10'],
    ]);
    expect([0, 1, 2].map((row) => store.textOf(row))).toEqual(['3,4\n', '7,8\n', '11,12\n']);
    expect([0, 1, 2].map((row) => store.lineOf(row))).toEqual([3, 5, 7]);
  });

  it('are the same however the text is cut', () => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n"2"z,3\r\n\r\n4,"five ""5"""\r\n"6,7\r\n8,9';
    const readIn = (size: number) => {
      const found: unknown[] = [];
      const reader = new RecordReader(',', {
        record: (cells, line) => found.push([line, ...cells]),
        broken: (code, line, broken) => found.push([line, code, broken]),
      });
      const ends = new LineEnds();
      for (let at = 0; at < text.length; at += size) {
        const isLast = at + size >= text.length;
        reader.push(ends.take(text.slice(at, at + size), isLast), isLast);
      }
      return found;
    };
    const whole = readIn(text.length);
    expect(whole).toHaveLength(6);
    for (let size = 1; size < 20; ++size) expect(readIn(size), `${size}`).toEqual(whole);
  });

  it('cost time in proportion to the file, also when every line is broken', async () => {
    const { summary } = await read('a,b\n' + '"1"x,2\n'.repeat(100_000));
    expect(summary.rejectedCount).toBe(100_000);
    expect(summary.rejected).toHaveLength(200);
  });

  it('that are long are shown by their beginning', async () => {
    const { summary } = await read(`a,b\n1,2\n${'x'.repeat(1000)}\n`);
    expect(summary.rejected[0]?.text).toHaveLength(161);
  });

  it('need a header and a row', async () => {
    expect((await failureOf(''))?.code).toBe('empty');
    expect((await failureOf(' \n\n'))?.code).toBe('empty');
    expect((await failureOf('not a table'))?.code).toBe('no_rows');
    expect((await failureOf(Array(2000).fill('a').join() + '\n1\n'))?.code).toBe('too_many_columns');
  });
});

describe('columns', () => {
  it('have their missing values counted, and those of dates are known', async () => {
    const { summary } = await read('when,x,c\n2024-01-05,1,a\n2024-02-06,NA,b\n,3,?\n');
    const plain = { grouped: null, eitherWay: null };
    expect(summary.columns).toEqual([
      { name: 'when', missing: 1, isDate: true, ...plain },
      { name: 'x', missing: 1, isDate: false, ...plain },
      { name: 'c', missing: 1, isDate: false, ...plain },
    ]);
    for (const date of [
      '2024/1/5',
      '5.1.2024',
      '2024年1月5日',
      '2024-01-05 12:30',
      '2024-01-05T12:30:00Z',
      '08:15',
    ])
      expect((await read(`d,x\n${date},1\n`)).summary.columns[0]?.isDate, date).toBe(true);
    for (const word of ['1-2', '18-25', 'T1', '2024', '3.5'])
      expect((await read(`d,x\n${word},1\n`)).summary.columns[0]?.isDate, word).toBe(false);
  });
});

describe('JSON', () => {
  const forms: [string, unknown, string][] = [
    [
      'objects',
      [
        { a: 1, b: 'x' },
        { b: 'y', a: 2 },
      ],
      'a,b\n1,x\n2,y\n',
    ],
    ['objects of which some lack a member', [{ a: 1 }, { a: 2, b: true }], 'a,b\n1,\n2,true\n'],
    ['objects in objects', [{ a: { x: 1, y: [2] }, b: null }], 'a.x,a.y,b\n1,[2],\n'],
    [
      'lists with names',
      [
        ['a', 'b'],
        [1, 2],
        [3, 4],
      ],
      'a,b\n1,2\n3,4\n',
    ],
    [
      'lists without names',
      [
        [1, 2],
        [3, 4],
      ],
      'column 1,column 2\n1,2\n3,4\n',
    ],
    ['columns and rows', { columns: ['a', 'b'], rows: [[1, 2]] }, 'a,b\n1,2\n'],
    ['columns and data', { columns: ['a', 'b'], index: [0], data: [[1, 2]] }, 'a,b\n1,2\n'],
    ['data of objects', { data: [{ a: 1 }] }, 'a\n1\n'],
    ['lists by column', { a: [1, 2], b: [3, 4] }, 'a,b\n1,3\n2,4\n'],
  ];
  it.each(forms)('%s', async (_, value, csv) => {
    expect(await csvOf(JSON.stringify(value, null, 2), 'table.json')).toBe(csv);
    expect(await csvOf(JSON.stringify(value), 'pasted')).toBe(csv);
  });

  it('with a value on every line', async () => {
    expect(await csvOf('{"a":1}\n\n{"b":"x","a":2}\n', 'table.jsonl')).toBe('a,b\n1,\n2,x\n');
    expect(await csvOf('{"a":1}\n{"a":2}\n', 'table.json')).toBe('a\n1\n2\n');
    expect(await csvOf('["a","b"]\n[1,2]\n', 'pasted')).toBe('a,b\n1,2\n');
    const { summary } = await read('{"a":1}\n{"a":}\n7\n{"a":2}\n', 'table.jsonl');
    expect(summary.rejected.map(({ line, code, params }) => [line, code, params])).toEqual([
      [2, 'bad_json', { column: 6 }],
      [3, 'not_a_row', {}],
    ]);
  });

  it('has items that are no rows', async () => {
    const { summary } = await read('[{"a":1},7,{"a":2},[3]]', 'table.json');
    expect(summary.rejected.map(({ line, text }) => [line, text])).toEqual([
      [2, '7'],
      [4, '[3]'],
    ]);
  });

  it('that is broken is told by line and column', async () => {
    expect(await failureOf('[{"a": 1},\n {"a" 2}]', 'table.json')).toEqual({
      code: 'bad_json',
      params: { line: 2, column: 7 },
    });
    expect((await failureOf('{"a": 1}', 'table.json'))?.code).toBe('no_table');
    expect((await failureOf('[1, 2]', 'table.json'))?.code).toBe('no_table');
    expect((await failureOf('[]', 'table.json'))?.code).toBe('no_rows');
  });

  it('is told from what is none just as the browser does', () => {
    const texts = ['[1,2', '{"a":1,}', '"a\nb"', '01', '[1 2]', '{"a":tru}', '"\\x"', '', '[1]]', "['a']"];
    for (const text of texts) {
      expect(() => JSON.parse(text) as unknown, text).toThrow();
      expect(placeOfError(text), text).not.toBeNull();
    }
    for (const text of ['[1,-2.5e3]', '{"a":"\\u00e9\\n"}', ' null ', '{}', '[]', '"é"'])
      expect(placeOfError(text), text).toBeNull();
    expect(placeOfError('{"a":\n  tru}')).toEqual({ line: 2, column: 3 });
  });
});
