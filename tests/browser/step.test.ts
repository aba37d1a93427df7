// The step inspector and slow motion, as a person uses them.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endless, epochOf, linkHash, pause, waitForEpoch, waitForRest } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Inside the next step' });
const formulas = (page: Page, section: string) =>
  page
    .getByTestId(`step-${section}`)
    .locator('.line .formula:last-child')
    .evaluateAll((elements) => elements.map((element) => (element as HTMLElement).dataset['tex'] ?? ''));

/** The numbers of a formula as they are written, in order. */
function numbersIn(tex: string): number[] {
  return (
    tex
      .replace(/\\htmlClass\{chosen\}/g, '')
      .replace(/\\times 10\^\{(-?\d+)\}/g, 'e$1')
      .replace(/\(-/g, ' -')
      .match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []
  ).map(Number);
}
async function sumOf(page: Page): Promise<number[]> {
  const [tex = ''] = await formulas(page, 'sum');
  return numbersIn(tex);
}
/** Of the first layer's table of weights: the numbers of each row. */
async function weightsOf(page: Page): Promise<number[][]> {
  const rows = await page.getByTestId('weight-tables').locator('table').first().locator('tbody tr').all();
  return Promise.all(rows.map(async (row) => (await row.locator('td').allInnerTexts()).map(Number)));
}
const close = (a = NaN, b = NaN, digits = 4) => expect(a).toBeCloseTo(b, digits);

describe('the step inspector', () => {
  it('opens with I, rests the run, and goes on with it when it is closed', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    await page.keyboard.press('i');
    await dialog(page).waitFor();
    await page.getByTestId('step-sum').locator('.katex-html').first().waitFor();
    await page
      .getByTestId('step-where')
      .filter({ hasText: /^Step \d+ · epoch \d+, batch 1 of 15 · 16 samples$/ })
      .waitFor();
    const rested = await epochOf(page);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await waitForEpoch(page, rested + 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('shows a neuron’s numbers: those of the table of weights, which add up, for the sample and weight chosen', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    await pause(page);
    await page.getByTestId('weight-table').click();
    await page.getByTestId('weight-tables').locator('tbody tr').first().waitFor();
    const listed = await weightsOf(page);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Formulas', exact: true }).click();
    await dialog(page).waitFor();
    await page.getByTestId('step-layer-0').getByRole('button').nth(2).click(); // layer 1, neuron 3
    await page.waitForFunction(() =>
      document
        .querySelector('[data-testid=step-sum] .formula')
        ?.getAttribute('data-tex')
        ?.startsWith('z^{(1)}_{3}'),
    );
    const [z, w1, x1, w2, x2, b] = await sumOf(page);
    // Five digits are written; whichever epoch it rests at, that much is right.
    close(z, (w1 ?? NaN) * (x1 ?? NaN) + (w2 ?? NaN) * (x2 ?? NaN) + (b ?? NaN), 3);
    // There with three digits.
    for (const [input, w = NaN] of [w1, w2].entries())
      expect(Math.abs((listed[input]?.[2] ?? NaN) - w)).toBeLessThanOrEqual(0.006 * Math.abs(w) + 1e-6);

    // Another sample: other inputs, the same weights.
    await dialog(page).locator('tbody tr').nth(4).getByRole('button').click();
    await dialog(page).locator('tbody tr:nth-child(5).chosen').waitFor();
    const row = (await dialog(page).locator('tbody tr.chosen td').allInnerTexts()).map(Number);
    const other = await sumOf(page);
    expect([other[1], other[3]]).toEqual([w1, w2]);
    close(other[2], row[0], 2);

    // The second weight: its gradient is the sum over the batch, its update what Adam makes of it.
    await page.getByTestId('step-weight').selectOption('1');
    await page
      .getByTestId('step-gradient')
      .locator('[data-tex*="\\\\partial w^{(1)}_{23}"]')
      .first()
      .waitFor();
    const gradient = numbersIn((await formulas(page, 'gradient')).at(-1) ?? '');
    const update = await formulas(page, 'update');
    close(numbersIn(update[0] ?? '')[0], gradient[0]);
    const [after, before] = numbersIn(update.at(-1) ?? '');
    expect(before).toBe(w2);

    // Taken, it has these very numbers.
    await dialog(page).getByRole('button', { name: 'Take this step' }).click();
    await page.getByTestId('step-where').filter({ hasText: 'batch 2 of 15' }).waitFor();
    const taken = numbersIn((await formulas(page, 'update')).at(-1) ?? '');
    expect(taken[1]).toBe(after);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is read out: every formula is MathML too, and the choices say what they are', async () => {
    const { page, faults } = await openPage(site.browser, `${site.address}?lang=zh`);
    await waitForEpoch(page, 1);
    await page.getByTestId('inspect').click();
    const zh = page.getByRole('dialog', { name: '拆开下一步' });
    await zh.getByText('加权求和').waitFor();
    await page
      .getByTestId('step-update')
      .locator('.katex-mathml math')
      .first()
      .waitFor({ state: 'attached' });
    const lines = await page.locator('[data-testid=step-formulas] .formula').count();
    expect(await page.locator('[data-testid=step-formulas] .formula math').count()).toBe(lines);
    expect(await page.locator('[data-testid=step-formulas] .katex-error').count()).toBe(0);
    await zh.getByRole('button', { name: /^第 2 层第 3 个神经元：加权和 \S+，输出 \S+$/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('step-sum').locator('[data-tex^="z^{(2)}_{3}"]').waitFor();
    // The fonts of the formulas are the site's own.
    await page.waitForFunction(() =>
      [...document.fonts].some((font) => font.status === 'loaded' && /KaTeX_Math/.test(font.family)),
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says the last branch of cases in the page’s language, as it is seen and as it is read out', async () => {
    const elu = linkHash({ model: { layers: [{ units: 3, activation: 'elu' }] } });
    const { page, faults } = await openPage(site.browser, `${site.address}?lang=zh&run=1${elu}`);
    await waitForEpoch(page, 1);
    await page.keyboard.press('i');
    const branches = page.getByTestId('step-activation').locator('.formula', { hasText: '其他' });
    await branches.locator('.katex-html').first().waitFor();
    await branches.locator('.katex-mathml', { hasText: '其他' }).first().waitFor({ state: 'attached' });
    expect(await page.getByTestId('step-formulas').innerText()).not.toMatch(/else|otherwise/);
    await page.keyboard.press('Escape');
    await page.getByTestId('language').click();
    await page.keyboard.press('i');
    await page
      .getByTestId('step-activation')
      .locator('.katex-html', { hasText: 'otherwise' })
      .first()
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of a wide network and a long batch shows some, counts the others, and sums them up', async () => {
    const wide = {
      model: { layers: [{ units: 100 }, { units: 3 }] },
      training: { batch_size: 200 },
      data: { samples: 400 },
    };
    const { page, faults } = await openPage(site.browser, `${site.address}${linkHash(wide)}`);
    await waitForRest(page);
    await page.keyboard.press('i');
    await dialog(page).getByText('The first 64 of 200 samples.').waitFor();
    await dialog(page).getByText('and 36 more').waitFor();
    await page.getByTestId('step-layer-1').getByRole('button').first().click();
    await page.getByTestId('step-sum').locator('[data-tex*="96\\\\,\\\\times"]').waitFor();
    expect(await page.locator('[data-testid=step-weight] option').count()).toBe(101);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

/** What slow motion shows at one moment. */
interface Told {
  phase: string;
  text: string;
  /** How it is read out. */
  live: string;
  ring: string;
  stage: string;
  /** Where the panels lie, and how that of the data is ringed. */
  main: string;
  outline: string;
}
/** Notes every moment from now on: a phase can be over before a slow machine has asked for its second sign. */
async function noteMoments(page: Page): Promise<void> {
  await page.evaluate(() => {
    const one = (selector: string) => document.querySelector<HTMLElement>(selector);
    const told: Told[] = [];
    const note = () => {
      const narration = one('[data-testid=narration]');
      const panel = one('[aria-labelledby=data-title]');
      const style = panel && getComputedStyle(panel);
      const now = {
        phase: narration?.dataset['phase'] ?? '',
        text: narration?.innerText ?? '',
        live: narration?.getAttribute('aria-live') ?? '',
        ring: one('.page')?.dataset['ring'] ?? '',
        stage: one('g.node[data-state=active]')?.dataset['stage'] ?? '',
        main: JSON.stringify(one('main')?.getBoundingClientRect()),
        outline: `${style?.outlineStyle} ${style?.animationName}`,
      };
      if (JSON.stringify(now) !== JSON.stringify(told.at(-1))) told.push(now);
    };
    Object.assign(window, { told });
    note();
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}
const toldOf = (page: Page) => page.evaluate(() => (window as unknown as { told: Told[] }).told);

describe('slow motion', () => {
  it('tells every phase with its numbers and rings where it happens; nothing else moves', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless, {
      reducedMotion: 'reduce',
    });
    await waitForEpoch(page, 1);
    await page.getByTestId('narration').filter({ hasText: 'Choose the speed “Slow motion”' }).waitFor();
    await noteMoments(page);
    await page.getByTestId('pace').selectOption('motion');
    let from = 0;
    /** After what was seen before, a moment at which all of it is so. */
    const see = async (phase: string, text: RegExp, also: Partial<Told>) => {
      const all = Object.entries({ phase, ...also });
      const isIt = (moment: Told) =>
        text.test(moment.text) && all.every(([key, value]) => moment[key as keyof Told] === value);
      const find = async () => (await toldOf(page)).findIndex((moment, at) => at >= from && isIt(moment));
      await expect.poll(find, { message: `${phase} ${text}` }).toBeGreaterThanOrEqual(from);
      from = await find();
    };
    await see('evaluate', /After epoch \d+ the network answers the 80 validation rows.*F1 \d/s, {
      ring: 'measures',
      stage: 'evaluate',
      live: 'polite',
    });
    await see('optimise', /It is 0\.\d+/, { ring: 'training' });
    await see('done', /\d+ of 100000 epochs are done, so training goes on/, { ring: 'training' });
    // Nothing moves for who wants no motion.
    await see('batch', /batch 1 of 15: 16 training rows/, { ring: 'data', outline: 'solid none' });
    await see('forward', /16 rows pass through all 3 layers/, { ring: 'network' });
    await see('loss', /wrong by \d/, { ring: 'curves' });
    await see('backward', /parameters gets its gradient; together it is \d/, { ring: 'network' });
    await see('update', /together by \d/, { ring: 'network' });
    await see('rest', /./, { live: 'off' });
    expect(new Set((await toldOf(page)).map(({ main }) => main)).size).toBe(1);
    await page.getByTestId('pace').selectOption('normal');
    await page.locator('.page:not([data-ring])').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('a single step is told as well, in the language chosen', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    await pause(page);
    await page.getByRole('button', { name: 'Rewind' }).click();
    const told = page.getByTestId('narration');
    const stage = page.getByRole('button', { name: 'Stage' });
    await stage.click();
    await told.filter({ hasText: 'Prepare 400 rows with 2 features' }).waitFor();
    await stage.click();
    await told.filter({ hasText: 'Clean 0 rows are dropped' }).waitFor();
    await page.locator('.page[data-ring=preparation]').waitFor();
    await page.getByRole('button', { name: 'Batch' }).click();
    await told.filter({ hasText: /One step Epoch 1, 1 of 15 batches done/ }).waitFor();
    await page.getByTestId('language').click();
    await told.filter({ hasText: '走一批 第 1 轮，15 批走了 1 批' }).waitFor();
    await page.getByRole('button', { name: '一轮' }).click();
    await told.filter({ hasText: /模型评估 第 1 轮之后/ }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
