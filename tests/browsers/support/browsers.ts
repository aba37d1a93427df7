// The browsers that people use, behind one small interface. Adding one = adding a row.
import { launchChromium } from './chromium';
import { launchFirefox } from './firefox';
import { launchWebKit } from './webkit';

/** What a mouse or a finger does, in CSS pixels of the window's inside. A finger is on the page from down to up. */
export type PointerStep = { type: 'move'; x: number; y: number } | { type: 'down' } | { type: 'up' };
export type PointerKind = 'mouse' | 'touch';

/** A browser with one page. Its mouse, finger and keys are the browser's own input: events that a script makes have no pointer
 * that could be captured, and press nothing. */
export interface Browser {
  /** Loads an address into the page; resolves when the page's load event has fired. */
  open(address: string): Promise<void>;
  /**
   * Runs the body of an async function inside the page and gives back what it returns, which must be JSON. Rejects with
   * the message of what it throws. A text, since the test runner rewrites import() inside functions.
   */
  evaluate<T>(body: string): Promise<T>;
  point(kind: PointerKind, steps: readonly PointerStep[]): Promise<void>;
  /** Keys by the name that KeyboardEvent.key has, held down one after the other and let go: `Tab`, `Control+z`. */
  press(keys: string): Promise<void>;
  /** Ends the browser, also one that does not answer, and all its processes. */
  close(): Promise<void>;
}

export interface BrowserRow {
  name: string;
  launch: () => Promise<Browser>;
  /** Why this system cannot have it; empty: it can, so that its absence is a failure. */
  absent: string;
  /** The pointers that it and its driver have. */
  pointers: readonly PointerKind[];
}

export const browsers: BrowserRow[] = [
  { name: 'Chromium', launch: launchChromium, absent: '', pointers: ['mouse', 'touch'] },
  { name: 'Firefox', launch: launchFirefox, absent: '', pointers: ['mouse', 'touch'] },
  {
    name: 'WebKitGTK',
    launch: launchWebKit,
    absent: process.platform === 'linux' ? '' : 'skipped: there is none outside Linux',
    pointers: ['mouse'],
  },
];
