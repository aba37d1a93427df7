// WebKitGTK, through WebDriver (w3.org/TR/webdriver2): the engine of Safari, as far as Linux has it. It has no mode without a
// screen, so it gets one of its own.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { keyActions, pointerActions } from './actions';
import { type Browser } from './browsers';
import { Program } from './program';

/** As where nobody has set one: the browser then calls its language “C”, which no formatter takes. */
const noLocale = { LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', LANGUAGE: undefined };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value as T;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${error}: ${message}`);
}

async function drive(driver: Program, address: string, stop: () => Promise<void>): Promise<Browser> {
  // The driver does not say when it listens.
  await driver.whileRunning(
    vi.waitFor(() => send('GET', `${address}/status`), { timeout: 20_000, interval: 20 }),
  );
  // No limit to a script: the test has one.
  const { sessionId } = await driver.whileRunning(
    send<{ sessionId: string }>('POST', `${address}/session`, {
      capabilities: { alwaysMatch: { timeouts: { script: null } } },
    }),
  );
  const post = <T>(command: string, body: object) =>
    driver.whileRunning(send<T>('POST', `${address}/session/${sessionId}/${command}`, body));
  return {
    open: (url) => post('url', { url }),
    async evaluate<T>(body: string) {
      const outcome = await post<{ value: T } | { thrown: string }>('execute/async', {
        script: `(async () => {${body}\n})().then(
          (value) => arguments[0]({ value }), (error) => arguments[0]({ thrown: String(error) }))`,
        args: [],
      });
      if ('thrown' in outcome) throw new Error(outcome.thrown);
      return outcome.value;
    },
    async point(kind, steps) {
      // Asked for a finger it says nothing and moves the mouse. Nor would a finger do: of a touch screen's touches WebKitGTK makes
      // touch events, but no pointer events (2.50).
      if (kind !== 'mouse') throw new Error(`WebKitGTK's driver has no ${kind}`);
      await post('actions', pointerActions(kind, steps));
    },
    press: (keys) => post('actions', keyActions(keys)),
    close: stop,
  };
}

export async function launchWebKit(): Promise<Browser> {
  // It takes the first free display and says which.
  const screen = new Program('Xvfb', () => '-displayfd 1 -screen 0 1280x800x24 -nolisten tcp'.split(' '));
  let driver: Program | undefined;
  const stop = async () => {
    await driver?.stop();
    await screen.stop('SIGTERM'); // killed it would leave its socket and its lock behind
  };
  try {
    const [display] = await screen.line(/^\d+$/);
    const port = await freePort();
    driver = new Program(
      process.env['ATHANOR_WEBKIT_DRIVER'] ?? 'WebKitWebDriver',
      () => ['--host=127.0.0.1', `--port=${port}`],
      {
        DISPLAY: `:${display}`,
        GDK_BACKEND: 'x11',
        WAYLAND_DISPLAY: undefined,
        NO_AT_BRIDGE: '1',
        ...noLocale,
      },
    );
    return await drive(driver, `http://127.0.0.1:${port}`, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}
