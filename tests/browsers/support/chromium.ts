// Chromium, through Playwright.
import { launchBrowser } from '../../browser/support/site';
import { type Browser } from './browsers';

export async function launchChromium(): Promise<Browser> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  return {
    open: async (address) => void (await page.goto(address)),
    evaluate: (body) => page.evaluate(`(async () => {${body}\n})()`),
    close: () => browser.close(),
  };
}
