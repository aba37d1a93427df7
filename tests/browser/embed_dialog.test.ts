// An author makes an embed in the dialog and pastes its code into a page of their own.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostSite, openHost, serveHost } from './support/host';
import { waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();
let host: HostSite;

beforeAll(async () => {
  host = await serveHost();
});
afterAll(() => host.close());

async function openDialog() {
  const { page, faults } = await openPage(site.browser, site.address, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await waitForEpoch(page, 1);
  await page.getByRole('button', { name: 'Moons' }).click();
  await page.getByLabel('Seed').fill('12');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Embed' }).click();
  return { page, faults, dialog: page.getByTestId('embed-dialog') };
}

/** A preview that is replaced while it loads cuts off what it was fetching; everything else is a fault. */
const real = (faults: string[]) => faults.filter((fault) => !fault.startsWith('failed: '));

async function copied(page: Page): Promise<string> {
  await page.getByTestId('copy-code').click();
  await page.getByTestId('copy-code').filter({ hasText: 'Copied' }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

describe('the embed dialog', () => {
  it('previews what is chosen', async () => {
    const { page, faults, dialog } = await openDialog();
    const preview = dialog.locator('iframe').contentFrame();
    await preview.getByTestId('start').waitFor();
    await preview.getByText('What the network has learned').waitFor();
    expect(await preview.locator('#data-title').count()).toBe(0);
    await dialog.getByLabel('Data', { exact: true }).check();
    await dialog.getByLabel('Flowchart').uncheck();
    await preview.getByRole('tab', { name: 'Data' }).click();
    // The experiment on the page, whole: its shape and what was typed a moment ago.
    await preview.getByRole('button', { name: 'Moons', pressed: true }).waitFor();
    expect(await preview.getByTestId('flowchart').count()).toBe(0);
    await dialog.getByRole('combobox', { name: 'Language' }).selectOption('zh');
    await preview.getByRole('tab', { name: '数据' }).waitFor();
    await dialog.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await preview.locator('html[data-theme=dark]').waitFor();
    await dialog.getByLabel('Width in pixels').fill('360');
    await dialog.getByLabel('Height in pixels').fill('99999');
    await page.keyboard.press('Tab');
    await dialog.locator('iframe[width="360"][height="1200"]').waitFor(); // the largest there is
    await dialog.getByLabel('Runs by itself').check();
    await preview.getByRole('button', { name: '暂停' }).waitFor();
    const chosen = dialog.locator('fieldset input:checked');
    while ((await chosen.count()) > 1) await chosen.first().uncheck();
    expect(await chosen.isDisabled()).toBe(true); // the last one stays
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(real(faults)).toEqual([]);
    await page.context().close();
  });

  it('offers a height that follows the content, as the element can, and shows it', async () => {
    const { page, faults, dialog } = await openDialog();
    const frame = dialog.locator('iframe');
    await frame.contentFrame().getByTestId('start').waitFor();
    const fixed = (await frame.boundingBox())?.height;
    await dialog.getByLabel('As high as its content').check();
    expect(await copied(page)).not.toContain('height=');
    await page.waitForFunction(
      (before) =>
        document.querySelector('[data-testid=embed-dialog] iframe')?.getBoundingClientRect().height !==
        before,
      fixed,
    );
    // Nothing scrolls in it, and it is not higher than that.
    const high = async () => Number(await frame.getAttribute('height'));
    const content = () =>
      frame
        .contentFrame()
        .locator('.page')
        .evaluate((e) => Math.floor(e.scrollHeight));
    // Parts of the embed come one after the other, each with a height of its own.
    await expect.poll(async () => (await high()) >= (await content())).toBe(true);
    expect(await high()).toBeLessThan(4000);
    await dialog.getByRole('button', { name: 'MDX' }).click();
    expect(await copied(page)).toContain('height="440"');
    await dialog.getByText('a frame alone needs a height').waitFor();
    expect(await dialog.getByLabel('As high as its content').isDisabled()).toBe(true);
    expect(real(faults)).toEqual([]);
    await page.context().close();
  });

  it('gives code that works where it is pasted', async () => {
    const { page, faults, dialog } = await openDialog();
    await dialog.getByLabel('Run and step').uncheck();
    await dialog.getByLabel('Network').uncheck();
    const names = { html: 'HTML', vuepress: 'VuePress', quarto: 'Quarto', mdx: 'MDX', jupyter: 'Jupyter' };
    const codes: Record<string, string> = {};
    for (const [format, name] of Object.entries(names)) {
      await dialog.getByRole('button', { name }).click();
      codes[format] = await copied(page);
      expect(codes[format], format).toBe(await dialog.getByTestId('embed-code').innerText());
    }
    expect(real(faults)).toEqual([]);
    await page.context().close();

    // What these tools make of it: Quarto and VuePress give the HTML on, JSX has another style, Python is an address.
    const pasted = {
      html: codes['html'] ?? '',
      quarto: (codes['quarto'] ?? '').replace(/^```\{=html\}\n|\n```$/g, ''),
      vuepress: codes['vuepress'] ?? '',
      mdx: (codes['mdx'] ?? '').replace(/style=\{\{[^}]*\}\}/, 'style="border: 0; max-width: 640px"'),
      jupyter: `<iframe src="${/IFrame\("([^"]*)"/.exec(codes['jupyter'] ?? '')?.[1]}" width="640" height="440" frameborder="0"></iframe>`,
    };
    for (const [format, html] of Object.entries(pasted)) {
      host.pages.set(`/${format}.html`, `<!doctype html><meta charset="utf-8"><title>Notes</title>${html}`);
      const at = await openHost(site.browser, `${host.address}/${format}.html`, site.address);
      const frame = at.page.locator('iframe');
      await frame.contentFrame().getByTestId('start').click();
      await frame
        .contentFrame()
        .locator('.figure')
        .filter({ hasText: /^loss / })
        .waitFor();
      expect((await frame.boundingBox())?.height, format).toBe(440);
      expect(await frame.contentFrame().locator('#network-title, [data-testid=run]').count(), format).toBe(0);
      expect(at.faults, format).toEqual([]);
      await at.page.context().close();
    }
  });

  it('can be used with the keyboard, in Chinese, and holds within a small window', async () => {
    const { page, faults } = await openPage(site.browser, `${site.address}?lang=zh`, {
      viewport: { width: 800, height: 600 },
    });
    await waitForEpoch(page, 1);
    await page.getByRole('button', { name: '嵌入' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByTestId('embed-dialog');
    await dialog.locator('iframe').contentFrame().getByTestId('start').waitFor();
    await dialog.getByRole('checkbox', { name: '指标' }).focus();
    await page.keyboard.press('Space');
    await dialog.getByTestId('embed-code').filter({ hasText: 'hide="title,' }).waitFor();
    expect(
      await dialog.evaluate((box) => [box.scrollWidth <= box.clientWidth, box.clientHeight <= 600]),
    ).toEqual([true, true]);
    expect(real(faults)).toEqual([]);
    await page.context().close();
  });
});
