// What the worker has told: above all the last snapshot, the run as it is on the screen.
import type { Diagnosis, Grid, NeuronStep, Points, Status } from 'athanor';
import type { Moment } from '../engine/motion';
import type { DrawnNetwork, EngineInUse, Judged, LossLog, Snapshot, Started } from '../engine/protocol';
import { emptyCurves, pushMeasures, pushRows, type Curves } from './curves';

export class Shown {
  /** The build that the run began in: it has the bits of whichever goes on with it. */
  variant = $state<Started['variant'] | null>(null);
  /** The build in use, and why it is this one; null until the engine is whole. */
  engine = $state.raw<EngineInUse | null>(null);
  status = $state.raw<Status | null>(null);
  running = $state(false);
  /** Running or pausing was asked for, and no snapshot has come yet that was made after it. */
  isAwaited = $state(false);
  axes = $state.raw<[number, number]>([0, 1]);
  grid = $state.raw<Grid | null>(null);
  points = $state.raw<Points | null>(null);
  stepsPerSecond = $state(0);
  /** Whether the network is a single neuron that can be taken apart, and its next step while there is one. */
  isNeuron = $state(false);
  neuron = $state.raw<NeuronStep | null>(null);
  /** What is told in slow motion, or what a single step did. */
  moment = $state.raw<Moment | null>(null);
  /** What the curves say. */
  diagnosis = $state.raw<Diagnosis | null>(null);
  /** Only while it is watched. */
  log = $state.raw<LossLog | null>(null);
  /** The same; null in a run that has no network yet. */
  network = $state.raw<DrawnNetwork | null>(null);
  /** The same; what it was asked for stands in it. */
  judged = $state.raw<Judged | null>(null);
  /** The same object while a run lasts; `curveLength` tells that it grew. */
  curves = $state.raw<Curves>(emptyCurves());
  curveLength = $state(0);
  /** The same of the measures, which may lag behind. */
  measuredLength = $state(0);
  /** Counts the runs: a new number means that everything began anew. */
  runNumber = $state(0);
  /** The call that asked for it. */
  #awaited = 0;

  /** Another worker counts its runs and calls anew. */
  protected forget(): void {
    this.runNumber = 0;
    this.#awaited = 0;
    this.isAwaited = false;
  }

  /** The button answers at once: a snapshot that was on its way does not turn it back. */
  protected expect(running: boolean, call: number): void {
    this.running = running;
    this.#awaited = call;
    this.isAwaited = true;
  }

  protected take(snapshot: Snapshot): void {
    if (snapshot.run !== this.runNumber) {
      this.runNumber = snapshot.run;
      this.curves = emptyCurves();
      this.network = null;
      this.judged = null;
    }
    pushRows(this.curves, snapshot.history);
    this.curveLength = this.curves.epoch.length;
    if (snapshot.measures !== null) pushMeasures(this.curves, snapshot.measures);
    this.measuredLength = this.curves.measured;
    this.status = snapshot.status;
    if (snapshot.heard >= this.#awaited) {
      this.running = snapshot.running;
      this.isAwaited = false;
    }
    this.axes = snapshot.axes;
    this.grid = snapshot.grid;
    if (snapshot.points !== null) this.points = snapshot.points;
    else if (snapshot.status.rows.train === 0) this.points = null;
    this.neuron = snapshot.neuron;
    if (snapshot.neuron !== null) this.isNeuron = true;
    // Before training and after its end there is no next step, of whatever network.
    else if (snapshot.status.parameters > 0 && !snapshot.status.finished) this.isNeuron = false;
    this.moment = snapshot.moment;
    this.diagnosis = snapshot.diagnosis;
    this.log = snapshot.log;
    if (snapshot.network !== null) this.network = snapshot.network;
    if (snapshot.judged !== null) this.judged = snapshot.judged;
    this.stepsPerSecond = snapshot.stepsPerSecond;
  }
}
