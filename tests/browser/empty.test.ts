// Places that are empty yet say what will be there, and neither they nor their neighbours move when it comes.
import { describe, expect, it } from 'vitest';
import { pause, waitForEpoch } from './support/person';
import { emptySheet } from './support/sheet';
import { openPage, useSite } from './support/site';

const site = useSite();

/** Where the panels stand. */
const places = () =>
  [...document.querySelectorAll('section.panel, canvas')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join();
  });

describe('an empty place', () => {
  it('says in a rewound run what comes, and gives way to it without moving anything', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await pause(page);
    await page.getByRole('button', { name: 'Rewind' }).click();
    const sentences = {
      picture: 'answer for every place',
      network: 'Run shows the weights',
      loss: 'Loss after each epoch',
      score: 'Accuracy after each epoch',
      measures: 'Measured after each epoch',
      confusion: 'True against predicted',
    };
    for (const [name, sentence] of Object.entries(sentences))
      await page.getByTestId(`empty-${name}`).filter({ hasText: sentence }).waitFor();
    const before = await page.evaluate(places);
    await page.getByRole('button', { name: 'Epoch', exact: true }).click();
    await waitForEpoch(page, 1);
    for (const name of Object.keys(sentences))
      await page.getByTestId(`empty-${name}`).waitFor({ state: 'detached' });
    expect((await page.evaluate(places)).filter((place) => !before.includes(place))).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('speaks of the sheet, the cleaned rows, the kept runs, the large curves and the weights', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByText('Clean, augment, split').click();
    await page.getByTestId('empty-cleaned').filter({ hasText: 'it kept all' }).waitFor();
    await pause(page);
    await page.getByRole('button', { name: 'Rewind' }).click();
    await page.getByTestId('empty-cleaned').filter({ hasText: 'once it has run' }).waitFor();
    await page.getByTestId('weight-table').click();
    await page.getByTestId('empty-weights').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('enlarge').click();
    await page.getByTestId('empty-runs').filter({ hasText: 'Keep a run' }).waitFor();
    await page.getByTestId('empty-large').waitFor();
    await page.keyboard.press('Escape');
    await emptySheet(page);
    await page.getByTestId('empty-data').filter({ hasText: 'Paint two classes' }).waitFor();
    await page.getByTestId('empty-sheet').waitFor();
    await page.getByTestId('empty-values').click();
    await page.getByTestId('empty-sheet').filter({ hasText: 'Choose a value' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('tells which of many columns the picture shows', async () => {
    const { page } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    expect(await page.getByTestId('plane').count()).toBe(0);
    await page.getByTestId('iris').click();
    await page.getByTestId('plane').filter({ hasText: 'others at their mean' }).waitFor();
    await page.context().close();
  });
});
