import { expect, it } from 'vitest';
import { fill, formatBytes, formatNumber, formatPercent } from '../../web/src/state/format';

it('writes numbers with a few significant digits', () => {
  expect(
    [0, 3, 400, 0.01234, 1.2345, 123.456, 0.00001, 1e7, -0.5].map((value) => formatNumber(value)),
  ).toEqual(['0', '3', '400', '0.0123', '1.23', '123', '1.0e-5', '1.0e+7', '-0.500']);
  expect([NaN, null, undefined, Infinity, -Infinity].map((value) => formatNumber(value))).toEqual([
    '–',
    '–',
    '–',
    '∞',
    '−∞',
  ]);
});

it('writes shares as percentages with one decimal, so that columns stay still', () => {
  expect([1, 0.96249, 0, NaN, null].map(formatPercent)).toEqual(['100.0%', '96.2%', '0.0%', '–', '–']);
});

it('writes sizes', () => {
  expect([12, 14112, 5_000_000].map(formatBytes)).toEqual(['12 B', '14.1 kB', '5.0 MB']);
});

it('fills parameters and leaves unknown ones and their values alone', () => {
  expect(fill('{a} of {b}, {c}', { a: 1, b: '{a}' })).toBe('1 of {a}, {c}');
});
