// What the curves and the picture show, for who does not see them: tables, and the answer at a place by pointer, finger and keys.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { linkHash, pause, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

async function open(document: object = {}, options: Parameters<typeof openPage>[2] = {}) {
  const opened = await openPage(site.browser, `${site.address}?run=1&lang=en${linkHash(document)}`, options);
  await opened.page.locator('[data-testid=flowchart] svg').waitFor();
  return opened;
}
/** "Class A 97.0%" → 0.97, of all lines of the note but the first, which says where. */
async function answersOf(page: Page): Promise<{ where: string; answers: Map<string, number> }> {
  const [where = '', ...lines] = await page.getByTestId('answer').locator('span').allInnerTexts();
  return {
    where,
    answers: new Map(
      lines.map((line) => {
        const [, name = '', number = ''] = /^(.*) ([-−\d.e]+)%?$/.exec(line) ?? [];
        return [name, Number(number.replace('−', '-'))];
      }),
    ),
  };
}

describe('the curves', () => {
  it('have a table of epochs, thinned, which the charts are described by', async () => {
    const { page, faults } = await open({ done: { max_epochs: 120, patience: 0 } });
    await page.getByTestId('pace').selectOption('full');
    await page.getByTestId('test-accuracy').waitFor();
    await page.getByTestId('enlarge').click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-testid=curves-table] summary').click();
    const rows = dialog.getByTestId('curves-table').locator('tbody tr');
    await rows.last().waitFor();
    expect(await rows.count()).toBe(50);
    expect(await rows.first().locator('th').innerText()).toBe('1');
    expect(await rows.last().locator('th').innerText()).toBe('120');
    await dialog.getByText('50 of 120 epochs').waitFor();
    // The last row is what the measures say.
    const accuracy = await page
      .locator('[aria-labelledby=measures-title] tbody tr')
      .nth(1)
      .locator('td')
      .first()
      .textContent();
    expect(await rows.last().locator('td').nth(2).innerText()).toBe(accuracy);
    const section = dialog.getByRole('region', { name: 'Loss' });
    const described = (await section.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${described}"]`).textContent()).toMatch(
      /^Epoch 120: Loss \S+ in training, \S+ in validation; Accuracy /,
    );
    // What a chart shows instead, the table has.
    await dialog.getByTestId('choose-score').selectOption('recall');
    await dialog.getByTestId('curves-table').getByRole('columnheader', { name: 'Recall' }).first().waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the picture', () => {
  it('tells the answer where the pointer rests, and a table has the same', async () => {
    const { page, faults } = await open();
    await waitForEpoch(page, 20);
    await pause(page);
    const box = await page.getByTestId('probe').boundingBox();
    if (box === null) throw new Error('there is a picture');
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.getByTestId('answer').waitFor();
    const corner = await answersOf(page);
    expect(corner.where).toMatch(/^x1 = -\d.*, x2 = \d/);
    expect([...corner.answers.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
    await page.mouse.move(box.x - 40, box.y - 40);
    await page.getByTestId('answer').waitFor({ state: 'detached' });

    await page.getByTestId('picture-table').click();
    const table = page.getByTestId('answers-table');
    await table.locator('tbody tr').last().waitFor();
    expect(await table.locator('tbody tr').count()).toBe(7);
    const [name = '', share = ''] = (
      await table.locator('tbody tr').first().locator('td').first().innerText()
    ).split('\n');
    expect(corner.answers.get(name)).toBeCloseTo(Number.parseFloat(share), -0.3);
    const shares = await page.getByTestId('plane-shares').locator('li').allInnerTexts();
    expect(
      shares.map((text) => Number.parseFloat(text.split(': ')[1] ?? '')).reduce((a, b) => a + b),
    ).toBeCloseTo(100, 0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('tells it by keyboard, in words that are read out', async () => {
    const { page } = await open();
    await waitForEpoch(page, 5);
    await pause(page);
    await page.getByTestId('probe').focus();
    await page.keyboard.press('ArrowRight');
    const said = page.getByTestId('probe').getByRole('status');
    await said.filter({ hasText: /^x1 = .*, x2 = .*: .* \d+\.\d%/ }).waitFor({ state: 'attached' });
    const before = await said.textContent();
    await page.keyboard.press('Shift+ArrowUp');
    expect((await said.textContent())?.split(',')[0]).toBe(before?.split(',')[0]);
    expect(await said.textContent()).not.toBe(before);
    await page.keyboard.press('Escape');
    await page.getByTestId('answer').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('of values tells the value to a finger, on a phone', async () => {
    const { page, faults } = await open(
      { data: { generator: 'plane' } },
      { viewport: { width: 390, height: 844 }, hasTouch: true },
    );
    await waitForEpoch(page, 5);
    const probe = page.getByTestId('probe');
    await probe.scrollIntoViewIfNeeded();
    const box = await probe.boundingBox();
    if (box === null) throw new Error('there is a picture');
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await page
      .getByTestId('answer')
      .getByText(/^Value -?\d/)
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('while points are edited has a table of them, of at most two hundred rows', async () => {
    const { page } = await open({ data: { samples: 300 } });
    await waitForEpoch(page, 1);
    await page.getByTestId('edit-points').click();
    await page.getByTestId('sheet').waitFor();
    await page.getByTestId('picture-table').click();
    const rows = page.getByTestId('points-table').locator('tbody tr');
    await rows.last().waitFor();
    expect(await rows.count()).toBe(200);
    await page.getByText('and 100 more').waitFor();
    expect(await rows.first().innerText()).toMatch(/^1\s+-?[\d.]+\s+-?[\d.]+\s+\S/);
    await page.context().close();
  });
});

describe('the measures', () => {
  it('say all their digits when they are pointed at', async () => {
    const { page } = await open();
    await waitForEpoch(page, 3);
    await pause(page);
    const cell = page.locator('[aria-labelledby=measures-title] tbody tr').first().locator('td').first();
    const exact = Number(await cell.getAttribute('title'));
    expect(exact.toString().length).toBeGreaterThan(6);
    expect(exact).toBeCloseTo(Number(await cell.innerText()), 2);
    await page.context().close();
  });
});
