// Every activation as a formula, with a number put in, and what it comes to; the engine's name of each is a row.
import type { StepTrace } from 'athanor';
import { base, num, op } from './tex';

export type Activation = StepTrace['layers'][number]['activation'];

interface ActivationRow {
  /** The right side of a = …, of the argument `z` as TeX. */
  symbols: (z: string) => string;
  /** With a number in place of z; null where nothing shorter than the function itself can be written. */
  numbers: ((z: number) => string) | null;
  /** What it comes to; null for what the page does not work out. */
  value: ((z: number) => number) | null;
  /** The slope, of z and the activation's own value a; null where it is only named. */
  slope: {
    symbols: (z: string, a: string) => string;
    numbers: (z: number, a: number) => string;
    value: (z: number, a: number) => number;
  } | null;
}

const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;
const leak = 0.01;
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const bounded = (z: number) => Math.min(1, Math.max(0, (z + 3) / 6));

/** Whether a condition on z holds, as the formula's branch says. */
function branch(condition: string, then: string, otherwise: string): string {
  return `\\begin{cases}${then} & ${condition}\\\\ ${otherwise} & \\otherwise\\end{cases}`;
}
const positive = (z: string) => `${z} > 0`;
const constant = (symbols: string, value: number) => ({
  symbols: () => symbols,
  numbers: () => num(value),
  value: () => value,
});

export const activations: Record<Activation, ActivationRow> = {
  linear: {
    symbols: (z) => z,
    numbers: (z) => num(z),
    value: (z) => z,
    slope: constant('1', 1),
  },
  sigmoid: {
    symbols: (z) => `\\sigma(${z}) = \\frac{1}{1 + e^{-${z}}}`,
    numbers: (z) => `\\frac{1}{1 + e^{-${op(z)}}}`,
    value: sigmoid,
    slope: {
      symbols: (_, a) => `${a}\\,(1 - ${a})`,
      numbers: (_, a) => `${op(a)}\\cdot(1 - ${op(a)})`,
      value: (_, a) => a * (1 - a),
    },
  },
  tanh: {
    symbols: (z) => `\\tanh ${z} = \\frac{e^{${z}} - e^{-${z}}}{e^{${z}} + e^{-${z}}}`,
    numbers: (z) => `\\tanh ${op(z)}`,
    value: Math.tanh,
    slope: {
      symbols: (_, a) => `1 - {${a}}^2`,
      numbers: (_, a) => `1 - ${base(a)}^2`,
      value: (_, a) => 1 - a * a,
    },
  },
  relu: {
    symbols: (z) => `\\max(0, ${z})`,
    numbers: (z) => `\\max(0,\\ ${num(z)})`,
    value: (z) => Math.max(0, z),
    slope: {
      symbols: (z) => branch(positive(z), '1', '0'),
      numbers: (z) => num(z > 0 ? 1 : 0),
      value: (z) => (z > 0 ? 1 : 0),
    },
  },
  leaky_relu: {
    symbols: (z) => branch(positive(z), z, `${leak}\\,${z}`),
    numbers: (z) => (z > 0 ? num(z) : `${leak}\\cdot ${op(z)}`),
    value: (z) => (z > 0 ? z : leak * z),
    slope: {
      symbols: (z) => branch(positive(z), '1', String(leak)),
      numbers: (z) => num(z > 0 ? 1 : leak),
      value: (z) => (z > 0 ? 1 : leak),
    },
  },
  elu: {
    symbols: (z) => branch(positive(z), z, `e^{${z}} - 1`),
    numbers: (z) => (z > 0 ? num(z) : `e^{${num(z)}} - 1`),
    value: (z) => (z > 0 ? z : Math.exp(z) - 1),
    slope: {
      symbols: (z, a) => branch(positive(z), '1', `${a} + 1`),
      numbers: (z, a) => (z > 0 ? '1' : `${num(a)} + 1`),
      value: (z, a) => (z > 0 ? 1 : a + 1),
    },
  },
  selu: {
    symbols: (z) => `${num(scale)}\\cdot${branch(positive(z), z, `${num(alpha)}\\,(e^{${z}} - 1)`)}`,
    numbers: (z) =>
      z > 0 ? `${num(scale)}\\cdot ${op(z)}` : `${num(scale)}\\cdot ${num(alpha)}\\,(e^{${num(z)}} - 1)`,
    value: (z) => scale * (z > 0 ? z : alpha * (Math.exp(z) - 1)),
    slope: null,
  },
  gelu: {
    symbols: (z) => `${z}\\,\\Phi(${z})`,
    numbers: (z) => `${op(z)}\\cdot\\Phi(${num(z)})`,
    value: null,
    slope: null,
  },
  gelu_tanh: {
    symbols: (z) =>
      `\\tfrac{${z}}{2}\\left(1 + \\tanh\\left(\\sqrt{2/\\pi}\\,(${z} + 0.044715\\,{${z}}^3)\\right)\\right)`,
    numbers: null,
    value: (z) => (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
    slope: null,
  },
  silu: {
    symbols: (z) => `${z}\\,\\sigma(${z}) = \\frac{${z}}{1 + e^{-${z}}}`,
    numbers: (z) => `\\frac{${num(z)}}{1 + e^{-${op(z)}}}`,
    value: (z) => z * sigmoid(z),
    slope: null,
  },
  softplus: {
    symbols: (z) => `\\ln(1 + e^{${z}})`,
    numbers: (z) => `\\ln(1 + e^{${num(z)}})`,
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    slope: {
      symbols: (z) => `\\frac{1}{1 + e^{-${z}}}`,
      numbers: (z) => `\\frac{1}{1 + e^{-${op(z)}}}`,
      value: sigmoid,
    },
  },
  hard_sigmoid: {
    symbols: (z) => `\\min(1, \\max(0, \\tfrac{${z} + 3}{6}))`,
    numbers: (z) => `\\min(1, \\max(0, \\tfrac{${num(z)} + 3}{6}))`,
    value: bounded,
    slope: null,
  },
  hard_tanh: {
    symbols: (z) => `\\min(1, \\max(-1, ${z}))`,
    numbers: (z) => `\\min(1, \\max(-1,\\ ${num(z)}))`,
    value: (z) => Math.min(1, Math.max(-1, z)),
    slope: null,
  },
  hard_swish: {
    symbols: (z) => `${z}\\cdot\\min(1, \\max(0, \\tfrac{${z} + 3}{6}))`,
    numbers: (z) => `${op(z)}\\cdot\\min(1, \\max(0, \\tfrac{${num(z)} + 3}{6}))`,
    value: (z) => z * bounded(z),
    slope: null,
  },
  // These two look at a whole layer: what is written out of them is in `wholeLayer`.
  softmax: { symbols: (z) => `\\mathrm{softmax}(${z})`, numbers: null, value: null, slope: null },
  log_softmax: { symbols: (z) => `\\ln\\mathrm{softmax}(${z})`, numbers: null, value: null, slope: null },
  softsign: {
    symbols: (z) => `\\frac{${z}}{1 + |${z}|}`,
    numbers: (z) => `\\frac{${num(z)}}{1 + ${num(Math.abs(z))}}`,
    value: (z) => z / (1 + Math.abs(z)),
    slope: {
      symbols: (z) => `\\frac{1}{(1 + |${z}|)^2}`,
      numbers: (z) => `\\frac{1}{(1 + ${num(Math.abs(z))})^2}`,
      value: (z) => 1 / (1 + Math.abs(z)) ** 2,
    },
  },
};
