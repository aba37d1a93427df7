// What can be said of the network from its document and its data.
import type { Experiment, Field, Status } from 'athanor';
import { applies } from './document';

/** Whether the output has an activation of its own: most losses for classes bring theirs. */
export function hasOutputActivation(document: Experiment, fields: readonly Field[]): boolean {
  const field = fields.find(({ path }) => path === 'model.output_activation');
  return field !== undefined && applies(field, document);
}

/** How many neurons the output layer has: one for a value and where a sigmoid tells both classes, else one per class. */
export function outputCount(
  document: Experiment,
  fields: readonly Field[],
  status: Pick<Status, 'task' | 'classes'>,
): number {
  if (status.task === 'regression') return 1;
  const { loss } = document.training;
  const isSigmoid = document.model.output_activation === 'sigmoid' && hasOutputActivation(document, fields);
  const tellsBoth = loss === 'binary_cross_entropy' || (isSigmoid && loss !== 'hinge');
  const classes = status.classes.length || 2;
  return tellsBoth && classes === 2 ? 1 : classes;
}
