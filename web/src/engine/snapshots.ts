// What there is to draw: what the page always shows, and what it watches beside that.
import type { Experiment, Grid, Session, Status } from 'athanor';
import { NetworkSource } from './drawn';
import { JudgedSource } from './judged';
import { ifAnswered } from './problems';
import type { Runner } from './runner';
import { gridOver } from './sheet';
import type { Calls, LossLog, PlaneRange, Snapshot } from './protocol';

type Watched = Calls['watch']['args'];
const nothing: Watched = { log: false, network: null, decisions: null, reports: null };

const gridResolution = 80;
/** The log has a line every so many steps, as the tutorial prints it. */
const logEvery = 100;

export class SnapshotSource {
  watched = nothing;
  /** Of the picture; null: those the session finds. */
  axes: [number, number] | null = null;
  plane: PlaneRange | null = null;
  /** Of the last snapshot. */
  epoch = 0;
  readonly #network = new NetworkSource();
  readonly #judged = new JudgedSource();
  /** What follows belongs to the run of this number. */
  #run = 0;
  #sentEpoch = 0;
  #sentMeasures = 0;
  #sentPoints = '';
  /** A network with hidden layers is no single neuron; whether one without them is, the engine says. */
  #mayBeNeuron = false;
  /** The targets' own spread, for the log; they are the same for a whole run. */
  #baseline: { run: number; value: number } | null = null;

  /** The session's document, whenever it is another one. */
  learn({ model }: Experiment): void {
    this.#mayBeNeuron = model.layers.length === 0;
  }

  /** A trained number was changed by hand: no step need follow. */
  changed(): void {
    this.#network.changed();
    this.#judged.changed();
  }

  /** `heard` is the last call that came before it. `isWhole`: what the first frame does without can be asked of the engine. */
  take(runner: Runner, heard: number, isWhole: boolean): Snapshot {
    const { session, run, running } = runner;
    if (run !== this.#run) {
      this.#run = run;
      this.#sentEpoch = this.#sentMeasures = 0;
      this.#sentPoints = '';
    }
    const status = session.status();
    this.epoch = status.epoch;
    const [x, y] = this.#axesOf(session, status);
    const pointsKey = `${run} ${x} ${y} ${status.rows.train} ${status.finished}`;
    const pointsChanged = pointsKey !== this.#sentPoints && status.rows.train > 0;
    if (pointsChanged) this.#sentPoints = pointsKey;
    const history = session.history(this.#sentEpoch);
    this.#sentEpoch = history.length > 0 ? (history[history.length - 6] ?? this.#sentEpoch) : this.#sentEpoch;
    const place = { run, step: status.step, finished: status.finished };
    const mayBeNeuron = this.#mayBeNeuron && status.rows.train > 0;
    const watched = isWhole ? this.watched : nothing;
    return {
      status,
      running,
      heard,
      run,
      history,
      measures: isWhole ? this.#measuresOf(session) : null,
      axes: [x, y],
      grid: this.#gridOf(session, status, x, y),
      points: pointsChanged ? session.points(x, y) : null,
      neuron: mayBeNeuron ? ifAnswered(() => session.neuronStep()) : null,
      moment: runner.motion.moment,
      diagnosis: isWhole ? session.diagnosis() : null,
      log: this.#logOf(session, status),
      network: this.#network.take(session, watched.network, { ...place, axes: [x, y] }, runner.isBusy),
      judged: this.#judged.take(session, watched, place, runner.isBusy),
      stepsPerSecond: runner.stepsPerSecond,
    };
  }

  /** The first frame does without them, so that they may lag behind the history; then all of them follow. */
  #measuresOf(session: Session): Snapshot['measures'] {
    if (this.#sentMeasures === this.#sentEpoch) return null;
    const rows = session.measureHistory(this.#sentMeasures);
    this.#sentMeasures = this.#sentEpoch;
    return { names: session.tracked(), rows };
  }

  #axesOf(session: Session, status: Status): [number, number] {
    const columns = status.columns.length;
    if (this.axes !== null && Math.max(...this.axes) < columns) return this.axes;
    return status.rows.train > 0 ? session.axes() : [0, Math.min(1, Math.max(0, columns - 1))];
  }

  #gridOf(session: Session, status: Status, x: number, y: number): Grid | null {
    if (status.step === 0 || status.failure !== null) return null;
    if (this.plane !== null && status.columns.length === 2)
      return gridOver(session, this.plane, gridResolution);
    return session.grid(gridResolution, x, y);
  }

  #logOf(session: Session, status: Status): LossLog | null {
    if (!this.watched.log) return null;
    const run = this.#run;
    if (this.#baseline?.run !== run && status.parameters > 0) {
      const value = ifAnswered(() => session.measures('train').baseline);
      this.#baseline = value === null ? null : { run, value };
    }
    const baseline = this.#baseline?.run === run ? this.#baseline.value : null;
    return { lines: session.lossLog(logEvery), baseline };
  }
}
