// What is told of a moment of slow motion, and of a single step.
import type { Status } from 'athanor';
import type { Moment } from '../engine/motion';
import type { LaterCatalogue } from '../messages/catalogue';
import { cleanFigures } from './cleaned';
import { fill, formatNumber, formatPercent } from './format';

type Told = keyof LaterCatalogue['motion']['phases'];

function toldOf({ phase, figures }: Moment, task: Status['task'], relabelled: number): Told {
  if (phase === 'done' && figures['over'] === 1) return 'doneOver';
  if (phase === 'clean' && relabelled > 0) return 'cleanLabels';
  if (task === 'regression' && phase === 'evaluate') return 'evaluateValues';
  if (task === 'regression' && phase === 'finish') return 'finishValues';
  return phase;
}

/** The name of the phase and its sentence, with its numbers. */
export function momentTexts(
  texts: LaterCatalogue,
  moment: Moment,
  { task, relabels }: { task: Status['task']; relabels: boolean },
): { title: string; sentence: string } {
  const numbers: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(moment.figures))
    numbers[name] = name === 'f1' || name === 'accuracy' ? formatPercent(value) : formatNumber(value);
  const cleaned = cleanFigures(moment.figures, relabels);
  if (moment.phase === 'clean') Object.assign(numbers, cleaned);
  const [title = '', sentence = ''] = texts.motion.phases[toldOf(moment, task, cleaned.relabelled)];
  // What a run has no number for, such as the score of a part that it has not, is a dash.
  return { title, sentence: fill(sentence, numbers).replace(/\{\w+\}/g, '–') };
}
