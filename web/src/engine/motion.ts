// Slow motion: which phase of the training is told next, with which numbers, and how long it stays. Pure decisions and the
// numbers of the engine; the worker does the work.
import type { Session, StageId, Status } from 'athanor';
import { ifAnswered } from './problems';
import type { StepUnit } from './protocol';

/** The parts of one optimiser step. `rest` are the other batches of the epoch, told together. */
export type BatchPhase = 'batch' | 'forward' | 'loss' | 'backward' | 'update' | 'rest';
/** `single`: a whole step that a person took with one press. */
export type Phase = StageId | BatchPhase | 'single';

export interface Moment {
  phase: Phase;
  /** The stage of the flowchart it belongs to. */
  stage: StageId;
  /** After a person's single step: the run already stands where it goes on. */
  isOver: boolean;
  /** Of the stage, of the step, and what belongs to every phase. */
  figures: Record<string, number>;
}

/** A sentence can be read in this time. */
export const phaseMilliseconds = 2600;
/** All other batches of an epoch together. */
const restMilliseconds = 3000;
const shortestTick = 40;
const batchPhases = ['batch', 'forward', 'loss', 'backward', 'update'] as const;

export type Work = { kind: 'none' } | { kind: 'stage' } | { kind: 'batches'; count: number };
export interface MotionMove {
  phase: Phase;
  work: Work;
  wait: number;
}

type Place = Pick<Status, 'stage' | 'batch' | 'batchesPerEpoch'>;

/** After `last` at this place. The first batch of an epoch is told phase by phase, the others go by. */
export function nextMotion(last: Phase | null, { stage, batch, batchesPerEpoch }: Place): MotionMove {
  if (stage !== 'train') return { phase: stage, work: { kind: 'stage' }, wait: phaseMilliseconds };
  // Before the first step nobody has counted the batches yet.
  if (batch > 0) {
    const others = Math.max(1, batchesPerEpoch - 1);
    const tick = Math.max(shortestTick, restMilliseconds / others);
    const count = Math.max(1, Math.round((others * tick) / restMilliseconds));
    return { phase: 'rest', work: { kind: 'batches', count }, wait: tick };
  }
  const at = batchPhases.findIndex((phase) => phase === last);
  const phase = batchPhases[at + 1] ?? batchPhases[0];
  const work: Work = phase === 'update' ? { kind: 'batches', count: 1 } : { kind: 'none' };
  return { phase, work, wait: phaseMilliseconds };
}

function common(status: Status): Record<string, number> {
  const { epoch, step, batchesPerEpoch, learningRate, loss, rows, parameters } = status;
  return {
    epoch: epoch + 1,
    step,
    batches: batchesPerEpoch,
    learning_rate: learningRate,
    train_rows: rows.train,
    validation_rows: rows.validation,
    parameters,
    ...(loss === null ? {} : { loss }),
  };
}

/** What the next step will come to, before it is taken; nothing where it cannot be looked into. */
function preview(session: Pick<Session, 'nextStep'>): Record<string, number> {
  const step = ifAnswered(() => session.nextStep());
  if (step === null) return {};
  const { loss, gradientNorm, updateNorm } = step;
  return {
    step: step.step,
    epoch: step.epoch,
    batch: step.batch,
    batch_rows: step.rows.length,
    learning_rate: step.learningRate,
    layers: step.layers.length,
    ...(loss === null ? {} : { loss }),
    ...(gradientNorm === null ? {} : { gradient: gradientNorm }),
    ...(updateNorm === null ? {} : { change: updateNorm }),
  };
}

/** The numbers of a phase that is about to be worked: of a batch those of the step that has yet to be taken. */
export function figuresBefore(session: Pick<Session, 'nextStep'>, phase: Phase): Record<string, number> {
  return phase !== 'rest' && batchPhases.some((one) => one === phase) ? preview(session) : {};
}

/** Slow motion under way: what is being told, and until when. */
export class Motion {
  moment: Moment | null = null;
  #last: Phase | null = null;
  #due = 0;
  /** What a person's single step will have been, when it is done. */
  #step: { phase: Phase; stage: StageId } | null = null;

  clear(): void {
    this.moment = null;
    this.#last = null;
    this.#due = 0;
    this.#step = null;
  }
  /** The person wants it to go on now. */
  hurry(): void {
    this.#due = 0;
  }
  /** Milliseconds that the phase at hand still stays; messages that come in between do not shorten it. */
  get wait(): number {
    return Math.max(0, this.#due - performance.now());
  }

  /** Does the work of the next phase, of a long stage as much as fits in. What a stage throws is thrown on. */
  advance(
    session: Pick<Session, 'status' | 'nextStep' | 'stepStageFor' | 'stepBatch'>,
    milliseconds: number,
  ): void {
    const before = session.status();
    const { phase, work, wait } = nextMotion(this.#last, before);
    const told = figuresBefore(session, phase);
    let isDone = true;
    if (work.kind === 'stage') isDone = session.stepStageFor(milliseconds);
    else if (work.kind === 'batches')
      for (let i = 0; i < work.count && session.status().stage === 'train'; ++i) session.stepBatch();
    this.moment = momentAfter(phase, before.stage, session.status(), told);
    this.#last = phase;
    this.#due = isDone ? performance.now() + wait : 0;
  }

  /** A person takes a single step from this stage. */
  begin(unit: StepUnit, stage: StageId): void {
    this.clear();
    if (unit === 'batch') this.#step = { phase: 'single', stage: 'train' };
    else if (unit === 'epoch') this.#step = { phase: 'evaluate', stage: 'evaluate' };
    else this.#step = { phase: stage, stage };
  }
  /** It is done. */
  end(status: Status): void {
    if (this.#step === null || status.failure !== null) return this.clear();
    this.moment = { ...momentAfter(this.#step.phase, this.#step.stage, status), isOver: true };
    this.#step = null;
  }
}

/** What is told once the work of a phase is done. */
export function momentAfter(
  phase: Phase,
  stage: StageId,
  status: Status,
  before: Record<string, number> = {},
): Moment {
  const figures: Record<string, number> = { ...common(status), batch: status.batch };
  // An epoch that has just ended has been counted already.
  if (phase === 'rest' && status.stage !== 'train')
    Object.assign(figures, { batch: status.batchesPerEpoch, epoch: status.epoch });
  if (stage === 'done') figures['over'] = Number(status.stage === 'finish');
  const own = status.stages.find(({ id }) => id === stage)?.figures;
  return { phase, stage, isOver: false, figures: { ...figures, ...own, ...before } };
}
