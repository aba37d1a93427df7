// The sheet on which points are edited: a person's hand on it, and what it shows.
import type { Locator, Page } from 'playwright-core';

/** Shares of the sheet's side, from the upper left corner. */
export type Spot = readonly [across: number, down: number];
export type Hand = (page: Page, spots: readonly Spot[]) => Promise<void>;

export async function onSheet(page: Page, [across, down]: Spot): Promise<{ x: number; y: number }> {
  const box = await page.getByTestId('sheet').boundingBox();
  if (box === null) throw new Error('there is no sheet');
  return { x: box.x + across * box.width, y: box.y + down * box.height };
}

export const byMouse: Hand = async (page, spots) => {
  const [first, ...rest] = await Promise.all(spots.map((spot) => onSheet(page, spot)));
  if (first === undefined) return;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y);
  await page.mouse.up();
};

export const byTouch: Hand = async (page, spots) => {
  const places = await Promise.all(spots.map((spot) => onSheet(page, spot)));
  const session = await page.context().newCDPSession(page);
  for (const [index, { x, y }] of places.entries()) {
    const type = index === 0 ? 'touchStart' : 'touchMove';
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
};

export function circle(radius: number, steps = 48): Spot[] {
  return Array.from({ length: steps + 1 }, (_, i): Spot => {
    const angle = (2 * Math.PI * i) / steps;
    return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
  });
}

/** The colour of the dot or paper at a spot of the points' own canvas; null where there is no dot. */
export function dotAt(page: Page, [across, down]: Spot): Promise<string | null> {
  return page.getByTestId('sheet').evaluate(
    (sheet, { across, down }) => {
      const canvas = sheet.querySelector('canvas');
      const pixel = canvas
        ?.getContext('2d')
        ?.getImageData(Math.round(across * canvas.width), Math.round(down * canvas.height), 1, 1).data;
      return pixel === undefined || pixel[3] === 0 ? null : [...pixel.slice(0, 3)].join();
    },
    { across, down },
  );
}
export const blue = '16,113,181';
export const orange = '240,138,30';

export function pointCount(page: Page): Promise<number> {
  return page.getByTestId('sheet').getAttribute('data-points').then(Number);
}
export async function waitForPoints(page: Page, count: number): Promise<void> {
  await page.locator(`[data-testid=sheet][data-points="${count}"]`).waitFor();
}
/** The frame in which the dots are drawn has passed. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
export async function emptySheet(page: Page, kind: 'classes' | 'values' = 'classes'): Promise<Locator> {
  await page.getByTestId('edit-points').click();
  await page.getByTestId(`empty-${kind}`).click();
  await waitForPoints(page, 0);
  return page.getByTestId('missing');
}

/** A blob of the first class, and a ring of the second around it. */
export async function paintRing(page: Page, hand: Hand): Promise<void> {
  await page.getByTestId('tool-spray').click();
  await hand(page, [...circle(0.05), ...circle(0.1)]);
  await page.getByTestId('class-2').click();
  await page.getByTestId('tool-paint').click();
  await hand(page, circle(0.32));
  await hand(page, circle(0.4));
}
