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

/** Whether a field has any effect with the other choices of this document. */
export function applies({ when }: Pick<Field, 'when'>, document: unknown): boolean {
  return when === undefined || when.choices.includes(String(valueAt(document, when.path)));
}
