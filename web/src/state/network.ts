// What can be said of the network from its document and its data.
import type { Experiment, Field, Status } from 'athanor';
import type { Catalogue } from '../messages/catalogue';
import { applies } from './document';
import { fill } from './format';

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

export interface Named {
  status: Pick<Status, 'columns' | 'classes' | 'task'>;
  /** With the output layer. */
  layers: number;
  /** Numbers that reach the first layer: more or fewer than columns where texts are embedded. */
  inputs: number;
  outputs: number;
}

/** What a neuron is called in a sentence; column 0 is the input, `layers` the output. */
export function neuronName(
  catalogue: Catalogue,
  { status, layers, inputs, outputs }: Named,
  column: number,
  neuron: number,
): string {
  const words = catalogue.drawing;
  if (column === 0) {
    const name = inputs === status.columns.length ? status.columns[neuron] : undefined;
    return name ?? fill(words.unnamedInput, { number: neuron + 1 });
  }
  if (column < layers) return fill(words.neuron, { layer: column, number: neuron + 1 });
  const name = outputLabel(status, outputs, neuron);
  return name === '' ? words.plainOutput : fill(words.output, { name });
}

/** The class that an output neuron stands for; '' for values and where one neuron tells both classes. */
export function outputLabel(status: Named['status'], outputs: number, neuron: number): string {
  return status.task === 'regression' || outputs === 1 ? '' : (status.classes[neuron] ?? '');
}

export function layerText(catalogue: Catalogue, layer: number, layers: number): string {
  return layer === layers - 1
    ? catalogue.drawing.outputLayer
    : fill(catalogue.drawing.layer, { number: layer + 1 });
}
