// Reading experiment documents by the paths of the engine's field table.

/** The member at a path such as "training.loss" or "model.layers[1].units"; undefined where there is none. */
export function valueAt(document: unknown, path: string): unknown {
  let member = document;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof member !== 'object' || member === null) return undefined;
    member = (member as Record<string, unknown>)[key];
  }
  return member;
}
