// A traced step as sections of formulas, in the order in which the step goes.
import type { StepTrace } from 'athanor';
import { activations } from './activations';
import { isOfSums, lossLine, meanLine, outputGradientLine, plain } from './losses';
import { updateOf, type UpdateNote } from './optimizers';
import { line, num, of, op, products, sumOf, type Line, type Number } from './tex';

export type SectionName = 'sum' | 'activation' | 'loss' | 'gradient' | 'update';
/** What is said beside formulas: keys of messages. */
export type Note =
  UpdateNote | 'norm' | 'normGradient' | 'wholeLayer' | 'accumulates' | 'waits' | 'longBatch' | 'dropped';

export interface Section {
  name: SectionName;
  lines: Line[];
  notes: Note[];
}

/** How the places of a trace are called in formulas. */
export class Names {
  readonly #trace: StepTrace;
  constructor(trace: StepTrace) {
    this.#trace = trace;
  }

  #layer(index: number) {
    return this.#trace.layers[index];
  }
  /** Layers count from 1; where there is one only, it has no number. */
  #above(layer: number): string {
    return this.#trace.layers.length > 1 ? `^{(${layer + 1})}` : '';
  }
  #at(letter: string, layer: number, unit: number | string): string {
    const isAlone = (this.#layer(layer)?.units ?? 2) === 1;
    return `${letter}${this.#above(layer)}${isAlone ? '' : `_{${unit}}`}`;
  }
  isOutput(layer: number): boolean {
    return layer === this.#trace.layers.length - 1;
  }
  sum(layer: number, unit: number | string): string {
    return this.#at('z', layer, unit);
  }
  normalized(layer: number, unit: number | string): string {
    return this.#at(this.#layer(layer)?.norm === 'none' ? 'z' : 'n', layer, unit);
  }
  activated(layer: number, unit: number | string): string {
    const letter = this.isOutput(layer) ? (isOfSums(this.#trace.loss.kind) ? 'p' : 'y') : 'a';
    return this.#at(letter, layer, unit);
  }
  /** What a layer passes on: after dropout and residual edge it is no longer what the activation made. */
  passed(layer: number, unit: number | string): string {
    const { dropout = 0, residual = '' } = this.#layer(layer) ?? {};
    return dropout > 0 || residual !== '' ? this.#at('h', layer, unit) : this.activated(layer, unit);
  }
  input(layer: number, index: number | string): string {
    if (layer > 0) return this.passed(layer - 1, index);
    return `x_{${index}}`;
  }
  weight(layer: number, index: number | string, unit: number | string): string {
    const isAlone = (this.#layer(layer)?.units ?? 2) === 1;
    const digits = `${index}${unit}`.length > 2 ? `${index},${unit}` : `${index}${unit}`;
    return `w${this.#above(layer)}_{${isAlone ? index : digits}}`;
  }
  bias(layer: number, unit: number | string): string {
    return this.#at('b', layer, unit);
  }
  /** Of the weight or bias that was chosen. */
  parameter(): string {
    const { layer, unit, input, neuron } = this.#trace;
    return input === neuron.weights.length
      ? this.bias(layer, unit + 1)
      : this.weight(layer, input + 1, unit + 1);
  }
}

export function partial(of: string, by = 'L'): string {
  return `\\frac{\\partial ${by}}{\\partial ${of}}`;
}

function sumSection(trace: StepTrace, names: Names): Section {
  const { layer, unit, input, neuron } = trace;
  const j = unit + 1;
  const terms = [...products(neuron.weights, neuron.inputs), { tex: op(neuron.bias), value: neuron.bias }];
  const sum = sumOf(terms, input);
  const written =
    neuron.weights.length <= 3
      ? neuron.weights
          .map((_, i) => `${names.weight(layer, i + 1, j)}\\,${names.input(layer, i + 1)}`)
          .join(' + ')
      : `\\sum_{i=1}^{${neuron.weights.length}} ${names.weight(layer, 'i', j)}\\,${names.input(layer, 'i')}`;
  return {
    name: 'sum',
    lines: [
      line(`${names.sum(layer, j)} = ${written} + ${names.bias(layer, j)}`, neuron.sum, sum.tex, sum.value),
    ],
    notes: [],
  };
}

/** What a norm makes of a sum: worked out over a layer or a batch, so the page writes the formula and the engine's number. */
const norms: Record<string, (z: string) => string> = {
  layer: (z) => `\\gamma\\,\\frac{${z} - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta`,
  group: (z) => `\\gamma\\,\\frac{${z} - \\mu_g}{\\sqrt{\\sigma_g^2 + \\varepsilon}} + \\beta`,
  batch: (z) => `\\gamma\\,\\frac{${z} - \\mu_B}{\\sqrt{\\sigma_B^2 + \\varepsilon}} + \\beta`,
  rms: (z) => `\\gamma\\,\\frac{${z}}{\\sqrt{\\overline{z^2} + \\varepsilon}}`,
};

/** Softmax over the sums of the layer. */
function softmaxLine(trace: StepTrace, names: Names, isLogarithm: boolean): Line {
  const { layer, unit, neuron } = trace;
  const { sums, units } = trace.layers[layer] ?? { sums: [], units: 0 };
  const z = names.normalized(layer, unit + 1);
  const left = `${names.activated(layer, unit + 1)} = `;
  const share = `\\frac{e^{${z}}}{\\sum_m e^{${names.normalized(layer, 'm')}}}`;
  const symbols = isLogarithm ? `${left}\\ln ${share}` : `${left}${share}`;
  const isWritten = units <= 6 && sums.length === units && trace.layers[layer]?.norm === 'none';
  const total = sums.reduce<Number>((sum, value) => of([sum, value], (a, b) => a + Math.exp(b)), 0);
  if (!isWritten || total === null) return line(symbols, neuron.activated, null);
  const below = sums.map((value) => `e^{${num(value)}}`).join(' + ');
  const right = `\\frac{e^{${num(neuron.normalized)}}}{${below}}`;
  const value = of([neuron.normalized], (own) => Math.exp(own) / total);
  return isLogarithm
    ? line(symbols, neuron.activated, `\\ln ${right}`, of([value], Math.log))
    : line(symbols, neuron.activated, right, value);
}

/** The mask of dropout: 0, or what keeps the mean; forward and backward pass tell which. */
function maskOf(trace: StepTrace, residual: number): number | null {
  const { neuron, layers, layer } = trace;
  const kept = 1 / (1 - (layers[layer]?.dropout ?? 0));
  const miss = (mask: number) =>
    of(
      [neuron.activated, neuron.output, neuron.activatedGradient, neuron.outputGradient],
      (a, h, da, dh) => Math.abs(mask * a + residual - h) + Math.abs(mask * dh - da),
    );
  const [none, whole] = [miss(0), miss(kept)];
  return none === null || whole === null ? null : none < whole ? 0 : kept;
}

/** What the residual edge brings; null where it is not among the numbers shown. */
function residualOf(trace: StepTrace): Number {
  const { layers, layer, unit, features } = trace;
  const name = layers[layer]?.residual ?? '';
  if (name === '') return 0;
  if (name === 'input') return features.length === layers[0]?.inputs ? (features[unit] ?? null) : null;
  return layers.find((other) => other.name === name)?.outputs[unit] ?? null;
}

function activationSection(trace: StepTrace, names: Names): Section {
  const { layer, unit, neuron } = trace;
  const { activation = 'linear', norm = 'none', dropout = 0, residual = '' } = trace.layers[layer] ?? {};
  const j = unit + 1;
  const lines: Line[] = [];
  const notes: Note[] = [];
  if (norm !== 'none') {
    const formula = norms[norm]?.(names.sum(layer, j)) ?? '';
    lines.push(line(`${names.normalized(layer, j)} = ${formula}`, neuron.normalized, null));
    notes.push('norm');
  }
  const z = names.normalized(layer, j);
  const a = names.activated(layer, j);
  const row = activations[activation];
  if (activation === 'softmax' || activation === 'log_softmax') {
    lines.push(softmaxLine(trace, names, activation === 'log_softmax'));
  } else {
    const argument = neuron.normalized;
    const right = argument === null ? null : (row.numbers?.(argument) ?? null);
    const value = row.value === null ? null : of([argument], row.value);
    lines.push(line(`${a} = ${row.symbols(z)}`, neuron.activated, right, value));
  }
  const h = names.passed(layer, j);
  if (h === a) return { name: 'activation', lines, notes };
  const edge = residualOf(trace);
  const mask = dropout > 0 ? maskOf(trace, edge ?? 0) : 1;
  const scaled = dropout > 0 ? `m\\,${a}` : a;
  const edgeName = residual === '' ? '' : ` + ${residualName(trace, names)}`;
  const masked = dropout > 0 ? `${num(mask)}\\cdot ${op(neuron.activated)}` : num(neuron.activated);
  lines.push(
    line(
      `${h} = ${scaled}${edgeName}`,
      neuron.output,
      edge === null || mask === null ? null : `${masked}${residual === '' ? '' : ` + ${op(edge)}`}`,
      of([mask, neuron.activated, edge], (m, value, more) => m * value + more),
    ),
  );
  if (dropout > 0) notes.push('dropped');
  return { name: 'activation', lines, notes };
}

function residualName(trace: StepTrace, names: Names): string {
  const { layers, layer, unit } = trace;
  const from = layers.findIndex(({ name }) => name === layers[layer]?.residual);
  return from < 0 ? `x_{${unit + 1}}` : names.passed(from, unit + 1);
}

function lossSection(trace: StepTrace): Section {
  const isLong = trace.batchRows > trace.rowLosses.length;
  return { name: 'loss', lines: [lossLine(trace), meanLine(trace)], notes: isLong ? ['longBatch'] : [] };
}

/** ∂L/∂h of a hidden neuron: what every neuron of the next layer hands back, each over its weight. */
function onwardLine(trace: StepTrace, names: Names): Line {
  const { layer, unit, neuron } = trace;
  const j = unit + 1;
  const next = layer + 1;
  const terms = products(neuron.onwardWeights, neuron.onwardGradients);
  const over = neuron.residualGradients.map((value) => ({ tex: op(value), value }));
  const sum = sumOf([...terms, ...over]);
  const one = `${names.weight(next, j, 'k')}\\,${partial(names.sum(next, 'k'))}`;
  const written =
    neuron.onwardWeights.length === 1
      ? `${names.weight(next, j, 1)}\\,${partial(names.sum(next, 1))}`
      : `\\sum_k ${one}`;
  const edges = trace.layers.flatMap(({ residual }, from) =>
    from > layer && residual !== '' && residual === trace.layers[layer]?.name
      ? [` + ${partial(names.passed(from, j))}`]
      : [],
  );
  return line(
    `${partial(names.passed(layer, j))} = ${written}${edges.join('')}`,
    neuron.outputGradient,
    sum.tex,
    sum.value,
  );
}

/** From the output back to the sum, link by link. */
function chain(trace: StepTrace, names: Names): { lines: Line[]; notes: Note[] } {
  const { layer, unit, neuron } = trace;
  const j = unit + 1;
  const isOutput = names.isOutput(layer);
  if (isOutput && isOfSums(trace.loss.kind)) return { lines: [outputGradientLine(trace, unit)], notes: [] };
  const lines = [isOutput ? outputGradientLine(trace, unit) : onwardLine(trace, names)];
  const notes: Note[] = [];
  const { activation = 'linear', norm = 'none', dropout = 0 } = trace.layers[layer] ?? {};
  const index = (symbols: string) => (isOutput ? plain(symbols, trace.scores.length) : symbols);
  const a = isOutput ? index('y_k') : names.activated(layer, j);
  const z = isOutput ? index('z_k') : names.normalized(layer, j);
  if (dropout > 0) {
    const mask = maskOf(trace, residualOf(trace) ?? 0);
    lines.push(
      line(
        `${partial(a)} = m\\,${partial(names.passed(layer, j))}`,
        neuron.activatedGradient,
        mask === null ? null : `${num(mask)}\\cdot ${op(neuron.outputGradient)}`,
        of([mask, neuron.outputGradient], (m, value) => m * value),
      ),
    );
  }
  const { slope } = activations[activation];
  if (neuron.slope === null) {
    lines.push(line(partial(z), neuron.normalizedGradient, null));
    notes.push('wholeLayer');
  } else if (activation !== 'linear') {
    const both = [neuron.normalized, neuron.activated];
    const isWritten = slope !== null && !both.includes(null);
    const [own, value] = both as [number, number];
    lines.push(
      line(
        slope === null ? partial(z, a) : `${partial(z, a)} = ${slope.symbols(z, a)}`,
        neuron.slope,
        isWritten ? slope.numbers(own, value) : null,
        isWritten ? slope.value(own, value) : null,
      ),
      line(
        `${partial(z)} = ${partial(a)}\\cdot ${partial(z, a)}`,
        neuron.normalizedGradient,
        `${op(neuron.activatedGradient)}\\cdot ${op(neuron.slope)}`,
        of([neuron.activatedGradient, neuron.slope], (da, f) => da * f),
      ),
    );
  } else if (a !== names.passed(layer, j) || isOutput) {
    lines.push(
      line(
        `${partial(z)} = ${partial(a)}`,
        neuron.normalizedGradient,
        num(neuron.activatedGradient),
        neuron.activatedGradient,
      ),
    );
  }
  if (norm !== 'none') {
    lines.push(line(partial(names.sum(layer, j)), neuron.sumGradient, null));
    notes.push('normGradient');
  }
  return { lines, notes };
}

function gradientSection(trace: StepTrace, names: Names): Section {
  const { layer, unit, input, neuron, parameters, sample, batchRows, column, sumGradients } = trace;
  const { lines, notes } = chain(trace, names);
  const isBias = input === neuron.weights.length;
  const w = names.parameter();
  const dz = partial(names.sum(layer, unit + 1));
  const x = isBias ? '' : `\\,${names.input(layer, input + 1)}`;
  const value = parameters.batchGradient[input] ?? null;
  const isWhole = batchRows === column.length;
  const terms = isBias
    ? sumGradients.map((gradient) => ({ tex: op(gradient), value: gradient }))
    : products(sumGradients, column);
  const sum = sumOf(terms, sample);
  lines.push(
    line(
      batchRows === 1 ? `${partial(w)} = ${dz}${x}` : `${partial(w)} = \\sum_{s=1}^{B} ${dz}${x}`,
      value,
      isWhole ? sum.tex : null,
      sum.value,
    ),
  );
  if (!isWhole) notes.push('longBatch');
  if (trace.accumulates) notes.push('accumulates');
  return { name: 'gradient', lines, notes };
}

function updateSection(trace: StepTrace, names: Names): Section {
  const w = names.parameter();
  const mean = trace.accumulates ? `\\overline{${partial(w)}}` : partial(w);
  const { lines, notes } = updateOf(trace, trace.input, w, mean);
  return { name: 'update', lines, notes: trace.update ? notes : ['waits'] };
}

export function sectionsOf(trace: StepTrace): Section[] {
  const names = new Names(trace);
  return [
    sumSection(trace, names),
    activationSection(trace, names),
    lossSection(trace),
    gradientSection(trace, names),
    updateSection(trace, names),
  ];
}
