// The loss of one sample and its first derivative, of every loss the engine knows.
import type { StepTrace } from 'athanor';
import { line, num, op, sumOf, type Line, type Number, type Term } from './tex';

type Kind = StepTrace['loss']['kind'];

/** Of one output neuron: its score (p or ŷ) and target, and how much of the target a class is worth. */
interface Output {
  score: number;
  target: number;
}

interface Elementwise {
  /** Of y and t as TeX. */
  symbols: string;
  numbers: (o: Output, delta: number) => string;
  value: (o: Output, delta: number) => number;
  /** d loss / d y, before the division by outputs and rows. */
  slope: {
    symbols: string;
    numbers: (o: Output, delta: number) => string;
    value: (o: Output, delta: number) => number;
  };
}

const distance = ({ score, target }: Output) => `${num(score)} - ${op(target)}`;
const logCosh = (d: number) => Math.abs(d) + Math.log1p(Math.exp(-2 * Math.abs(d))) - Math.LN2;

/** Losses that compare every plain output with its target. */
const elementwise: Partial<Record<Kind, Elementwise>> = {
  squared_error: {
    symbols: '(y_k - t_k)^2',
    numbers: (o) => `(${distance(o)})^2`,
    value: ({ score, target }) => (score - target) ** 2,
    slope: {
      symbols: '2\\,(y_k - t_k)',
      numbers: (o) => `2\\,(${distance(o)})`,
      value: ({ score, target }) => 2 * (score - target),
    },
  },
  absolute_error: {
    symbols: '|y_k - t_k|',
    numbers: (o) => `|${distance(o)}|`,
    value: ({ score, target }) => Math.abs(score - target),
    slope: {
      symbols: '\\mathrm{sign}(y_k - t_k)',
      numbers: (o) => `\\mathrm{sign}(${distance(o)})`,
      value: ({ score, target }) => Math.sign(score - target),
    },
  },
  huber: {
    symbols:
      '\\begin{cases}\\tfrac12 (y_k - t_k)^2 & |y_k - t_k| \\le \\delta\\\\ \\delta\\,(|y_k - t_k| - \\tfrac{\\delta}{2}) & \\otherwise\\end{cases}',
    numbers: (o, delta) =>
      Math.abs(o.score - o.target) <= delta
        ? `\\tfrac12 (${distance(o)})^2`
        : `${num(delta)}\\,(|${distance(o)}| - \\tfrac{${num(delta)}}{2})`,
    value: ({ score, target }, delta) => {
      const d = Math.abs(score - target);
      return d <= delta ? (d * d) / 2 : delta * (d - delta / 2);
    },
    slope: {
      symbols: '\\max(-\\delta, \\min(\\delta,\\ y_k - t_k))',
      numbers: (o, delta) => `\\max(-${num(delta)}, \\min(${num(delta)},\\ ${distance(o)}))`,
      value: ({ score, target }, delta) => Math.max(-delta, Math.min(delta, score - target)),
    },
  },
  log_cosh: {
    symbols: '\\ln\\cosh(y_k - t_k)',
    numbers: (o) => `\\ln\\cosh(${distance(o)})`,
    value: ({ score, target }) => logCosh(score - target),
    slope: {
      symbols: '\\tanh(y_k - t_k)',
      numbers: (o) => `\\tanh(${distance(o)})`,
      value: ({ score, target }) => Math.tanh(score - target),
    },
  },
  hinge: {
    symbols: '\\max(0,\\ 1 - y_k t_k)',
    numbers: ({ score, target }) => `\\max(0,\\ 1 - ${op(score)}\\cdot ${op(target)})`,
    value: ({ score, target }) => Math.max(0, 1 - score * target),
    slope: {
      symbols: '\\begin{cases}-t_k & y_k t_k < 1\\\\ 0 & \\otherwise\\end{cases}',
      numbers: ({ score, target }) => (score * target < 1 ? `-${op(target)}` : '0'),
      value: ({ score, target }) => (score * target < 1 ? -target : 0),
    },
  },
};

/** Whether the loss turns sums into probabilities by itself: then its gradient is taken of the sums. */
export function isOfSums(kind: Kind): boolean {
  return elementwise[kind] === undefined;
}

function outputs(trace: StepTrace): Output[] | null {
  const { scores, targets } = trace;
  if ([...scores, ...targets].some((value) => value === null)) return null;
  return scores.map((score, k) => ({ score: score ?? NaN, target: targets[k] ?? NaN }));
}

/** Targets after smoothing, times the weights of their classes. */
function weighted(trace: StepTrace, of: Output[]): number[] {
  const { labelSmoothing: smoothing, classWeights } = trace.loss;
  return of.map(
    ({ target }, k) => ((1 - smoothing) * target + smoothing / of.length) * (classWeights[k] ?? 1),
  );
}

/** −ln p: a sum of which only the terms count whose target is not 0. */
function crossEntropy(trace: StepTrace, of: Output[], value: Number): Line {
  const parts = weighted(trace, of);
  const terms = of.flatMap(({ score }, k): Term[] => {
    const part = parts[k] ?? 0;
    if (part === 0) return [];
    const factor = part === 1 ? '' : `${num(part)}\\cdot`;
    return [{ tex: `${factor}\\ln ${num(score)}`, value: part * Math.log(score) }];
  });
  const { labelSmoothing: smoothing, classWeights } = trace.loss;
  const target = smoothing > 0 ? '\\tilde t_k' : 't_k';
  const weight = classWeights.length > 0 ? 'w_k\\,' : '';
  const told =
    smoothing > 0 ? `,\\quad \\tilde t_k = ${num(1 - smoothing)}\\,t_k + \\tfrac{${num(smoothing)}}{K}` : '';
  const sum = sumOf(terms);
  const right = terms.length === 1 ? `-${sum.tex}` : `-\\bigl(${sum.tex}\\bigr)`;
  return line(`\\ell = -\\sum_k ${weight}${target} \\ln p_k${told}`, value, right, -sum.value);
}

function binary(of: Output[], value: Number): Line {
  const terms = of.map(({ score, target }): Term => {
    const isOne = target === 1;
    const tex = isOne
      ? `\\ln ${num(score)}`
      : target === 0
        ? `\\ln(1 - ${num(score)})`
        : `(${num(target)}\\ln ${num(score)} + ${num(1 - target)}\\ln(1 - ${num(score)}))`;
    const yes = target === 0 ? 0 : target * Math.log(score);
    const no = isOne ? 0 : (1 - target) * Math.log(1 - score);
    return { tex, value: yes + no };
  });
  const sum = sumOf(terms);
  const mean = of.length > 1 ? `\\frac{1}{${of.length}}` : '';
  const right = of.length > 1 ? `-${mean}\\bigl(${sum.tex}\\bigr)` : `-${sum.tex}`;
  const symbols =
    of.length > 1
      ? '\\ell = -\\frac1K\\sum_k \\left(t_k\\ln p_k + (1 - t_k)\\ln(1 - p_k)\\right)'
      : '\\ell = -\\left(t\\ln p + (1 - t)\\ln(1 - p)\\right)';
  return line(symbols, value, right, -sum.value / of.length);
}

function divergence(of: Output[], value: Number): Line {
  const terms = of.flatMap(({ score, target }): Term[] =>
    target === 0
      ? []
      : [
          {
            tex: `${num(target)}\\,(\\ln ${num(target)} - \\ln ${num(score)})`,
            value: target * (Math.log(target) - Math.log(score)),
          },
        ],
  );
  const sum = sumOf(terms);
  return line('\\ell = \\sum_k t_k\\,(\\ln t_k - \\ln p_k)', value, sum.tex, sum.value);
}

/** A single output needs no index. */
export function plain(symbols: string, count: number): string {
  return count > 1 ? symbols : symbols.replace(/_k\b/g, '');
}

/** ℓ of the sample. */
export function lossLine(trace: StepTrace): Line {
  const value = trace.rowLosses[trace.sample] ?? null;
  const of = outputs(trace);
  const { kind, huberDelta } = trace.loss;
  if (of === null) return line('\\ell', value, null);
  if (kind === 'cross_entropy') return crossEntropy(trace, of, value);
  if (kind === 'binary_cross_entropy') return binary(of, value);
  const one = elementwise[kind];
  if (one === undefined) return divergence(of, value);
  const sum = sumOf(
    of.map((output) => ({ tex: one.numbers(output, huberDelta), value: one.value(output, huberDelta) })),
  );
  return of.length > 1
    ? line(
        `\\ell = \\frac1K\\sum_k ${one.symbols}`,
        value,
        `\\frac{1}{${of.length}}\\bigl(${sum.tex}\\bigr)`,
        sum.value / of.length,
      )
    : line(`\\ell = ${plain(one.symbols, 1)}`, value, sum.tex, sum.value);
}

/** The first link of the chain: of output `k`, towards its sum where the loss is taken of the sums, else towards its output. */
export function outputGradientLine(trace: StepTrace, k: number): Line {
  const of = outputs(trace);
  const { kind, huberDelta, classWeights, labelSmoothing } = trace.loss;
  const { neuron, batchRows: rows } = trace;
  const one = elementwise[kind];
  const output = of?.[k];
  const index = (symbols: string) => plain(symbols, trace.scores.length);
  if (one !== undefined) {
    const left = index('\\frac{\\partial L}{\\partial y_k} = ');
    if (output === undefined || of === null) return line(left, neuron.outputGradient, null);
    const count = of.length;
    const share = rows * count;
    const by = (inner: string, b: string) => (share === 1 ? inner : `\\frac{1}{${b}}\\,${inner}`);
    const symbols = one.slope.symbols;
    return line(
      `${left}${by(index(symbols), count > 1 ? 'B\\,K' : 'B')}`,
      neuron.outputGradient,
      by(one.slope.numbers(output, huberDelta), count > 1 ? `${rows}\\cdot ${count}` : String(rows)),
      one.slope.value(output, huberDelta) / share,
    );
  }
  const left = index('\\frac{\\partial L}{\\partial z_k} = ');
  if (output === undefined || of === null) return line(left, neuron.sumGradient, null);
  const { score, target } = output;
  if (kind === 'cross_entropy' && (classWeights.length > 0 || labelSmoothing > 0)) {
    const parts = weighted(trace, of);
    const total = parts.reduce((sum, part) => sum + part, 0);
    const part = parts[k] ?? 0;
    const t = labelSmoothing > 0 ? '\\tilde t' : 't';
    const symbols = classWeights.length > 0 ? `p_k \\sum_m w_m ${t}_m - w_k ${t}_k` : `p_k - ${t}_k`;
    const scaled = classWeights.length > 0 ? `${num(score)}\\cdot ${num(total)}` : num(score);
    return line(
      `${left}\\frac{1}{B}\\bigl(${symbols}\\bigr)`,
      neuron.sumGradient,
      `\\frac{1}{${rows}}\\,(${scaled} - ${num(part)})`,
      (score * total - part) / rows,
    );
  }
  const isBinary = kind === 'binary_cross_entropy' && of.length > 1;
  const share = rows * (isBinary ? of.length : 1);
  return line(
    `${left}\\frac{1}{${isBinary ? 'B\\,K' : 'B'}}\\,(${index('p_k - t_k')})`,
    neuron.sumGradient,
    `\\frac{1}{${isBinary ? `${rows}\\cdot ${of.length}` : rows}}\\,(${num(score)} - ${op(target)})`,
    (score - target) / share,
  );
}

/** L: the mean over the batch. */
export function meanLine(trace: StepTrace): Line {
  const { rowLosses, batchRows, loss, sample } = trace;
  if (batchRows > rowLosses.length) return line('L = \\frac1B\\sum_s \\ell_s', loss.mean, null);
  const sum = sumOf(
    rowLosses.map((value) => ({ tex: num(value), value })),
    sample,
  );
  const right = batchRows === 1 ? sum.tex : `\\frac{1}{${batchRows}}\\bigl(${sum.tex}\\bigr)`;
  return line(
    batchRows === 1 ? 'L = \\ell' : 'L = \\frac1B\\sum_{s=1}^{B} \\ell_s',
    loss.mean,
    right,
    sum.value / batchRows,
  );
}
