// In which group of shapes and functions a generator stands.
import type { Generator } from 'athanor';

export const shapeGroups = ['classes', 'surfaces', 'curves', 'chance'] as const;
export type ShapeGroup = (typeof shapeGroups)[number];

export function groupOf({
  name,
  task,
  dimensions,
}: Pick<Generator, 'name' | 'task' | 'dimensions'>): ShapeGroup {
  if (task === 'classification') return 'classes';
  if (name === 'chance') return 'chance';
  return dimensions === 1 ? 'curves' : 'surfaces';
}
