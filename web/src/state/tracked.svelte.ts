// The measures that curves can show beside the loss: what they are called, how they are written, and which the person chose.
import type { TrackedName } from 'athanor';
import type { Range } from '../charts/ranges';
import type { Catalogue } from '../messages/catalogue';
import type { CurvePart, Curves, Task, Third } from './curves';
import { formatNumber, formatPercent, formatTick } from './format';
import { store, stored } from './settings.svelte';

/** In the order in which they are offered; the first is the one that is shown unless another was chosen. */
const ranges = {
  classification: {
    accuracy: 'share',
    balancedAccuracy: 'share',
    precision: 'share',
    recall: 'share',
    f1: 'share',
    matthews: 'signed',
    kappa: 'signed',
  },
  regression: { r2: 'signed', rmse: 'loss', mae: 'loss', mse: 'loss', explainedVariance: 'signed' },
} as const satisfies Record<Task, Partial<Record<TrackedName, Range>>>;

export function trackedNames(task: Task): TrackedName[] {
  return Object.keys(ranges[task]) as TrackedName[];
}
export function rangeOf(name: TrackedName): Range {
  return { ...ranges.classification, ...ranges.regression }[name];
}
/** Whether the best of a curve is its least. */
export function isError(name: TrackedName): boolean {
  return rangeOf(name) === 'loss';
}
export function trackedFormat(name: TrackedName): (value: number) => string {
  return rangeOf(name) === 'share' ? formatPercent : (value) => formatNumber(value);
}
export function trackedTick(name: TrackedName): (value: number) => string {
  return rangeOf(name) === 'share' ? formatPercent : formatTick;
}
export function trackedLabel(texts: Catalogue, name: TrackedName): string {
  return { ...texts.valueMeasureNames, ...texts.measureNames, ...texts.trackedNames }[name];
}

/** The score is there from the first epoch on, all else as soon as the engine has its second module. */
export function trackedColumn(curves: Curves, name: TrackedName, part: CurvePart): number[] {
  if (name === 'accuracy' || name === 'r2')
    return part === 'train' ? curves.trainScore : curves.validationScore;
  return curves.measures[name]?.[part] ?? [];
}

function kept<Name extends string>(key: string, allowed: readonly Name[], otherwise: Name): Name {
  const name = stored(key);
  return allowed.find((one) => one === name) ?? otherwise;
}

class Chosen {
  #measure = $state<Record<Task, TrackedName>>({
    classification: kept('curve.classification', trackedNames('classification'), 'accuracy'),
    regression: kept('curve.regression', trackedNames('regression'), 'r2'),
  });
  #third = $state<Record<Task, Third>>({
    classification: kept('third.classification', ['rate', ...trackedNames('classification')], 'rate'),
    regression: kept('third.regression', ['rate', ...trackedNames('regression')], 'rate'),
  });

  measure(task: Task): TrackedName {
    return this.#measure[task];
  }
  setMeasure(task: Task, name: TrackedName): void {
    this.#measure[task] = name;
    store(`curve.${task}`, name);
  }
  third(task: Task): Third {
    return this.#third[task];
  }
  setThird(task: Task, name: Third): void {
    this.#third[task] = name;
    store(`third.${task}`, name);
  }
}

export const chosen = new Chosen();
