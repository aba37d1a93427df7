// What the engine misses on a painted sheet, said as what is to be done.
import type { Problem } from 'athanor';
import { fill } from '../state/format';
import { problemText, type Catalogue } from './catalogue';

/** @param count of the points on the sheet */
export function missingText(catalogue: Catalogue, problem: Problem, count: number): string {
  const { painting } = catalogue;
  switch (problem.code) {
    case 'csv_empty':
      return painting.nothing;
    case 'csv_target_classes':
    case 'too_few_classes':
      return painting.leastClasses;
    case 'too_few_rows':
      return fill(painting.least, {
        min: problem.params['min'] ?? '',
        count: problem.params['value'] ?? count,
      });
    default:
      return problemText(catalogue, problem);
  }
}
