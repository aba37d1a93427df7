// The numbers a slider stops at, from the scale that the engine gives a field: round ones, so that 0.01 is met exactly.
import type { Field } from 'athanor';

type Scaled = Pick<Field, 'type' | 'min' | 'max' | 'scale' | 'first'>;

/** The preferred numbers R'20 of ISO 3: twenty to a decade, each about an eighth more than the one before. */
const preferred = [1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3.2, 3.6, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9];
/** Of a linear scale; more could not be told apart by hand. */
const mostSteps = 200;

/** Without what adding and multiplying left behind the twelfth figure. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/** How far a value is from 1, or the value that is so far: to twelve places, since subtracting leaves no more figures. */
function toOne(value: number): number {
  return Number((1 - value).toFixed(12));
}

/** The preferred numbers between two, which belong to it. */
function logarithmic(low: number, high: number): number[] {
  const between: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); ++power)
    between.push(...preferred.map((number) => exact(number * 10 ** power)));
  return [low, ...between.filter((number) => number > low && number < high), high];
}

function linear(low: number, high: number, isWhole: boolean): number[] {
  const least = (high - low) / mostSteps;
  const decade = 10 ** Math.floor(Math.log10(least));
  const fine = [1, 2, 5, 10].map((factor) => exact(factor * decade)).find((size) => size >= exact(least));
  const step = isWhole ? Math.max(1, fine ?? 1) : (fine ?? least);
  const stops: number[] = [];
  for (let value = low; value < high; value = exact(value + step)) stops.push(value);
  return [...stops, high];
}

/** In rising order, from the least to the greatest value of the field. */
export function stopsOf({ type, min = 0, max = 1, scale, first }: Scaled): number[] {
  const isWhole = type === 'integer';
  if (scale === 'log_to_one') return logarithmic(toOne(max), toOne(min)).map(toOne).reverse();
  const low = first ?? min;
  const stops = scale === 'log' ? logarithmic(low, max) : linear(low, max, isWhole);
  if (first !== undefined) stops.unshift(0);
  return isWhole ? [...new Set(stops.map(Math.round))] : stops;
}

/** Which stop is nearest to a value. */
export function nearestStop(stops: readonly number[], value: number): number {
  const next = stops.findIndex((stop) => stop >= value);
  if (next < 0) return stops.length - 1;
  const before = stops[next - 1];
  return before !== undefined && value - before < (stops[next] ?? value) - value ? next - 1 : next;
}
