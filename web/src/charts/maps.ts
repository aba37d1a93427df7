// What neurons answer over the plane of the big picture, as small images: the colours of positive and negative answers, of a
// class, or of values.
import type { Grid } from 'athanor';
import { gridImage, surfaceImage } from './boundary';
import { classColour, type Rgb } from './palette';

export interface SignColours {
  positive: Rgb;
  negative: Rgb;
  background: Rgb;
}

/** Answers beyond ±1 are brought to that, so that a tanh of 0.1 looks as faint as it is. */
function scaleOf(values: Float32Array): number {
  let most = 1;
  for (const value of values) if (Math.abs(value) > most && Number.isFinite(value)) most = Math.abs(value);
  return most;
}

/** `resolution`² numbers, rows from the smallest y up: positive ones in `positive`, the larger the stronger. */
export function signImage(
  values: Float32Array,
  resolution: number,
  { positive, negative, background }: SignColours,
): ImageData {
  const image = new ImageData(resolution, resolution);
  const scale = scaleOf(values);
  for (let row = 0; row < resolution; ++row) {
    for (let column = 0; column < resolution; ++column) {
      const value = values[row * resolution + column] ?? 0;
      const colour = value < 0 ? negative : positive;
      const share = Number.isFinite(value) ? Math.min(1, Math.abs(value) / scale) : 0;
      const at = ((resolution - 1 - row) * resolution + column) * 4;
      for (let channel = 0; channel < 3; ++channel) {
        const under = background[channel] ?? 0;
        image.data[at + channel] = under + ((colour[channel] ?? 0) - under) * share;
      }
      image.data[at + 3] = 255;
    }
  }
  return image;
}

/** An input is its own picture: a ramp along the axis it runs on. */
export function rampImage(axis: 'x' | 'y', colours: SignColours): ImageData {
  const resolution = 16;
  const values = Float32Array.from({ length: resolution * resolution }, (_, cell) => {
    const along = axis === 'x' ? cell % resolution : Math.floor(cell / resolution);
    return (2 * along) / (resolution - 1) - 1;
  });
  return signImage(values, resolution, colours);
}

/** An output neuron's picture out of the big one's grid: of a class how sure it is, of a single output everything. */
export function outputImage(
  grid: Grid,
  neuron: number,
  { outputs, isRegression, values }: { outputs: number; isRegression: boolean; values: [number, number] },
  background: Rgb,
): ImageData {
  if (isRegression) return surfaceImage(grid, background, values);
  if (outputs === 1) return gridImage(grid, background);
  const { resolution, width, predictions } = grid;
  const probabilities = Float32Array.from(
    { length: resolution * resolution },
    (_, cell) => predictions[cell * width + neuron] ?? 0,
  );
  const colour = classColour(neuron);
  return signImage(probabilities, resolution, { positive: colour, negative: colour, background });
}
