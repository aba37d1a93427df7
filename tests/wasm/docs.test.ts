// What `npm run docs` writes: all that the engine has tables of stands in it, in tables that Markdown can read.
import { expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { readTables, referencePages } from '../../tools/make/reference.mjs';

const tables = readTables(await loadEngine({ variant: 'simd' }));
const pages = referencePages(tables);

function page(file: string): string {
  const text = pages[file];
  if (text === undefined) throw new Error(`no page ${file}`);
  return text;
}

/** The lines of the tables of a page, each as its cells. */
function rows(file: string): string[][] {
  const lines = page(file)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What the first cells say, without the headers. */
function names(file: string): string[] {
  return rows(file)
    .map(([first]) => /^`(.*)`$/.exec(first ?? '')?.[1])
    .filter((name) => name !== undefined);
}

it('every field, op, stage, generator, optimiser and error has its row, and no other', () => {
  expect(tables.fields.length).toBeGreaterThan(80);
  expect(names('fields.md').sort()).toEqual(tables.fields.map(({ path }) => path).sort());
  expect(names('ops.md')).toEqual(tables.ops.map(({ name }) => name));
  expect(names('stages.md')).toEqual(tables.stages.map(({ id }) => id));
  expect(names('generators.md')).toEqual(tables.generators.map(({ name }) => name));
  expect(names('optimisers.md')).toEqual(tables.optimizers.map(({ name }) => name));
  expect(names('errors.md')).toEqual(tables.errors.map(({ code }) => code));
});

it('every preset has its heading and a document that the page can be given', () => {
  const blocks = [...page('presets.md').matchAll(/^## (\w+)\n[^]*?```json\n([^]*?)```/gm)];
  expect(blocks.map(([, name, json]) => [name, JSON.parse(json ?? '') as unknown])).toEqual(
    tables.presets.map(({ name, document }) => [name, document]),
  );
});

it('a row has as many cells as its header, whatever bars and stars the texts hold', () => {
  for (const file of Object.keys(pages)) {
    let width = 0;
    let previous: string[] = [];
    for (const cells of rows(file)) {
      if (cells.every((cell) => cell === '---')) width = previous.length;
      else if (width > 0 && cells[0]?.startsWith('`')) expect(cells, file).toHaveLength(width);
      previous = cells;
    }
  }
  expect(page('ops.md')).toContain('\\|prediction - target\\|');
});

it('a field tells its values, default, effect and condition', () => {
  const row = (path: string) => rows('fields.md').find(([first]) => first === `\`${path}\``);
  expect(row('data.samples')?.slice(1, 5)).toEqual([
    'integer, 10 to 20000, on a logarithmic scale',
    '`400`',
    'restart',
    '1',
  ]);
  expect(row('training.l2')?.[1]).toBe('number, 0 to 1, on a logarithmic scale that goes from 0 to 0.000001');
  expect(row('training.beta2')?.[1]).toBe('number, 0 to 0.99999, logarithmic towards 1');
  expect(row('split.folds')?.[1]).toBe('integer, 0 to 20, on a scale that goes from 0 to 2');
  expect(row('training.learning_rate')?.[3]).toBe('live');
  expect(row('clean.missing')?.[1]).toBe('one of `drop`, `mean`');
  expect(row('training.huber_delta')?.[5]).toMatch(/\. Only while `training\.loss` is `huber`$/);
  expect(page('fields.md')).toContain('\n## data.table.columns[]\n');
});

it('the index leads to every page', () => {
  const links = [...page('index.md').matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file);
  expect(links.sort()).toEqual(
    Object.keys(pages)
      .filter((file) => file !== 'index.md')
      .sort(),
  );
});
