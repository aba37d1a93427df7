// Training samples and the copies that augmentation made of them.
import type { Points } from 'athanor';

/** How Session.points numbers the parts. */
const trainPart = 0;
const copyPart = 3;

/** A sample and its copies, as places in the points. */
export interface Family {
  original: number;
  copies: number[];
}

/** The training samples in the order of the data, each with its copies. */
export function familiesOf({ part, row, origin }: Pick<Points, 'part' | 'row' | 'origin'>): Family[] {
  const families = new Map<number, Family>();
  for (let i = 0; i < part.length; ++i)
    if (part[i] === trainPart) families.set(row[i] ?? -1, { original: i, copies: [] });
  for (let i = 0; i < part.length; ++i)
    if (part[i] === copyPart) families.get(origin[i] ?? -1)?.copies.push(i);
  return [...families.entries()].sort(([a], [b]) => a - b).map(([, family]) => family);
}
