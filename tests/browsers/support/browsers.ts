// The browsers that people use, behind one small interface. Adding one = adding a row.
import { launchChromium } from './chromium';
import { launchFirefox } from './firefox';
import { launchWebKit } from './webkit';

/** A browser with one page. */
export interface Browser {
  /** Loads an address into the page; resolves when the page's load event has fired. */
  open(address: string): Promise<void>;
  /**
   * Runs the body of an async function inside the page and gives back what it returns, which must be JSON. Rejects with
   * the message of what it throws. A text, since the test runner rewrites import() inside functions.
   */
  evaluate<T>(body: string): Promise<T>;
  /** Ends the browser, also one that does not answer, and all its processes. */
  close(): Promise<void>;
}

interface BrowserRow {
  name: string;
  launch: () => Promise<Browser>;
  /** Why this system cannot have it; empty: it can, so that its absence is a failure. */
  absent: string;
}

export const browsers: BrowserRow[] = [
  { name: 'Chromium', launch: launchChromium, absent: '' },
  { name: 'Firefox', launch: launchFirefox, absent: '' },
  {
    name: 'WebKitGTK',
    launch: launchWebKit,
    absent: process.platform === 'linux' ? '' : 'skipped: there is none outside Linux',
  },
];
