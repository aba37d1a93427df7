// Input as WebDriver's actions (w3.org/TR/webdriver2/#actions), which WebDriver BiDi has taken over as they are.
import type { PointerKind, PointerStep } from './browsers';

/** What is not a character: w3.org/TR/webdriver2/#keyboard-actions. */
const codes: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

const names = { move: 'pointerMove', down: 'pointerDown', up: 'pointerUp' };

export function pointerActions(pointerType: PointerKind, steps: readonly PointerStep[]): object {
  const actions = steps.map((step) =>
    step.type === 'move'
      ? { type: names.move, x: Math.round(step.x), y: Math.round(step.y), duration: 0 }
      : { type: names[step.type], button: 0 },
  );
  return { actions: [{ type: 'pointer', id: pointerType, parameters: { pointerType }, actions }] };
}

/** `keys` as in `Browser.press`. */
export function keyActions(keys: string): object {
  const values = keys.split('+').map((name) => codes[name] ?? name);
  const actions = [
    ...values.map((value) => ({ type: 'keyDown', value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
  ];
  return { actions: [{ type: 'key', id: 'keyboard', actions }] };
}
