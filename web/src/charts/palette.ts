// Colours of classes: blue and orange first, then Okabe & Ito's colour-blind-safe set.
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
];

export function classColour(index: number): Rgb {
  return classColours[index % classColours.length] ?? [128, 128, 128];
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}
