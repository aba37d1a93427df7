// The engine's second module: all functions that the first training frame does without (split.mjs).

/** A file of this build, in Node as on the web. */
async function compile(url: string): Promise<WebAssembly.Module> {
  if (url.startsWith('file:')) {
    const files = 'node:fs/promises'; // a name that bundlers for the web need not find
    const { readFile } = (await import(/* @vite-ignore */ files)) as {
      readFile: (url: URL) => Promise<Uint8Array<ArrayBuffer>>;
    };
    return WebAssembly.compile(await readFile(new URL(url)));
  }
  const response = await fetch(url, { credentials: 'same-origin' });
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

export class Rest {
  readonly #url: string;
  #loading: Promise<void> | null = null;
  #module: WebAssembly.Module | null = null;
  #isThere = false;

  constructor(url: string) {
    this.#url = url;
  }

  load(): Promise<void> {
    this.#loading ??= compile(this.#url).then(
      (module) => void (this.#module = module),
      (error: unknown) => {
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
    this.#module ??= compileNow(this.#url);
    new WebAssembly.Instance(this.#module, imports);
    this.#isThere = true;
  }
}
