// Loads the engine: picks the variant the browser can run, imports it and gives back its functions. Works on a page, in
// a worker and in Node. All types come from the build.
import { relaxedSimd } from 'wasm-feature-detect';
import type { CrossValidation, MainModule, Session } from '../build/engine/athanor.d.ts';
import { Rest } from './rest';

export type { CrossValidation, Session };

/**
 * `simd` is the reference: the same bits everywhere. `relaxed` may differ in the last ones. `threads` has its bits, and divides
 * large steps among processors.
 */
export type Variant = 'simd' | 'relaxed' | 'threads';

export interface LoadOptions {
  /** Which build to load; detected when left out. */
  variant?: Variant;
  /** The folder that holds `simd/athanor.mjs` and the others; the build folder when left out. */
  base?: string | URL;
  /**
   * Gives the engine back as soon as it can train, without what comes after the first frame: `loadRest` fetches that when there
   * is time, and what is called before is waited for. Only a worker can wait so; elsewhere both come at once.
   */
  restLater?: boolean;
  /** How many threads `threads` has, this one included; as many as there are processors, at most eight, when left out. */
  threads?: number;
}

/** More would wait for each other: a step has few calls with so much to share. */
const kMostThreads = 8;

/** The engine's functions, and which variant they come from. */
export type Engine = Omit<
  MainModule,
  keyof Runtime | 'Session' | 'CrossValidation' | 'mostThreads' | 'setThreads'
> & {
  readonly variant: Variant;
  /** How many work on a large step, the one that asks included. */
  readonly threads: number;
  /** Rejects when it cannot be fetched; it can be asked again. */
  readonly loadRest: () => Promise<void>;
};
type Runtime = Pick<MainModule, Extract<keyof MainModule, `HEAP${string}`>>;

export type Experiment = ReturnType<Engine['defaults']>;
export type Layer = Experiment['model']['layers'][number];
export type Field = ReturnType<Engine['fields']>[number];
export type Generator = ReturnType<Engine['generators']>[number];
export type Preset = ReturnType<Engine['presets']>[number];
export type Problem = ReturnType<Engine['validate']>[number];
export type TableReport = ReturnType<Engine['readCsv']>;
export type RowProblem = TableReport['problems'][number];
export type Flowchart = ReturnType<Engine['flowchart']>;
export type Status = ReturnType<Session['status']>;
export type StageId = Status['stage'];
export type StageStatus = Status['stages'][number];
export type Measures = NonNullable<Status['measures']['train']>;
export type ClassMeasures = Extract<Measures, { accuracy: number }>;
export type ValueMeasures = Extract<Measures, { rmse: number | null }>;
export type StageEvent = ReturnType<Session['events']>[number];
export type Grid = ReturnType<Session['grid']>;
export type Diagnosis = ReturnType<Session['diagnosis']>;
export type StepView = ReturnType<Session['nextStep']>;
export type StepTrace = ReturnType<Session['stepTrace']>;
export type NeuronStep = ReturnType<Session['neuronStep']>;
export type TrackedName = ReturnType<Session['tracked']>[number];
export type PartReport = ReturnType<Session['measures']>;
export type ValidationReport = ReturnType<CrossValidation['report']>;
export type Decisions = ReturnType<Session['decisions']>;
export type ThresholdReport = ReturnType<Session['atThreshold']>;
export type NeuronMaps = ReturnType<Session['neuronMaps']>;
export type LayerWeights = ReturnType<Session['weights']>[number];
export type UnitView = ReturnType<Session['unit']>;
export type Histogram = ReturnType<Session['histograms']>[number];
export type Points = ReturnType<Session['points']>;

/** What the engine throws: a stable code, the place (document path or stage) and the values of the sentence. */
export class AthanorError extends Error {
  override readonly name = 'AthanorError';
  readonly code: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;

  constructor(message: string, code: string, path: string, params: Record<string, string>) {
    super(message);
    this.code = code;
    this.path = path;
    this.params = params;
  }
}

type Factory = (options: {
  AthanorError: typeof AthanorError;
  loadSplitModule: Rest['instantiate'];
  printErr: (text: string) => void;
}) => Promise<MainModule>;

/** Emscripten tells of every call into the second module; that is no error. */
function printErr(text: string): void {
  // eslint-disable-next-line no-console -- where Emscripten itself would write
  if (!/^(placeholder function called|instantiated deferred module)/.test(text)) console.error(text);
}

/**
 * Whether memory may be shared here: in a page only where its server keeps it apart from pages of other origins. Whatever has
 * relaxed SIMD has WebAssembly's threads, which came years before.
 */
export function canShareMemory(): boolean {
  return globalThis.crossOriginIsolated !== false && typeof SharedArrayBuffer === 'function';
}

/** The fastest variant of one thread that this browser or Node can run. */
export async function detectSingle(): Promise<'simd' | 'relaxed'> {
  return (await relaxedSimd()) ? 'relaxed' : 'simd';
}

/** The fastest variant of all. */
export async function detectVariant(): Promise<Variant> {
  const single = await detectSingle();
  return single === 'relaxed' && canShareMemory() ? 'threads' : single;
}

/** The build folder: beside this source file, around the bundle made of it. */
function buildFolder(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../build/engine/' : './', import.meta.url);
}

export async function loadEngine(options: LoadOptions = {}): Promise<Engine> {
  const variant = options.variant ?? (await detectVariant());
  const base = options.base ?? buildFolder();
  const file = (name: string) => new URL(`${variant}/${name}`, base).href;
  const rest = new Rest(file('athanor.deferred.wasm'));
  // `threads` comes as one: who asks for it has work for it.
  const loadRest = () => (variant === 'threads' ? Promise.resolve() : rest.load());
  const [{ default: create }] = await Promise.all([
    import(/* @vite-ignore */ file('athanor.mjs')) as Promise<{ default: Factory }>,
    options.restLater === true ? null : loadRest(),
  ]);
  const loadSplitModule: Rest['instantiate'] = (url, imports) => rest.instantiate(url, imports);
  const module = await create({ AthanorError, loadSplitModule, printErr });
  const threads =
    variant === 'threads'
      ? module.setThreads(options.threads ?? Math.min(module.mostThreads(), kMostThreads))
      : 1;
  return Object.assign(module, { variant, threads, loadRest });
}
