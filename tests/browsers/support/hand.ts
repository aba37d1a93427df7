// What a person does on the page and sees of it, as text for `Browser.evaluate`. Everything waits for what is to be seen.
import type { Browser } from './browsers';

const words = `
  const at = (id) => document.querySelector('[data-testid="' + id + '"]');
  const text = (id) => at(id)?.textContent?.trim() ?? '';
  const epoch = () => Number(document.querySelector('[data-testid=epoch] b')?.textContent);
  const seen = (look) => new Promise((resolve) => {
    const again = () => {
      const found = look();
      if (found) resolve(found);
      else requestAnimationFrame(again);
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
  const key = (name) =>
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
`;

/** Runs `body` with the words above; what it returns must be JSON. */
export function act<T>(page: Browser, body: string): Promise<T> {
  return page.evaluate<T>(`${words}\n${body}`);
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
