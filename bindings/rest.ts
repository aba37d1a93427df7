// The engine's second module: all functions that the first training frame does without (split.mjs).

/** A file of this build, in Node as on the web. */
async function compile(url: string, signal: AbortSignal): Promise<WebAssembly.Module> {
  if (url.startsWith('file:')) {
    const files = 'node:fs/promises'; // a name that bundlers for the web need not find
    const { readFile } = (await import(/* @vite-ignore */ files)) as {
      readFile: (url: URL) => Promise<Uint8Array<ArrayBuffer>>;
    };
    return WebAssembly.compile(await readFile(new URL(url)));
  }
  const response = await fetch(url, { credentials: 'same-origin', signal });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Without a way back to the page's loop: only a worker may do this. */
function compileNow(url: string): WebAssembly.Module {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  request.send();
  if (request.status >= 400) throw new Error(`${url}: ${request.status} ${request.statusText}`);
  return new WebAssembly.Module(request.response as ArrayBuffer);
}

/** What could not be fetched is not asked for again by every call: a training page makes hundreds a second. */
const pauseMilliseconds = 1000;

export class Rest {
  readonly #url: string;
  #loading: Promise<void> | null = null;
  #fetching = new AbortController();
  #module: WebAssembly.Module | null = null;
  #isThere = false;
  #failure: { error: unknown; at: number } | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** Rejects when it cannot be fetched, and can then be asked again. */
  load(): Promise<void> {
    if (this.#module !== null) return Promise.resolve();
    if (this.#fetching.signal.aborted) this.#fetching = new AbortController();
    this.#loading ??= compile(this.#url, this.#fetching.signal).then(
      (module) => void (this.#module ??= module),
      (error: unknown) => {
        if (this.#module !== null) return; // somebody could not wait
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }

  /**
   * Called by the first module for every function that it lacks. Once: the second module puts its functions into the common
   * table, but what had taken a placeholder out of it before still calls that.
   */
  instantiate(_: string, imports: WebAssembly.Imports): void {
    if (this.#isThere) return;
    if (this.#module === null) {
      // Browsers let one request for an address wait for the other, which nobody takes in while this one blocks.
      this.#fetching.abort();
      this.#module = this.#compileNow();
    }
    new WebAssembly.Instance(this.#module, imports);
    this.#isThere = true;
  }

  #compileNow(): WebAssembly.Module {
    if (this.#failure !== null && performance.now() - this.#failure.at < pauseMilliseconds)
      throw this.#failure.error;
    try {
      return compileNow(this.#url);
    } catch (error) {
      this.#failure = { error, at: performance.now() };
      throw error;
    }
  }
}
