// The optimiser's update of one number, written out: each rule of the engine with its state before and after this step.
import type { StepTrace } from 'athanor';
import { base, line, num, op, type Line, type Number } from './tex';

/** One number on its way through the step. */
export interface Updated {
  /** Its name as TeX: w_{12}, b_2. */
  name: string;
  before: number;
  gradient: number;
  applied: number;
  after: number;
  /** The optimiser's state, in the order of its rule. */
  slotsBefore: number[];
  slotsAfter: number[];
}

type Settings = StepTrace['settings'];

interface Context {
  u: Updated;
  settings: Settings;
  rate: number;
  /** Counted from 1, since the optimiser was chosen. */
  t: number;
  /** Weight matrices are decayed and made orthogonal, biases are not. */
  isWeight: boolean;
}

/** What the page says beside a rule: keys of messages. */
export type UpdateNote = 'orthogonal' | 'clipNorm' | 'maxNorm' | 'warm';

export interface Update {
  lines: Line[];
  notes: UpdateNote[];
}

const g = 'g';

/** A state that is a moving mean: m ← β m + (1 − β) x. */
function mean(
  name: string,
  decay: string,
  rate: number,
  before: number,
  after: number,
  x: string,
  xs: string,
  value: number,
): Line {
  return line(
    `${name} \\leftarrow ${decay}\\,${name} + (1 - ${decay})\\,${x}`,
    after,
    `${num(rate)}\\cdot ${op(before)} + ${num(1 - rate)}\\cdot ${xs}`,
    rate * before + (1 - rate) * value,
  );
}

/** w ← w − η · step, after the decay of the weights. */
function descend(
  { u, settings, rate, isWeight }: Context,
  symbols: string,
  numbers: string,
  step: number,
): Line {
  const decay = isWeight ? settings.weightDecay : 0;
  const start = decay > 0 ? `(1 - \\eta\\lambda)\\,${u.name}` : u.name;
  const from = decay > 0 ? `(1 - ${num(rate)}\\cdot ${num(decay)})\\cdot ${op(u.before)}` : num(u.before);
  return line(
    `${u.name} \\leftarrow ${start} - \\eta\\,${symbols}`,
    u.after,
    `${from} - ${num(rate)}\\cdot ${numbers}`,
    (1 - rate * decay) * u.before - rate * step,
  );
}

function slot(values: number[], index: number): number {
  return values[index] ?? NaN;
}

function moments({ u, settings }: Context): Line[] {
  const { beta1, beta2 } = settings;
  const { applied } = u;
  return [
    mean('m', '\\beta_1', beta1, slot(u.slotsBefore, 0), slot(u.slotsAfter, 0), g, op(applied), applied),
    mean(
      'v',
      '\\beta_2',
      beta2,
      slot(u.slotsBefore, 1),
      slot(u.slotsAfter, 1),
      `${g}^2`,
      `${base(applied)}^2`,
      applied ** 2,
    ),
  ];
}

/** Whether the state is a column of the weights' own matrix: Muon treats only those its own way. */
function adam(context: Context): Line[] {
  const { u, settings, t } = context;
  const correction1 = 1 - settings.beta1 ** t;
  const correction2 = 1 - settings.beta2 ** t;
  const [m, v] = [slot(u.slotsAfter, 0), slot(u.slotsAfter, 1)];
  const mHat = m / correction1;
  const vHat = v / correction2;
  const corrected = (name: string, beta: string, decay: number, value: number, hat: number): Line =>
    line(
      `\\hat ${name} = \\frac{${name}}{1 - ${beta}^t}`,
      hat,
      `\\frac{${num(value)}}{1 - ${num(decay)}^{${t}}}`,
      value / (1 - decay ** t),
    );
  return [
    ...moments(context),
    corrected('m', '\\beta_1', settings.beta1, m, mHat),
    corrected('v', '\\beta_2', settings.beta2, v, vHat),
    descend(
      context,
      '\\frac{\\hat m}{\\sqrt{\\hat v} + \\varepsilon}',
      `\\frac{${num(mHat)}}{\\sqrt{${num(vHat)}} + ${num(settings.epsilon)}}`,
      mHat / (Math.sqrt(vHat) + settings.epsilon),
    ),
  ];
}

/** The length of the moving mean as RAdam counts it, and by how much it lets the step grow; null while that is not reliable. */
export function rectification(beta2: number, t: number): { length: number; factor: number | null } {
  const power = beta2 ** t;
  const longest = 2 / (1 - beta2) - 1;
  const length = longest - (2 * t * power) / (1 - power);
  if (length <= 5) return { length, factor: null };
  const ratio = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
  return { length, factor: Math.sqrt(ratio) };
}

function radam(context: Context): Line[] {
  const { u, settings, t } = context;
  const [m, v] = [slot(u.slotsAfter, 0), slot(u.slotsAfter, 1)];
  const { factor } = rectification(settings.beta2, t);
  const mHat = m / (1 - settings.beta1 ** t);
  const lines = [
    ...moments(context),
    line(
      '\\hat m = \\frac{m}{1 - \\beta_1^t}',
      mHat,
      `\\frac{${num(m)}}{1 - ${num(settings.beta1)}^{${t}}}`,
      mHat,
    ),
  ];
  if (factor === null) return [...lines, descend(context, '\\hat m', op(mHat), mHat)];
  const root = Math.sqrt(1 - settings.beta2 ** t);
  return [
    ...lines,
    descend(
      context,
      '\\frac{r\\,\\hat m\\,\\sqrt{1 - \\beta_2^t}}{\\sqrt{v} + \\varepsilon}',
      `\\frac{${num(factor)}\\cdot ${op(mHat)}\\cdot ${num(root)}}{\\sqrt{${num(v)}} + ${num(settings.epsilon)}}`,
      (factor * mHat * root) / (Math.sqrt(v) + settings.epsilon),
    ),
  ];
}

type Rule = (context: Context) => Line[];

const rules: Record<Settings['optimizer'], Rule> = {
  sgd(context) {
    const { u, settings } = context;
    if (settings.momentum === 0) return [descend(context, g, op(u.applied), u.applied)];
    const v = slot(u.slotsAfter, 0);
    const before = slot(u.slotsBefore, 0);
    return [
      line(
        `v \\leftarrow \\mu\\,v + ${g}`,
        v,
        `${num(settings.momentum)}\\cdot ${op(before)} + ${op(u.applied)}`,
        settings.momentum * before + u.applied,
      ),
      descend(context, 'v', op(v), v),
    ];
  },
  nesterov(context) {
    const { u, settings } = context;
    const [before, v] = [slot(u.slotsBefore, 0), slot(u.slotsAfter, 0)];
    const mu = settings.momentum;
    return [
      line(
        `v \\leftarrow \\mu\\,v + ${g}`,
        v,
        `${num(mu)}\\cdot ${op(before)} + ${op(u.applied)}`,
        mu * before + u.applied,
      ),
      descend(
        context,
        `(${g} + \\mu\\,v)`,
        `(${num(u.applied)} + ${num(mu)}\\cdot ${op(v)})`,
        u.applied + mu * v,
      ),
    ];
  },
  adagrad(context) {
    const { u, settings } = context;
    const [before, s] = [slot(u.slotsBefore, 0), slot(u.slotsAfter, 0)];
    return [
      line(`s \\leftarrow s + ${g}^2`, s, `${num(before)} + ${base(u.applied)}^2`, before + u.applied ** 2),
      scaled(context, s, settings.epsilon),
    ];
  },
  rmsprop(context) {
    const { u, settings } = context;
    const [before, s] = [slot(u.slotsBefore, 0), slot(u.slotsAfter, 0)];
    return [
      mean('s', '\\rho', settings.rho, before, s, `${g}^2`, `${base(u.applied)}^2`, u.applied ** 2),
      scaled(context, s, settings.epsilon),
    ];
  },
  adadelta(context) {
    const { u, settings } = context;
    const { rho, epsilon } = settings;
    const s = slot(u.slotsAfter, 0);
    const before = slot(u.slotsBefore, 1);
    const change = (Math.sqrt(before + epsilon) / Math.sqrt(s + epsilon)) * u.applied;
    return [
      mean('s', '\\rho', rho, slot(u.slotsBefore, 0), s, `${g}^2`, `${base(u.applied)}^2`, u.applied ** 2),
      line(
        `d = \\frac{\\sqrt{u + \\varepsilon}}{\\sqrt{s + \\varepsilon}}\\,${g}`,
        change,
        `\\frac{\\sqrt{${num(before)} + ${num(epsilon)}}}{\\sqrt{${num(s)} + ${num(epsilon)}}}\\cdot ${op(u.applied)}`,
        change,
      ),
      mean('u', '\\rho', rho, before, slot(u.slotsAfter, 1), 'd^2', `${base(change)}^2`, change ** 2),
      descend(context, 'd', op(change), change),
    ];
  },
  adam,
  adamw: adam,
  radam,
  lion(context) {
    const { u, settings } = context;
    const [before, m] = [slot(u.slotsBefore, 0), slot(u.slotsAfter, 0)];
    const { beta1, beta2 } = settings;
    const c = beta1 * before + (1 - beta1) * u.applied;
    return [
      line(
        `c = \\beta_1\\,m + (1 - \\beta_1)\\,${g}`,
        c,
        `${num(beta1)}\\cdot ${op(before)} + ${num(1 - beta1)}\\cdot ${op(u.applied)}`,
        c,
      ),
      descend(context, '\\mathrm{sign}(c)', `\\mathrm{sign}(${num(c)})`, Math.sign(c)),
      mean('m', '\\beta_2', beta2, before, m, g, op(u.applied), u.applied),
    ];
  },
  muon(context) {
    if (!context.isWeight) return adam(context);
    const { u, settings } = context;
    const mu = settings.momentum;
    const [before, v] = [slot(u.slotsBefore, 0), slot(u.slotsAfter, 0)];
    const direction = (1 - mu) * u.applied + mu * v;
    return [
      mean('v', '\\mu', mu, before, v, g, op(u.applied), u.applied),
      line(
        `d = (1 - \\mu)\\,${g} + \\mu\\,v`,
        direction,
        `${num(1 - mu)}\\cdot ${op(u.applied)} + ${num(mu)}\\cdot ${op(v)}`,
        direction,
      ),
      // The whole matrix of d decides: no expansion of one number of it.
      line(
        `${u.name} \\leftarrow ${settings.weightDecay > 0 ? `(1 - \\eta\\lambda)\\,${u.name}` : u.name} - \\eta\\,\\sqrt{\\max(1, \\tfrac{n}{m})}\\;\\mathrm{orth}(D)`,
        u.after,
        null,
      ),
    ];
  },
};

function scaled(context: Context, s: number, epsilon: number): Line {
  const { applied } = context.u;
  return descend(
    context,
    `\\frac{${g}}{\\sqrt{s} + \\varepsilon}`,
    `\\frac{${num(applied)}}{\\sqrt{${num(s)}} + ${num(epsilon)}}`,
    applied / (Math.sqrt(s) + epsilon),
  );
}

/** From the gradient of the loss to what the optimiser gets. */
function appliedLine({ u, settings, isWeight }: Context, partial: string): Line {
  const { l1, l2, clipValue, clipNorm } = settings;
  const symbols = [partial];
  const numbers = [num(u.gradient)];
  let value = u.gradient;
  if (isWeight && l2 > 0) {
    symbols.push(`\\lambda_2\\,${u.name}`);
    numbers.push(`${num(l2)}\\cdot ${op(u.before)}`);
    value += l2 * u.before;
  }
  if (isWeight && l1 > 0) {
    symbols.push(`\\lambda_1\\,\\mathrm{sign}(${u.name})`);
    numbers.push(`${num(l1)}\\cdot ${op(Math.sign(u.before))}`);
    value += l1 * Math.sign(u.before);
  }
  let [left, right] = [symbols.join(' + '), numbers.join(' + ')];
  if (clipValue > 0) {
    const limits = (inner: string, c: string) => `\\max(-${c}, \\min(${c},\\ ${inner}))`;
    [left, right] = [limits(left, 'c'), limits(right, num(clipValue))];
    value = Math.max(-clipValue, Math.min(clipValue, value));
  }
  // By its length the whole gradient is clipped: what is left of one number is the engine's.
  if (clipNorm > 0) return line(`${g} = \\mathrm{clip}\\left(${left}\\right)`, u.applied, null);
  return line(`${g} = ${left}`, u.applied, right, value);
}

function numbersOf(trace: StepTrace, index: number, name: string): Updated | null {
  const { before, gradient, applied, after, slotsBefore, slotsAfter } = trace.parameters;
  const at = (values: readonly Number[]) => values[index] ?? NaN;
  const u: Updated = {
    name,
    before: at(before),
    gradient: at(gradient),
    applied: at(applied),
    after: at(after),
    slotsBefore: slotsBefore.map(at),
    slotsAfter: slotsAfter.map(at),
  };
  const all = [u.before, u.gradient, u.applied, u.after, ...u.slotsBefore, ...u.slotsAfter];
  return all.some(Number.isNaN) ? null : u;
}

/** How weight `index` of the neuron (its bias last) is changed; `partial` is its gradient as TeX. */
export function updateOf(trace: StepTrace, index: number, name: string, partial: string): Update {
  const u = numbersOf(trace, index, name);
  const { settings } = trace;
  if (u === null || !trace.update) return { lines: [], notes: [] };
  const isWeight = index < trace.neuron.weights.length;
  const context = { u, settings, rate: trace.learningRate, t: trace.optimizerStep, isWeight };
  const notes: UpdateNote[] = [];
  if (settings.clipNorm > 0) notes.push('clipNorm');
  if (settings.optimizer === 'muon' && isWeight) notes.push('orthogonal');
  if (settings.optimizer === 'radam' && rectification(settings.beta2, context.t).factor === null)
    notes.push('warm');
  const lines = [appliedLine(context, partial), ...rules[settings.optimizer](context)];
  if (settings.maxNorm > 0 && isWeight) {
    // What stands last is not what was kept: the length of all weights of the neuron is limited after it.
    notes.push('maxNorm');
    return { lines: lines.map((one) => (one.value === u.after ? { ...one, expanded: null } : one)), notes };
  }
  return { lines, notes };
}
