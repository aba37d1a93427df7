// The Firefox people have, through WebDriver BiDi (w3.org/TR/webdriver-bidi), which it speaks without a driver.
import { keyActions, pointerActions } from './actions';
import { type Browser } from './browsers';
import { Program } from './program';

interface Reply {
  id?: number;
  result?: unknown;
  error?: string;
  message?: string;
}
interface Evaluation {
  result?: { value: string };
  exceptionDetails?: { text: string };
}

/** The commands of one connection. */
class Connection {
  readonly #socket: WebSocket;
  readonly #waiting: { resolve: (result: unknown) => void; reject: (error: Error) => void }[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const reply = JSON.parse(String(data)) as Reply;
      const waiting = reply.id === undefined ? undefined : this.#waiting[reply.id];
      if (reply.error === undefined) waiting?.resolve(reply.result);
      else waiting?.reject(new Error(`${reply.error}: ${reply.message}`));
    });
  }

  static open(address: string): Promise<Connection> {
    const socket = new WebSocket(address);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Connection(socket)));
      socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
    });
  }

  send<T>(method: string, params: object): Promise<T> {
    return new Promise<unknown>((resolve, reject) => {
      const id = this.#waiting.push({ resolve, reject }) - 1;
      this.#socket.send(JSON.stringify({ id, method, params }));
    }) as Promise<T>;
  }
}

async function drive(firefox: Program): Promise<Browser> {
  const [, address] = await firefox.line(/WebDriver BiDi listening on (ws:\S+)/);
  const connection = await Connection.open(`${address}/session`);
  const send = <T>(method: string, params: object) =>
    firefox.whileRunning(connection.send<T>(method, params));
  await send('session.new', { capabilities: {} });
  // A window of its own: without a screen the first one is never in front, so that nothing in it has the focus.
  const { context } = await send<{ context: string }>('browsingContext.create', { type: 'window' });
  await send('browsingContext.activate', { context });
  return {
    open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    async evaluate<T>(body: string) {
      const expression = `(async () => JSON.stringify(await (async () => {${body}\n})()) ?? 'null')()`;
      const { result, exceptionDetails } = await send<Evaluation>('script.evaluate', {
        expression,
        target: { context },
        awaitPromise: true,
      });
      if (result === undefined) throw new Error(exceptionDetails?.text);
      return JSON.parse(result.value) as T;
    },
    point: (kind, steps) => send('input.performActions', { context, ...pointerActions(kind, steps) }),
    press: (keys) => send('input.performActions', { context, ...keyActions(keys) }),
    close: () => firefox.stop(),
  };
}

export async function launchFirefox(): Promise<Browser> {
  const firefox = new Program(process.env['ATHANOR_FIREFOX'] ?? 'firefox-esr', (folder) => [
    ...['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0', 'about:blank'],
  ]);
  try {
    return await drive(firefox);
  } catch (error) {
    await firefox.stop();
    throw error;
  }
}
