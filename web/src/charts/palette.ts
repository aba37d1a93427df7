// Colours of classes: blue and orange first, then Okabe & Ito's colour-blind-safe set, and two more for
// ten digits.
export type Rgb = readonly [number, number, number];

const classColours: readonly Rgb[] = [
  [16, 113, 181],
  [240, 138, 30],
  [0, 150, 110],
  [204, 95, 160],
  [120, 94, 60],
  [86, 180, 233],
  [190, 170, 20],
  [150, 40, 30],
  [130, 90, 200],
  [100, 100, 100],
];

export function classColour(index: number): Rgb {
  return classColours[index % classColours.length] ?? [128, 128, 128];
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}

/** A colour of the theme, "#1071b5", as numbers. */
export function rgbOf(text: string): Rgb {
  const number = Number.parseInt(text.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

const middle: Rgb = [150, 150, 150];

/** The colour of a value on a scale from 0 (the first class's) over grey to 1 (the second's). */
export function valueColour(share: number): Rgb {
  const end = classColour(share < 0.5 ? 0 : 1);
  const part = Math.min(1, Math.abs(share - 0.5) * 2);
  const mixed = (channel: 0 | 1 | 2) => Math.round(middle[channel] + (end[channel] - middle[channel]) * part);
  return [mixed(0), mixed(1), mixed(2)];
}

/** The smallest and the largest number; around the only one there is when all are equal. */
export function rangeOf(values: ArrayLike<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i] ?? NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < high) return [low, high];
  return Number.isFinite(low) ? [low - 1, low + 1] : [-1, 1];
}
