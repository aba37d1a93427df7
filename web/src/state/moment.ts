// What is told of a moment of slow motion: the sentence, the panel where it happens, the stage that is lit meanwhile.
import type { StageId, Status } from 'athanor';
import type { Moment, Phase } from '../engine/motion';
import type { Catalogue } from '../messages/catalogue';
import { cleanFigures } from './cleaned';
import { fill, formatNumber, formatPercent } from './format';

/** Where a phase is to be seen: a panel's name, which the style sheet knows. */
export type Ring = 'data' | 'preparation' | 'network' | 'boundary' | 'curves' | 'measures' | 'training';

const rings: Record<Phase, Ring> = {
  prepare: 'data',
  clean: 'preparation',
  augment: 'preparation',
  split: 'preparation',
  batch: 'data',
  forward: 'network',
  loss: 'curves',
  backward: 'network',
  update: 'network',
  rest: 'boundary',
  single: 'network',
  train: 'boundary',
  evaluate: 'measures',
  optimise: 'training',
  done: 'training',
  finish: 'measures',
};

export function ringOf(moment: Moment | null): Ring | undefined {
  return moment === null ? undefined : rings[moment.phase];
}

type Told = keyof Catalogue['motion']['phases'];

function toldOf({ phase, figures }: Moment, task: Status['task'], relabelled: number): Told {
  if (phase === 'done' && figures['over'] === 1) return 'doneOver';
  if (phase === 'clean' && relabelled > 0) return 'cleanLabels';
  if (task === 'regression' && phase === 'evaluate') return 'evaluateValues';
  if (task === 'regression' && phase === 'finish') return 'finishValues';
  return phase;
}

/** The name of the phase and its sentence, with its numbers. */
export function momentTexts(
  texts: Catalogue,
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

/** The stages as they are lit: in slow motion the one that is being told, though its work is done; else where the run stands. */
export function litBy(status: Status, moment: Moment | null): Status {
  if (moment === null || moment.isOver || status.failure !== null) return status;
  const lit: StageId = moment.stage;
  const stages = status.stages.map((stage) => {
    if (stage.id === lit) return { ...stage, state: 'active' as const };
    return stage.state === 'active'
      ? { ...stage, state: stage.visits > 0 ? ('done' as const) : ('idle' as const) }
      : stage;
  });
  return { ...status, stages };
}
