// How files of experiments are told from other JSON, and what they are called.

export const ending = '.athanor.json';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value has parts of an experiment, however many of them are wrong. Tables can be JSON objects as well: there
 * columns hold lists. */
export function isExperiment(value: unknown, defaults: unknown): value is Json {
  if (!isObject(value) || !isObject(defaults)) return false;
  return Object.entries(value).some(([section, members]) => {
    const known = defaults[section];
    return isObject(members) && isObject(known) && Object.keys(members).some((name) => name in known);
  });
}

/** A name that every system takes, by what is learned from. */
export function fileName(data: { source: string; generator: string; table: { name: string } }): string {
  const given = data.source === 'table' ? data.table.name.replace(/\.[^./\\\s]{1,10}$/, '') : data.generator;
  const safe = Array.from(given.replace(/[\p{Cc}\p{Cf}<>:"/\\|?*.]+/gu, ' ').trim())
    .slice(0, 60)
    .join('')
    .trim();
  return `${safe || 'experiment'}${ending}`;
}
