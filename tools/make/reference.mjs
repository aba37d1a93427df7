// The reference as Markdown: every table of the engine on a page of its own, and an index.

/** @typedef {{ path: string, choices?: string[], least?: number }} Condition */
/** @typedef {{ path: string, type: string, default: unknown, min?: number, max?: number, scale?: string, first?: number, choices?: string[], effect: string, when?: Condition, since: number, meaning: string }} Field */
/** @typedef {{ name: string, task: string, dimensions: number, leastClasses: number, mostClasses: number, meaning: string }} Generator */
/** @typedef {{ name: string, document: object, table: string, meaning: string }} Preset */
/** @typedef {{ name: string, arity: number, meaning: string, onnx: string, inPlace: boolean, hasGradient: boolean }} Op */
/** @typedef {{ id: string, decision: boolean, meaning: string }} Stage */
/** @typedef {{ name: string, slots: number, decays: boolean, meaning: string }} Optimizer */
/** @typedef {{ code: string, sentence: string }} ErrorCode */
/** @typedef {{ version: string, fields: Field[], ops: Op[], stages: Stage[], flowchart: string, generators: Generator[], presets: Preset[], optimizers: Optimizer[], errors: ErrorCode[] }} Tables */

/**
 * What of the module's functions is asked here.
 * @typedef {object} Engine
 * @property {() => string} version
 * @property {() => Field[]} fields
 * @property {() => Generator[]} generators
 * @property {() => Preset[]} presets
 * @property {() => Pick<Tables, 'ops' | 'stages' | 'optimizers' | 'errors'>} reference
 * @property {(labels: any, edges: { yes: string, no: string }, direction: string) => string} mermaid
 */

/**
 * @param {Engine} engine
 * @returns {Tables}
 */
export function readTables(engine) {
  const rest = engine.reference();
  const labels = Object.fromEntries(rest.stages.map(({ id }) => [id, id]));
  return {
    version: engine.version(),
    fields: engine.fields(),
    generators: engine.generators(),
    presets: engine.presets(),
    flowchart: engine.mermaid(labels, { yes: 'yes', no: 'no' }, 'LR'),
    ...rest,
  };
}

/** @param {string} text prose, of which no character is to be taken for markup */
const prose = (text) => text.replaceAll(/[\\|*<`]/g, '\\$&');

/** @param {string} text inside a cell a bar ends even code */
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

/** @param {string[]} names */
const oneOf = (names) => (names.length > 1 ? 'one of ' : '') + names.map(code).join(', ');

/**
 * @param {string[]} header
 * @param {string[][]} rows
 */
function table(header, rows) {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {Field} field */
function values({ type, min, max, scale, first, choices }) {
  if (choices) return oneOf(choices);
  if (type === 'text') return `text of ${max} bytes at most`;
  if (type === 'list') return `list of ${max} items at most`;
  if (min === undefined || max === undefined) return type;
  const scales = { log: ', on a logarithmic scale', log_to_one: ', logarithmic towards 1' };
  const from = first === undefined ? '' : ` that goes from 0 to ${first}`;
  const on = scale === 'log' || scale === 'log_to_one' ? scales[scale] : from && ', on a scale';
  return `${type}, ${min} to ${max}${on}${from}`;
}

/** @param {Field} field */
function meaning({ meaning, when }) {
  if (!when) return prose(meaning);
  const values = when.choices ? oneOf(when.choices) : `at least ${when.least}, or switched on`;
  return `${prose(meaning)}. Only while ${code(when.path)} is ${values}`;
}

/** @param {Field[]} fields */
function fieldPage(fields) {
  /** @type {Map<string, Field[]>} */
  const sections = new Map();
  for (const field of fields) {
    const section = field.path.split('.').slice(0, -1).join('.');
    sections.set(section, [...(sections.get(section) ?? []), field]);
  }
  const parts = [...sections].map(([section, members]) => {
    const header = ['field', 'value', 'default', 'effect', 'since', 'meaning'];
    const rows = members.map((field) => [
      code(field.path),
      values(field),
      code(JSON.stringify(field.default)),
      field.effect,
      String(field.since),
      meaning(field),
    ]);
    return `## ${section === '' ? 'At the top' : section}\n\n${table(header, rows)}`;
  });
  return [
    'What a document can hold; what is left out has its default. A change of a field while a run is in progress is either `live`:',
    'the run goes on with the new value, or it takes a `restart`. `since`: the version of the document that brought the field.',
    '`[]` stands for an item of a list.',
    '',
    parts.join('\n\n'),
  ].join('\n');
}

/** @param {Preset[]} presets */
function presetPage(presets) {
  const parts = presets.map(({ name, document, table, meaning }) =>
    [
      `## ${name}`,
      `${prose(meaning)}${table === '' ? '' : `. Its table: ${code(table)}`}`,
      `\`\`\`json\n${JSON.stringify(document, undefined, 2)}\n\`\`\``,
    ].join('\n\n'),
  );
  return ['What of a document differs from the defaults.', ...parts].join('\n\n');
}

/** @param {Generator} generator */
function classCount({ task, leastClasses, mostClasses }) {
  if (task === 'regression') return '';
  return leastClasses === mostClasses ? String(leastClasses) : `${leastClasses} to ${mostClasses}`;
}

/** @typedef {{ file: string, title: string, body: (tables: Tables) => string, count: (tables: Tables) => number }} Page */

/** @type {Page[]} */
const pages = [
  {
    file: 'fields.md',
    title: 'Document fields',
    count: ({ fields }) => fields.length,
    body: ({ fields }) => fieldPage(fields),
  },
  {
    file: 'stages.md',
    title: 'Stages',
    count: ({ stages }) => stages.length,
    body: ({ stages, flowchart }) =>
      [
        `\`\`\`mermaid\n${flowchart.trimEnd()}\n\`\`\``,
        table(
          ['stage', 'kind', 'meaning'],
          stages.map(({ id, decision, meaning }) => [
            code(id),
            decision ? 'decision' : 'work',
            prose(meaning),
          ]),
        ),
      ].join('\n\n'),
  },
  {
    file: 'ops.md',
    title: 'Ops',
    count: ({ ops }) => ops.length,
    body: ({ ops }) =>
      table(
        ['op', 'inputs', 'gradient', 'in place', 'ONNX', 'meaning'],
        ops.map(({ name, arity, hasGradient, inPlace, onnx, meaning }) => [
          code(name),
          String(arity),
          hasGradient ? 'yes' : 'no',
          inPlace ? 'yes' : 'no',
          prose(onnx),
          prose(meaning),
        ]),
      ),
  },
  {
    file: 'generators.md',
    title: 'Generators',
    count: ({ generators }) => generators.length,
    body: ({ generators }) =>
      table(
        ['generator', 'task', 'columns', 'classes', 'meaning'],
        generators.map((generator) => [
          code(generator.name),
          generator.task,
          String(generator.dimensions),
          classCount(generator),
          prose(generator.meaning),
        ]),
      ),
  },
  {
    file: 'presets.md',
    title: 'Presets',
    count: ({ presets }) => presets.length,
    body: ({ presets }) => presetPage(presets),
  },
  {
    file: 'optimisers.md',
    title: 'Optimisers',
    count: ({ optimizers }) => optimizers.length,
    body: ({ optimizers }) =>
      table(
        ['optimiser', 'numbers kept per parameter', 'decays weights', 'meaning'],
        optimizers.map(({ name, slots, decays, meaning }) => [
          code(name),
          String(slots),
          decays ? 'yes' : 'no',
          prose(meaning),
        ]),
      ),
  },
  {
    file: 'errors.md',
    title: 'Errors',
    count: ({ errors }) => errors.length,
    body: ({ errors }) =>
      table(
        ['code', 'sentence'],
        errors.map(({ code: name, sentence }) => [code(name), prose(sentence)]),
      ),
  },
];

/**
 * @param {Tables} tables
 * @returns {Record<string, string>} the text of each page by the name of its file
 */
export function referencePages(tables) {
  const list = pages.map(({ file, title, count }) => `- [${title}](${file}): ${count(tables)}`);
  const index = `# Reference of Athanor ${tables.version}\n\nMade by \`npm run docs\` from the engine's own tables.\n\n${list.join('\n')}\n`;
  const texts = pages.map(({ file, title, body }) => [file, `# ${title}\n\n${body(tables)}\n`]);
  return Object.fromEntries([['index.md', index], ...texts]);
}
