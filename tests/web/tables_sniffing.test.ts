// How a table is found out about: its encoding, what stands above it, what separates its cells, how numbers are written.
import { describe, expect, it } from 'vitest';
import { findEncoding } from '../../web/src/tables/encoding';
import { distinctNames } from '../../web/src/tables/store';
import { type Content, csvOf, failureOf, read } from './support/tables';

function utf16(text: string, littleEndian: boolean, mark = true): Uint8Array<ArrayBuffer> {
  const all = mark ? `\uFEFF${text}` : text;
  const view = new DataView(new ArrayBuffer(2 * all.length));
  for (let i = 0; i < all.length; ++i) view.setUint16(2 * i, all.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}
/** "城市,人口\n北京,2189\n上海,2487\n" in GBK, made apart from any decoder. */
const gbk = Uint8Array.from([
  0xb3, 0xc7, 0xca, 0xd0, 0x2c, 0xc8, 0xcb, 0xbf, 0xda, 0x0a, 0xb1, 0xb1, 0xbe, 0xa9, 0x2c, 0x32, 0x31, 0x38,
  0x39, 0x0a, 0xc9, 0xcf, 0xba, 0xa3, 0x2c, 0x32, 0x34, 0x38, 0x37, 0x0a,
]);
/** "城市,人口\n臺北,250\n高雄,272\n" in Big5, made apart from any decoder. */
const big5 = Uint8Array.from([
  0xab, 0xb0, 0xa5, 0xab, 0x2c, 0xa4, 0x48, 0xa4, 0x66, 0x0a, 0xbb, 0x4f, 0xa5, 0x5f, 0x2c, 0x32, 0x35, 0x30,
  0x0a, 0xb0, 0xaa, 0xb6, 0xaf, 0x2c, 0x32, 0x37, 0x32, 0x0a,
]);
const cities = '城市,人口\n北京,2189\n上海,2487\n';

describe('the encoding', () => {
  const files: [string, Content, string][] = [
    ['UTF-8', cities, 'utf-8'],
    ['UTF-8 with its mark', `\uFEFF${cities}`, 'utf-8'],
    ['UTF-16, little end first', utf16(cities, true), 'utf-16le'],
    ['UTF-16, big end first', utf16(cities, false), 'utf-16be'],
    ['UTF-16 without a mark', utf16(cities, true, false), 'utf-16le'],
    ['UTF-16 of the big end without a mark', utf16(cities, false, false), 'utf-16be'],
    ['GBK', gbk, 'gb18030'],
  ];
  it.each(files)('%s is found, and the table is the same', async (_, content, encoding) => {
    const { summary } = await read(content);
    expect(summary.reading.encoding).toBe(encoding);
    expect(await csvOf(content)).toBe(cities);
  });

  it('Big5 is found in a small file, which GB18030 could read as well', async () => {
    const { summary } = await read(big5);
    expect(summary.reading.encoding).toBe('big5');
    expect(await csvOf(big5)).toBe('城市,人口\n臺北,250\n高雄,272\n');
    expect(new TextDecoder('gb18030', { fatal: true }).decode(big5)).not.toContain('臺北');
  });

  it('is found where only the end of a long file tells', async () => {
    const plain = new TextEncoder().encode('a,b\n' + '1,2\n'.repeat(200_000));
    const { summary, store } = await read(Uint8Array.from([...plain, ...gbk.slice(10)]));
    expect(summary.reading.encoding).toBe('gb18030');
    expect(store.textOf(200_000)).toBe('北京,2189\n');
  });

  it('that a person chooses is used, and what it cannot read is counted', async () => {
    const { summary } = await read(gbk, 'table.csv', { encoding: 'utf-8' });
    expect(summary.unreadable).toBeGreaterThan(3);
    expect((await read(gbk)).summary.unreadable).toBe(0);
    expect((await read('é,b\n1,2\n', 'table.csv', { encoding: 'windows-1252' })).store.names[0]).toBe('Ã©');
  });

  it('of what is neither UTF-8 nor GB18030 is the one that has a meaning for every byte', async () => {
    expect(await findEncoding(new Blob([Uint8Array.from([0x61, 0xff, 0x2c, 0x62])]), 'x.csv')).toBe(
      'windows-1252',
    );
  });

  it('of a picture or a workbook is none', async () => {
    expect((await failureOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0])))?.code).toBe(
      'binary',
    );
    expect((await failureOf(Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), 'book.xlsx'))?.code).toBe('workbook');
  });
});

describe('comments at the top', () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i * i},${i % 2 ? 'a' : 'b'}`).join('\n');
  it('are left out and counted; lines keep their numbers', async () => {
    const text = `# Made by an instrument, on a Friday\n# "units: mm, s\n\nx,y,kind\n${rows}\n1,2\n`;
    const { store, summary } = await read(text);
    expect(store.names).toEqual(['x', 'y', 'kind']);
    expect(summary).toMatchObject({ rows: 40, comments: 3, rejectedCount: 1, reading: { header: true } });
    expect(summary.rejected[0]?.line).toBe(45);
  });
  it('name the columns where nothing else does', async () => {
    const { store, summary } = await read(`# one run\n# x,y,kind\n${rows}\n`);
    expect(store.names).toEqual(['x', 'y', 'kind']);
    expect(summary).toMatchObject({ rows: 40, comments: 1 });
  });
  it('are none where the name of a column begins so', async () => {
    const { store, summary } = await read(`#id,y,kind\n${rows}\n`);
    expect(store.names).toEqual(['#id', 'y', 'kind']);
    expect(summary).toMatchObject({ rows: 40, comments: 0 });
    expect((await read('#tag,b\n#one,x\n#two,y\n')).store.names).toEqual(['#tag', 'b']);
  });
  it('do not decide what separates the cells', async () => {
    const { store } = await read('# a, b, c, d\n# a, b, c, d\nx;y\n1;2\n3;4\n');
    expect(store.names).toEqual(['x', 'y']);
  });
});

describe('the delimiter', () => {
  const texts: [string, string, string][] = [
    ['comma', 'a,b\n1,2\n3,4\n', ','],
    ['tab', 'a\tb\n1,5\t2\n3,5\t4\n', '\t'],
    ['semicolon, with decimal commas', 'a;b\n1,5;2,25\n3,5;4,25\n', ';'],
    ['semicolon, with decimal commas and no header', '1,5;2,25\n3,5;4,25\n', ';'],
    ['bar', 'a|b\nred, warm|2\nblue|4\n', '|'],
    ['comma, with others inside quotes', 'a,b\n"x;y;z",2\n"x;y",4\n', ','],
    ['none', 'x\n1\n2\n', ','],
  ];
  it.each(texts)('%s is found', async (_, text, delimiter) => {
    expect((await read(text)).summary.reading.delimiter).toBe(delimiter);
  });

  it('that a person chooses is used', async () => {
    const { store } = await read('a;b,c\n1;2,3\n', 'table.csv', { delimiter: ';' });
    expect(store.names).toEqual(['a', 'b,c']);
  });

  it('semicolon makes decimal commas points, as long as no number has one', async () => {
    expect(await csvOf('a;b\n1,5;x\n-3,25e2;y\n')).toBe('a,b\n1.5,x\n-3.25e2,y\n');
    expect(await csvOf('a;b\n1,5;2.5\n3,5;1\n')).toBe('a,b\n"1,5",2.5\n"3,5",1\n');
    expect(await csvOf('a;b\n1,5;x\n3,5;y\n', 'table.csv', { decimal: '.' })).toBe('a,b\n"1,5",x\n"3,5",y\n');
  });
});

describe('numbers with their thousands set apart', () => {
  const files: [why: string, text: string, csv: string][] = [
    ['commas, some with decimals', 'a,b\n"1,234.5",x\n"12",y\n"1,000",z\n', 'a,b\n1234.5,x\n12,y\n1000,z\n'],
    ['commas, in millions', 'a,b\n"1,234,567",x\n"-2,000",y\n', 'a,b\n1234567,x\n-2000,y\n'],
    ['points, with decimal commas', 'a;b\n1.234,5;x\n2.000;y\n7;z\n', 'a,b\n1234.5,x\n2000,y\n7,z\n'],
    ['points, in millions', 'a;b\n1.234.567;x\n12;y\n', 'a,b\n1234567,x\n12,y\n'],
    ['spaces', 'a;b\n1 234;x\n12 345 678,25;y\n', 'a,b\n1234,x\n12345678.25,y\n'],
    ['spaces that do not break', 'a;b\n1\u00a0234;x\n2\u202f345;y\n', 'a,b\n1234,x\n2345,y\n'],
    ['apostrophes', "a,b\n1'234.50,x\n12’345,y\n", 'a,b\n1234.50,x\n12345,y\n'],
    ['tabs between them, no header', '1,234.5\t2\n2,345.5\t3\n', 'column 1,column 2\n1234.5,2\n2345.5,3\n'],
  ];
  it.each(files)('by %s are read, and that is said', async (_, text, csv) => {
    expect(await csvOf(text)).toBe(csv);
    const { summary } = await read(text);
    const [sight] = summary.columns;
    expect(sight?.grouped?.value).toMatch(/^-?\d+(\.\d+)?$/);
    expect(text).toContain(sight?.grouped?.text);
    expect(sight?.eitherWay).toBeNull();
    expect(summary.columns[1]?.grouped).toBeNull();
  });

  it('are not guessed where they can be something else', async () => {
    const text = 'a,b\n"1,234",x\n"2,345",y\n7,z\n';
    expect(await csvOf(text)).toBe(text);
    const [sight] = (await read(text)).summary.columns;
    expect(sight?.eitherWay).toEqual({ text: '1,234', value: null });
    expect(await csvOf(text, 'table.csv', { decimal: '.' })).toBe('a,b\n1234,x\n2345,y\n7,z\n');
    expect(await csvOf(text, 'table.csv', { decimal: ',' })).toBe('a,b\n1.234,x\n2.345,y\n7,z\n');
    const said = await read(text, 'table.csv', { decimal: '.' });
    expect(said.summary.columns[0]).toMatchObject({
      grouped: { text: '1,234', value: '1234' },
      eitherWay: null,
    });
    const semicolons = await read('a;b\n1,234;x\n2,345;y\n');
    expect(semicolons.summary.columns[0]?.eitherWay).toEqual({ text: '1,234', value: '1.234' });
    expect((await read('a;b\n0,234;x\n2,345;y\n')).summary.columns[0]?.eitherWay).toBeNull();
  });

  it('are no words, dates or telephone numbers', async () => {
    for (const column of ['Route 1,234', '2024 123', '1 23', '0041 44 123', '1,234,56'])
      expect(await csvOf(`a|b\n${column}|1\n${column}|2\n`), column).toContain(column);
    // Among names one that looks like a number stays one.
    expect(await csvOf('a|b\nnorth|1\n1 234|2\nsouth|3\n')).toContain('1 234');
    // Numbers with three decimals are what they are.
    expect(await csvOf('a,b\n1.234,x\n2.345,y\n')).toBe('a,b\n1.234,x\n2.345,y\n');
  });

  it('may come late in the file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i < 19_999 ? i % 900 : '"1,234,567"'},x`);
    const { store, summary } = await read(`a,b\n${rows.join('\n')}\n`);
    expect(store.textOf(19_999)).toBe('1234567,x\n');
    expect(summary.columns[0]?.grouped).toEqual({ text: '1,234,567', value: '1234567' });
  });
});

describe('the header', () => {
  const texts: [string, string, boolean][] = [
    ['words over numbers', 'a,b\n1,2\n', true],
    ['numbers from the start', '1,2\n3,4\n', false],
    ['an index without a name', ',b\n1,2\n2,4\n', true],
    ['words over words, all different', 'name,colour\nann,red\nbob,red\n', true],
    ['words that come again', 'red,x\nblue,x\nred,x\n', false],
    ['a single line', 'a,b\n', true],
  ];
  it.each(texts)('%s', async (_, text, header) => {
    const failure = await failureOf(text);
    if (failure === null) expect((await read(text)).summary.reading.header).toBe(header);
    else expect(failure.code).toBe('no_rows');
  });

  it('that is missing is numbered, and can be had or not as a person says', async () => {
    expect(await csvOf('1,2\n3,4\n')).toBe('column 1,column 2\n1,2\n3,4\n');
    expect(await csvOf('1,2\n3,4\n', 'table.csv', { header: true })).toBe('1,2\n3,4\n');
    expect(await csvOf('a,b\n3,4\n', 'table.csv', { header: false })).toBe('column 1,column 2\na,b\n3,4\n');
  });

  it('with one name twice gets another for the second', () => {
    const unnamed = (number: number) => `column ${number}`;
    expect(distinctNames(['a', 'a', '', 'a (2)'], unnamed)).toEqual({
      names: ['a', 'a (3)', 'column 3', 'a (2)'],
      renamed: ['a (3)'],
    });
  });
});
