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
