// Numbers and sums as TeX. A line has a formula in symbols and the same in numbers; the number on the left is the engine's, and
// what the right side comes to is kept beside it, so that a test can hold one against the other.

export type Number = number | null;

export interface Line {
  symbols: string;
  numbers: string;
  /** The engine's number, which stands on the left. */
  value: Number;
  /** What the right side comes to with the numbers that are written there; null where only the value is written. */
  expanded: Number;
}

const significant = 5;

/** Five significant digits: what a pocket calculator needs to follow. */
export function num(value: Number): string {
  if (value === null || Number.isNaN(value)) return '\\text{–}';
  if (!Number.isFinite(value)) return value > 0 ? '\\infty' : '-\\infty';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    const [digits = '', power = ''] = value.toExponential(significant - 1).split('e');
    return `${String(Number(digits))}\\times 10^{${String(Number(power))}}`;
  }
  return String(Number(value.toPrecision(significant)));
}

/** After an operator a negative number stands in brackets. */
export function op(value: Number): string {
  return value !== null && (value < 0 || Object.is(value, -0)) ? `(${num(value)})` : num(value);
}

/** Under a power everything but a plain number stands in brackets. */
export function base(value: Number): string {
  const text = num(value);
  return /^[\d.]+$/.test(text) ? text : `(${text})`;
}

/** Marks what was chosen, in a sum of others. */
export function mark(tex: string): string {
  return `\\htmlClass{chosen}{${tex}}`;
}

export function line(symbols: string, value: Number, right: string | null, expanded: Number = null): Line {
  return {
    symbols,
    numbers: right === null || right === num(value) ? num(value) : `${num(value)} = ${right}`,
    value,
    expanded: right === null ? null : expanded,
  };
}

export interface Term {
  tex: string;
  value: Number;
}

/** Terms that are written out at most; what the others come to stands as one number under a brace. */
export const mostTerms = 5;

/** A sum of which the first terms and the chosen one are written out: "a + b + (rest of 59)". */
export function sumOf(terms: readonly Term[], chosen = -1): { tex: string; value: number } {
  const value = terms.reduce((sum, term) => sum + (term.value ?? NaN), 0);
  const isShown = (index: number) =>
    terms.length <= mostTerms + 1 || index < mostTerms - (chosen >= mostTerms ? 1 : 0) || index === chosen;
  const shown = terms.flatMap(({ tex }, index) =>
    isShown(index) ? [index === chosen ? mark(tex) : tex] : [],
  );
  const rest = terms.filter((_, index) => !isShown(index));
  if (rest.length > 0) {
    const sum = rest.reduce((total, term) => total + (term.value ?? NaN), 0);
    shown.push(`\\underbrace{${op(sum)}}_{${rest.length}\\,\\times}`);
  }
  return { tex: shown.length === 0 ? '0' : shown.join(' + '), value };
}

/** a · b for each pair. */
export function products(a: readonly Number[], b: readonly Number[]): Term[] {
  return a.map((left, index) => {
    const right = b[index] ?? null;
    return {
      tex: `${op(left)}\\cdot ${op(right)}`,
      value: left === null || right === null ? null : left * right,
    };
  });
}

/** Only numbers come through: with null anything comes to null. */
export function of(values: readonly Number[], compute: (...numbers: number[]) => number): Number {
  return values.some((value) => value === null) ? null : compute(...(values as number[]));
}
