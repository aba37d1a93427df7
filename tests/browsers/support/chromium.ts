// Chromium, through Playwright; its mouse and fingers through the DevTools protocol, which has both.
import type { CDPSession } from 'playwright-core';
import { launchBrowser } from '../../browser/support/site';
import { type Browser, type PointerStep } from './browsers';

type Place = { x: number; y: number };

/** Sends one move after the other without waiting for the page, as devices do; resolves when all were taken. */
abstract class Pointer {
  protected readonly devtools: CDPSession;
  protected place: Place = { x: 0, y: 0 };
  protected isDown = false;

  constructor(devtools: CDPSession) {
    this.devtools = devtools;
  }

  async do(steps: readonly PointerStep[]): Promise<void> {
    let moves: Promise<unknown>[] = [];
    for (const step of steps) {
      if (step.type === 'move') {
        this.place = { x: step.x, y: step.y };
        moves.push(this.send('move'));
        continue;
      }
      this.isDown = step.type === 'down';
      await Promise.all(moves);
      moves = [];
      await this.send(step.type);
    }
    await Promise.all(moves);
  }

  protected abstract send(type: PointerStep['type']): Promise<unknown>;
}

class Mouse extends Pointer {
  protected send(step: PointerStep['type']) {
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

class Finger extends Pointer {
  /** A finger that moves above the glass is nothing to the browser. */
  protected async send(step: PointerStep['type']) {
    if (step === 'move' && !this.isDown) return;
    const type = { move: 'touchMove', down: 'touchStart', up: 'touchEnd' } as const;
    await this.devtools.send('Input.dispatchTouchEvent', {
      type: type[step],
      touchPoints: this.isDown ? [this.place] : [],
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
