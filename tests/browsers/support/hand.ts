// What a person does on the page and sees of it. Everything waits for what is to be seen.
import type { Spot } from '../../browser/support/sheet';
import type { Browser, PointerKind, PointerStep } from './browsers';

/** As text for `Browser.evaluate`. */
const words = `
  const at = (id) => document.querySelector('[data-testid="' + id + '"]');
  const text = (id) => at(id)?.textContent?.trim() ?? '';
  const epoch = () => Number(document.querySelector('[data-testid=epoch] b')?.textContent);
  const seen = (look) => new Promise((resolve, reject) => {
    // Before the test is out of time, which would not say what was waited for.
    const late = setTimeout(() => reject(new Error('not seen within 60 s: ' + look)), 60_000);
    const again = () => {
      const found = look();
      if (!found) return requestAnimationFrame(again);
      clearTimeout(late);
      resolve(found);
    };
    again();
  });
  const press = async (id) => {
    const button = await seen(() => (at(id)?.disabled === false ? at(id) : null));
    button.focus();
    button.click();
  };
  const choose = async (id, value) => {
    const field = await seen(() => at(id));
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
`;

/** Runs `body` with the words above; what it returns must be JSON. */
export function act<T>(page: Browser, body: string): Promise<T> {
  return page.evaluate<T>(`${words}\n${body}`);
}

/** Opens the page as somebody who has never been there: nothing of the case before comes back. */
export async function visit(page: Browser, address: string, rest = ''): Promise<void> {
  // A page that runs writes its link into the address. Firefox takes that for a navigation, and gives up the one asked for.
  await page.evaluate('history.replaceState = () => undefined;');
  // A picture of the same origin: no page is open beside it that would keep something once more.
  await page.open(`${address}favicon.svg`);
  await page.evaluate(`localStorage.clear();
    const gone = indexedDB.deleteDatabase('athanor');
    await new Promise((resolve) => (gone.onsuccess = gone.onerror = resolve));`);
  await page.open(address + rest);
}

/** Chooses a card to begin with, and waits until the dialog is gone. */
export async function begin(page: Browser, card: string): Promise<void> {
  await act(
    page,
    `await seen(() => epoch() >= 1);
    await press('open-start');
    await press('start-${card}');
    await seen(() => document.querySelector('dialog[open]') === null);`,
  );
}

/** Runs to the end at full speed, and what the sealed part says then, in percent. */
export function trainToTheEnd(page: Browser): Promise<number> {
  return act<number>(
    page,
    "await choose('pace', 'full'); return Number.parseFloat(await seen(() => text('test-accuracy')));",
  );
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
/** Where an element is, as soon as it can be used and lies still with nothing over it. */
function boxOf(page: Browser, id: string): Promise<Box> {
  return act<Box>(
    page,
    `let [last, still] = ['', 0];
    return seen(() => {
      const element = at('${id}');
      if (element === null || element.disabled === true) return null;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      const place = [left, top, width, height].join();
      still = place === last && element.contains(hit) ? still + 1 : 0;
      last = place;
      return still >= 1 ? { left, top, width, height } : null;
    });`,
  );
}

/** A click of the mouse, or a tap: it has come when this resolves, which for a tap is some time after the finger is up. */
export async function click(page: Browser, id: string, kind: PointerKind = 'mouse'): Promise<void> {
  const { left, top, width, height } = await boxOf(page, id);
  await act(
    page,
    `window.clicked = new Promise((resolve, reject) => {
      let hit = 'nothing';
      addEventListener('pointerdown', ({ target }) => (hit = target.outerHTML.slice(0, 200)), { once: true, capture: true });
      at('${id}').addEventListener('click', () => resolve(null), { once: true });
      setTimeout(() => reject(new Error('no click on ${id} within 10 s; pressed was ' + hit)), 10_000);
    });`,
  );
  await page.point(kind, [
    { type: 'move', x: left + width / 2, y: top + height / 2 },
    { type: 'down' },
    { type: 'up' },
  ]);
  await page.evaluate('await window.clicked;');
}

/** A stroke on the sheet of points, along spots in shares of its side. */
export async function stroke(page: Browser, kind: PointerKind, spots: readonly Spot[]): Promise<void> {
  const { left, top, width, height } = await boxOf(page, 'sheet');
  const [first, ...rest] = spots.map(([across, down]): PointerStep => ({
    type: 'move',
    x: left + across * width,
    y: top + down * height,
  }));
  if (first === undefined) return;
  await page.point(kind, [first, { type: 'down' }, ...rest, { type: 'up' }]);
}

/** Goes on with Tab until the focus is where it is wanted. Wherever it stops on the way, it must be seen. */
export async function tabTo(page: Browser, id: string, keys: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops < 150; ++stops) {
    const { here, fault } = await act<{ here: string; fault: string }>(
      page,
      `const element = document.activeElement;
      if (element === document.body) return { here: 'body', fault: '' };
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isRinged = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
      const { width, height } = element.getBoundingClientRect();
      const isSeen = isRinged && element.matches(':focus-visible') && width > 0 && height > 0;
      const name = element.dataset.testid ?? element.outerHTML.slice(0, 120);
      return { here: name, fault: isSeen ? '' : [outlineStyle, outlineWidth, width, height].join(' ') };`,
    );
    if (here === id) return;
    if (fault !== '' && stops > 0) throw new Error(`the focus is not seen on ${here}: ${fault}`);
    passed.push(here);
    await page.press(keys);
  }
  throw new Error(`${keys} never comes to ${id}; it passes ${[...new Set(passed)].join(', ')}`);
}
