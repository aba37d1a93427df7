// Where a moment of slow motion happens: the panel, and the stage that is lit meanwhile.
import type { StageId, Status } from 'athanor';
import type { Moment, Phase } from '../engine/motion';

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
