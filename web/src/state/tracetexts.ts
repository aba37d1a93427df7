// What a traced step is called in words.
import type { Status, StepTrace } from 'athanor';
import { formatNumber } from './format';

type Of = Pick<Status, 'task' | 'classes' | 'columns'> | null;

/** The target of a sample: a value, or the class that its row of targets stands for. */
export function targetText(status: Of, targets: readonly (number | null)[]): string {
  const [first = null] = targets;
  if (status === null || status.task === 'regression') return formatNumber(first);
  if (targets.length === 1) return status.classes[first ?? -1] ?? formatNumber(first);
  const largest = Math.max(...targets.map((value) => value ?? -Infinity));
  return status.classes[targets.indexOf(largest)] ?? '';
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
function below(text: string): string {
  return text.replace(/\d/g, (digit) => subscripts[Number(digit)] ?? '');
}

/** The weights and the bias of the traced neuron as plain text, as the formulas name them: w₁₂, w₁₀,₂, b₂. */
export function parameterNames({ layers, layer, unit, neuron }: StepTrace): string[] {
  const isAlone = layers[layer]?.units === 1;
  const weights = neuron.weights.map((_, index) => {
    if (isAlone) return `w${below(String(index + 1))}`;
    const both = `${index + 1}${unit + 1}`;
    return `w${below(both.length > 2 ? `${index + 1},${unit + 1}` : both)}`;
  });
  return [...weights, isAlone ? 'b' : `b${below(String(unit + 1))}`];
}

/** What the inputs of the first layer are; nothing where columns do not reach it as they are. */
export function inputNames(status: Of, { layer, neuron }: StepTrace): string[] {
  return layer === 0 && status?.columns.length === neuron.weights.length ? status.columns : [];
}
