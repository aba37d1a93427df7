// Reading experiment documents by the paths of the engine's field table.
import type { Field } from 'athanor';

/** The member at a path such as "training.loss" or "model.layers[1].units"; undefined where there is none. */
export function valueAt(document: unknown, path: string): unknown {
  let member = document;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof member !== 'object' || member === null) return undefined;
    member = (member as Record<string, unknown>)[key];
  }
  return member;
}

/** Whether a field has any effect with the other values of this document; of an item of a list `path` says which. */
export function applies({ when }: Pick<Field, 'when'>, document: unknown, path = ''): boolean {
  if (when === undefined) return true;
  const index = /\[\d+\]/.exec(path)?.[0] ?? '[]';
  const value = valueAt(document, when.path.replace('[]', index));
  if (when.choices !== undefined) return when.choices.includes(String(value));
  return Number(value) >= (when.least ?? 0);
}

/** The fields of `to` that `from` has otherwise, in the order of the table; those of list items go with their list. */
export function changedFields(
  fields: readonly Field[],
  from: unknown,
  to: unknown,
): { path: string; value: unknown }[] {
  return fields
    .filter(({ path }) => !path.includes('[]'))
    .map(({ path }) => ({ path, value: valueAt(to, path) }))
    .filter(({ path, value }) => JSON.stringify(value) !== JSON.stringify(valueAt(from, path)));
}

/** Whether what is said of the field at `path` hangs on the one at `changed`: itself, one below it, or one of the parts or the
 * data, whose fields are judged together. */
export function isJudgedWith(path: string, changed: string): boolean {
  const section = changed.split('.')[0] ?? '';
  const isTogether = section === 'split' || section === 'data';
  return path.startsWith(changed) || (isTogether && path.startsWith(`${section}.`));
}
