// Numbers and sums of the step inspector as TeX, and the formulas of a single neuron.
import { expect, it } from 'vitest';
import { asciiTex } from '../../web/src/step/ascii';
import { base, line, num, op, products, sumOf } from '../../web/src/step/tex';

it('writes numbers with five significant digits, and powers of ten where they are very small or large', () => {
  expect([0, 1, -0.5, 123456.7, 0.0123456, 1e-7, -2.5e8].map(num)).toEqual([
    '0',
    '1',
    '-0.5',
    '123460',
    '0.012346',
    '1\\times 10^{-7}',
    '-2.5\\times 10^{8}',
  ]);
  expect([null, NaN, Infinity, -Infinity].map(num)).toEqual([
    '\\text{–}',
    '\\text{–}',
    '\\infty',
    '-\\infty',
  ]);
});

it('puts brackets where a sign or a power would be misread', () => {
  expect(op(-0.5)).toBe('(-0.5)');
  expect(op(0.5)).toBe('0.5');
  expect(base(0.5)).toBe('0.5');
  expect(base(-0.5)).toBe('(-0.5)');
  expect(base(1e-7)).toBe('(1\\times 10^{-7})');
});

it('writes a short sum out whole, and marks the chosen term', () => {
  const sum = sumOf(products([1, -2, 3], [4, 5, -6]), 1);
  expect(sum.tex).toBe('1\\cdot 4 + \\htmlClass{chosen}{(-2)\\cdot 5} + 3\\cdot (-6)');
  expect(sum.value).toBe(-24);
});

it('of a long sum shows five terms, the chosen one among them, and what the others come to', () => {
  const terms = Array.from({ length: 20 }, (_, index) => ({ tex: `t${index}`, value: index }));
  const first = sumOf(terms, 2);
  expect(first.tex).toBe('t0 + t1 + \\htmlClass{chosen}{t2} + t3 + t4 + \\underbrace{180}_{15\\,\\times}');
  const late = sumOf(terms, 12);
  expect(late.tex).toBe('t0 + t1 + t2 + t3 + \\htmlClass{chosen}{t12} + \\underbrace{172}_{15\\,\\times}');
  expect([first.value, late.value]).toEqual([190, 190]);
  expect(sumOf([]).tex).toBe('0');
});

it('keeps the engine’s number on the left, and what is written on the right', () => {
  expect(line('a = b', 0.5, '1 - 0.5', 0.5)).toEqual({
    symbols: 'a = b',
    numbers: '0.5 = 1 - 0.5',
    value: 0.5,
    expanded: 0.5,
  });
  expect(line('a', 0.5, null).expanded).toBeNull();
});

it('turns the engine’s ASCII of a single neuron into TeX', () => {
  expect(asciiTex('dL/dw1 = dL/dy * dy/dz * x1')).toBe(
    '{\\partial L}/{\\partial w_{1}} = {\\partial L}/{\\partial y} \\cdot {\\partial y}/{\\partial z} \\cdot x_{1}',
  );
  expect(asciiTex('y = sigmoid(z) = 1 / (1 + exp(-z))')).toBe('y = \\sigma(z) = 1/(1 + e^{-z})');
  expect(asciiTex('0.4 = 1 / (1 + exp(-(-0.3)))')).toBe('0.4 = 1/(1 + e^{-(-0.3)})');
  expect(asciiTex('w1 <- w1 - learning_rate * dL/dw1')).toBe(
    'w_{1} \\leftarrow w_{1} - \\eta \\cdot {\\partial L}/{\\partial w_{1}}',
  );
  expect(asciiTex('1.5e-6 = 2')).toBe('1.5\\times 10^{-6} = 2');
});
