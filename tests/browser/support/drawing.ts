// The drawn network, and where a hand finds its neurons and weights.
import type { Page } from 'playwright-core';
import { biasPoint, linkPoint, wiringOf, type Wiring } from '../../../web/src/charts/wiring';

export const drawing = (page: Page) => page.getByTestId('network');
/** What stays open over it. */
export const layer = (page: Page) => page.getByTestId('network-layer');

/** Where things of the drawing are on the screen. */
export async function placesOf(page: Page, units: number[]) {
  const box = await drawing(page).boundingBox();
  if (box === null) throw new Error('the drawing is on the page');
  const wiring: Wiring = wiringOf(units, box.width, box.height);
  const on = ({ x, y }: { x: number; y: number }) => ({ x: box.x + x, y: box.y + y });
  return {
    neuron: (column: number, neuron: number) => {
      const { x, ys } = wiring.columns[column] ?? { x: 0, ys: [] };
      return on({ x, y: ys[neuron] ?? 0 });
    },
    weight: (column: number, from: number, neuron: number) =>
      on(linkPoint(wiring, column, from, neuron, 0.85)),
    bias: (column: number, neuron: number) => on(biasPoint(wiring, column, neuron)),
  };
}
