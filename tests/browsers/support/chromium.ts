// Chromium, through Playwright; its mouse and fingers through the DevTools protocol, which has both.
import type { CDPSession } from 'playwright-core';
import { launchBrowser } from '../../browser/support/site';
import { type Browser, type PointerStep } from './browsers';

type Place = { x: number; y: number };

abstract class Pointer {
  protected readonly devtools: CDPSession;
  protected place: Place = { x: 0, y: 0 };
  protected isDown = false;

  constructor(devtools: CDPSession) {
    this.devtools = devtools;
  }

  async do(steps: readonly PointerStep[]): Promise<void> {
    for (const step of steps) {
      if (step.type === 'move') this.place = { x: step.x, y: step.y };
      else this.isDown = step.type === 'down';
      await this.send(step.type);
    }
  }

  /** Resolves when the page has taken it. */
  protected abstract send(type: PointerStep['type']): Promise<unknown>;
}

class Mouse extends Pointer {
  #moves: Promise<unknown>[] = [];

  /** Moves do not wait for each other, so that the page gets several at once, as from a mouse that is faster than its frames. */
  protected async send(step: PointerStep['type']) {
    if (step === 'move') return void this.#moves.push(this.#dispatch(step));
    await Promise.all(this.#moves.splice(0));
    await this.#dispatch(step);
  }

  #dispatch(step: PointerStep['type']) {
    const type = { move: 'mouseMoved', down: 'mousePressed', up: 'mouseReleased' } as const;
    return this.devtools.send('Input.dispatchMouseEvent', {
      type: type[step],
      ...this.place,
      button: this.isDown || step === 'up' ? 'left' : 'none',
      buttons: this.isDown ? 1 : 0,
      clickCount: step === 'move' ? 0 : 1,
    });
  }
}

/** A hand rests a moment before it lifts the finger: a stroke that ends in full motion is a fling, and a tap right after one
 * stops the fling and does nothing else. */
const restSeconds = 0.1;

class Finger extends Pointer {
  #clock = 0;

  protected async send(step: PointerStep['type']) {
    // A finger that moves above the glass is nothing to the browser.
    if (step === 'move' && !this.isDown) return;
    this.#clock = Math.max(this.#clock + (step === 'up' ? restSeconds : 0), Date.now() / 1000);
    const type = { move: 'touchMove', down: 'touchStart', up: 'touchEnd' } as const;
    await this.devtools.send('Input.dispatchTouchEvent', {
      type: type[step],
      touchPoints: this.isDown ? [this.place] : [],
      timestamp: this.#clock,
    });
  }
}

export async function launchChromium(): Promise<Browser> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const devtools = await page.context().newCDPSession(page);
  const pointers = { mouse: new Mouse(devtools), touch: new Finger(devtools) };
  return {
    open: async (address) => void (await page.goto(address)),
    evaluate: (body) => page.evaluate(`(async () => {${body}\n})()`),
    point: (kind, steps) => pointers[kind].do(steps),
    press: (keys) => page.keyboard.press(keys),
    close: () => browser.close(),
  };
}
