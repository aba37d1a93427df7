// The same cases in every browser.
import { afterAll, beforeAll, describe } from 'vitest';
import { browsers, type Browser, type BrowserRow } from './browsers';

/** What the cases are told of the browser that they are for. */
type Told = Pick<BrowserRow, 'name' | 'pointers'>;

/** Launches each browser once for all its cases, and ends it after them; one that this system cannot have is skipped, and its
 * cases say why. `page` is the browser's own while a case runs. */
export function inEveryBrowser(cases: (page: Browser, told: Told) => void): void {
  for (const { name, launch, absent, pointers } of browsers) {
    describe.skipIf(absent !== '')([name, absent].filter(Boolean).join(', '), () => {
      let launched: Browser | undefined;
      const page = (): Browser => {
        if (launched === undefined) throw new Error('a browser outside of its cases');
        return launched;
      };
      beforeAll(async () => {
        launched = await launch();
      });
      afterAll(() => launched?.close());
      cases(
        {
          open: (address) => page().open(address),
          evaluate: (body) => page().evaluate(body),
          point: (kind, steps) => page().point(kind, steps),
          press: (keys) => page().press(keys),
          close: () => page().close(),
        },
        { name, pointers },
      );
    });
  }
}
