import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  commandTypes,
  idOf,
  isReport,
  jsonSize,
  MessageError,
  readCommand,
  reportTypes,
} from '../../web/src/embed/messages';

function refusal(data: unknown): { code: string; path: string; message: string } {
  try {
    readCommand(data);
  } catch (error) {
    if (error instanceof MessageError) return { code: error.code, path: error.path, message: error.message };
    throw error;
  }
  throw new Error(`was taken: ${JSON.stringify(data)}`);
}
const message = (rest: object) => ({ athanor: 1, ...rest });

describe('a message', () => {
  it('of each type is read, without what only addresses it', () => {
    const good = [
      { type: 'hello' },
      { type: 'load', document: { data: { generator: 'moons' } }, run: true },
      { type: 'load', link: 'https://example.org/#d=1.AAAA' },
      { type: 'run' },
      { type: 'pause' },
      { type: 'rewind' },
      { type: 'set', path: 'model.layers[10].units', value: 3 },
      { type: 'set', path: 'model.layers', value: [] },
      { type: 'appearance', lang: 'zh', theme: 'dark' },
    ];
    expect(new Set(good.map(({ type }) => type))).toEqual(new Set(commandTypes));
    for (const command of good) expect(readCommand(message({ ...command, id: 7 }))).toEqual(command);
  });

  const bad: [string, unknown, string, string][] = [
    ['no object', 'run', 'not_a_message', ''],
    ['null', null, 'not_a_message', ''],
    ['a list', [message({ type: 'run' })], 'not_a_message', ''],
    ['no version', { type: 'run' }, 'version', 'athanor'],
    ['another version', { athanor: 2, type: 'run' }, 'version', 'athanor'],
    ['the version as text', { athanor: '1', type: 'run' }, 'version', 'athanor'],
    ['an unknown type', message({ type: 'eval' }), 'unknown_type', 'type'],
    ['a type of every object', message({ type: 'constructor' }), 'unknown_type', 'type'],
    ['a type that is no text', message({ type: ['run'] }), 'unknown_type', 'type'],
    ['a member nobody knows', message({ type: 'run', code: 'alert(1)' }), 'unknown_member', 'code'],
    ['a member of every object', message({ type: 'run', toString: 1 }), 'unknown_member', 'toString'],
    ['a long id', message({ type: 'run', id: 'x'.repeat(101) }), 'bad_member', 'id'],
    ['an id that is an object', message({ type: 'run', id: {} }), 'bad_member', 'id'],
    ['nothing to load', message({ type: 'load' }), 'bad_member', 'document'],
    ['two things to load', message({ type: 'load', document: {}, link: '#d=1.A' }), 'bad_member', 'document'],
    ['a document that is a list', message({ type: 'load', document: [] }), 'bad_member', 'document'],
    ['a document that is a text', message({ type: 'load', document: '{}' }), 'bad_member', 'document'],
    [
      'a document with a date',
      message({ type: 'load', document: { a: new Date() } }),
      'bad_member',
      'document',
    ],
    ['a link without a document', message({ type: 'load', link: 'https://a.example' }), 'bad_member', 'link'],
    ['run as a text', message({ type: 'load', document: {}, run: 'yes' }), 'bad_member', 'run'],
    ['no value', message({ type: 'set', path: 'seed' }), 'bad_member', 'value'],
    ['no path', message({ type: 'set', value: 1 }), 'bad_member', 'path'],
    [
      'a value that is undefined',
      message({ type: 'set', path: 'seed', value: undefined }),
      'bad_member',
      'value',
    ],
    ['a value that is no number', message({ type: 'set', path: 'seed', value: NaN }), 'bad_member', 'value'],
    ...[
      '',
      '__proto__',
      'a.__proto__',
      'A',
      'a..b',
      'a.',
      'a[x]',
      'a[1',
      '<img>',
      'a\n',
      'x'.repeat(201),
    ].map((path): [string, unknown, string, string] => [
      `the path ${JSON.stringify(path).slice(0, 30)}`,
      message({ type: 'set', path, value: 1 }),
      'bad_member',
      'path',
    ]),
    ['an unknown language', message({ type: 'appearance', lang: 'fr' }), 'bad_member', 'lang'],
    ['an unknown theme', message({ type: 'appearance', theme: '<style>' }), 'bad_member', 'theme'],
  ];
  it.each(bad)('with %s is refused with its place', (_name, data, code, path) => {
    expect(refusal(data)).toMatchObject({ code, path });
    expect(refusal(data).message).not.toBe('');
  });

  it('says what it should have been', () => {
    expect(refusal(message({ type: 'set', path: 'seed', value: 1, run: true })).message).toBe(
      'Beside athanor, type and id a message of type set has path, value.',
    );
    expect(refusal(message({ type: 'run', now: true })).message).toContain('has nothing');
  });

  it('keeps its id when it is bad, where that is one', () => {
    expect(idOf({ athanor: 9, id: 'a' })).toBe('a');
    expect(idOf({ id: NaN })).toBeUndefined();
    expect(idOf({ id: { toString: () => 'x' } })).toBeUndefined();
    expect(idOf('text')).toBeUndefined();
  });

  it('that is a report is known as one, so that nobody answers it', () => {
    for (const type of reportTypes) expect(isReport(message({ type }))).toBe(true);
    for (const type of commandTypes) expect(isReport(message({ type }))).toBe(false);
    expect(isReport({ type: 'ready' })).toBe(false);
  });
});

describe('the size of a value', () => {
  it('is about that of its JSON', () => {
    const value = { a: [1, 'two', { b: null }], c: true };
    expect(jsonSize(value)).toBeGreaterThan(JSON.stringify(value).length);
    expect(jsonSize(value)).toBeLessThan(JSON.stringify(value).length * 3);
  });

  it('is endless for what is no JSON, too deep, too large or winds back on itself', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const wide: unknown[] = [];
    wide.push(wide, wide, wide);
    let deep: unknown = 0;
    for (let level = 0; level < 33; ++level) deep = [deep];
    const started = performance.now();
    const endless: [string, unknown][] = [
      ['a circle', circle],
      ['a circle that branches', wide],
      ['33 levels', deep],
      ['a map', new Map()],
      ['an array buffer', new ArrayBuffer(8)],
      ['a big integer', 1n],
      ['undefined', { a: undefined }],
      ['infinity', [Infinity]],
      ['holes', { a: new Array(4_000_000_000) }],
      ['2 MiB', ['x'.repeat(2 ** 21)]],
      ['a million nulls', new Array(1_000_000).fill(null)],
    ];
    for (const [name, value] of endless) expect(jsonSize(value), name).toBe(Infinity);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the page for authors', () => {
  const page = readFileSync('web/EMBEDDING.md', 'utf8');
  it('has a row for every message', () => {
    for (const type of [...commandTypes, ...reportTypes])
      expect(page).toMatch(new RegExp(`^\\| \`${type}\` \\|`, 'm'));
  });
});
