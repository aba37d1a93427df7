// <athanor-playground>: puts an embed into any page, as high as it needs to be, and speaks with it. Built to one file without
// imports, which works as a classic script and as a module. It shows attributes, methods and events; EMBEDDING.md lists them.
import type { FromEmbed, MessageId, ToEmbed } from './messages';

/** As every message says it, see messages.ts. */
const version = 1;
const firstHeight = 480;
const [least, most] = [80, 4000];

/** Where this file lies is where the page lies; found by name when it came as a module. */
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="athanor-playground.js"]');

type Order = ToEmbed extends infer Each
  ? Each extends ToEmbed
    ? Omit<Each, 'athanor' | 'id'>
    : never
  : never;

/** What the embed refused: `code` and `path` say what and where. */
class EmbedError extends Error {
  override readonly name = 'AthanorEmbedError';
  readonly code: string;
  readonly path: string;
  constructor(code: string, message: string, path = '') {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** `#d=1.…` for a document, as the page itself writes it. */
async function linkOf(json: string): Promise<string> {
  const text = JSON.stringify(JSON.parse(json));
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of new Uint8Array(await new Response(stream).arrayBuffer()))
    binary += String.fromCharCode(byte);
  return `#d=1.${btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')}`;
}

class AthanorPlayground extends HTMLElement {
  static readonly observedAttributes = [
    'src',
    'experiment',
    'show',
    'hide',
    'lang',
    'theme',
    'run',
    'origins',
    'variant',
    'height',
    'title',
  ];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #pending = new Map<MessageId, { resolve: () => void; reject: (error: Error) => void }>();
  #frame: HTMLIFrameElement | null = null;
  #origin = '';
  #isReady = false;
  #waiting: ToEmbed[] = [];
  #nextId = 1;
  #build = 0;

  connectedCallback(): void {
    this.style.display ||= 'block';
    addEventListener('message', this.#hear);
    void this.#make();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear);
    this.#clear();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected || this.#build === 0) return;
    if (name === 'height' && before !== null && after !== null) this.#fit();
    else if (name === 'title' && this.#frame !== null) this.#frame.title = after ?? 'Athanor';
    else if ((name === 'lang' || name === 'theme') && this.#isReady && after !== null)
      this.#send({ type: 'appearance', [name]: after }).catch((error: unknown) => this.#report(error));
    else void this.#make();
  }

  /** Opens an experiment: a document, or a link to one. It waits for Run unless `run` is asked. */
  load(experiment: object | string, { run = false } = {}): Promise<void> {
    return this.#send({
      type: 'load',
      run,
      ...(typeof experiment === 'string' ? { link: experiment } : { document: experiment }),
    } as Order);
  }
  run(): Promise<void> {
    return this.#send({ type: 'run' });
  }
  pause(): Promise<void> {
    return this.#send({ type: 'pause' });
  }
  rewind(): Promise<void> {
    return this.#send({ type: 'rewind' });
  }
  /** Sets a field of the document by its path. */
  set(path: string, value: unknown): Promise<void> {
    return this.#send({ type: 'set', path, value });
  }

  /** Anew, once for any number of attributes that change together. */
  async #make(): Promise<void> {
    const build = ++this.#build;
    await Promise.resolve();
    const address = await this.#address().catch((error: unknown) => this.#report(error));
    if (build !== this.#build || !this.isConnected || address == null) return;
    this.#clear();
    const frame = document.createElement('iframe');
    frame.title = this.title || 'Athanor';
    frame.loading = 'lazy';
    frame.allow = 'clipboard-write';
    // Its own origin is what lets it load its worker, and readers follow its references into windows of their own; it may send
    // no form and has to leave this page alone.
    frame.setAttribute(
      'sandbox',
      'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    );
    Object.assign(frame.style, { display: 'block', width: '100%', border: '0' });
    frame.onload = () => this.#post({ athanor: version, type: 'hello' });
    frame.src = address.href;
    this.#origin = address.origin;
    this.#frame = frame;
    this.#fit();
    this.#root.append(frame);
  }

  async #address(): Promise<URL> {
    const base = this.getAttribute('src') ?? script?.src;
    if (base === undefined)
      throw new EmbedError('no_src', 'The attribute src has to say where Athanor lies.', 'src');
    const address = new URL(base, document.baseURI);
    if (!address.pathname.endsWith('.html'))
      address.pathname =
        address.pathname.replace(/[^/]*\.js$|\/?$/, (end) => (end.endsWith('.js') ? '' : '/')) + 'embed.html';
    address.search = '';
    for (const name of ['show', 'hide', 'lang', 'theme', 'origins', 'variant']) {
      const value = this.getAttribute(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    if (this.hasAttribute('run')) address.searchParams.set('run', '1');
    if (!this.hasAttribute('height')) address.searchParams.set('fit', 'content');
    const experiment = this.getAttribute('experiment')?.trim() ?? '';
    if (experiment.startsWith('{')) address.hash = await linkOf(experiment);
    else if (experiment.includes('#d=')) address.hash = experiment.slice(experiment.indexOf('#d='));
    else if (experiment !== '') address.hash = `#d=${experiment}`;
    return address;
  }

  #fit(height = firstHeight): void {
    if (this.#frame === null) return;
    const wanted = this.getAttribute('height') ?? String(height);
    this.#frame.style.height = /^\d+$/.test(wanted) ? `${wanted}px` : wanted;
  }

  #clear(): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#isReady = false;
    this.#waiting = [];
    for (const { reject } of this.#pending.values())
      reject(new EmbedError('gone', 'The embed was replaced or removed.'));
    this.#pending.clear();
  }

  #post(message: ToEmbed): void {
    this.#frame?.contentWindow?.postMessage(message, this.#origin);
  }

  /** Resolves when it has taken effect; what is said before the embed is ready waits for it. */
  #send(order: Order): Promise<void> {
    const message = { ...order, athanor: version, id: this.#nextId++ } as ToEmbed & { id: number };
    return new Promise((resolve, reject) => {
      this.#pending.set(message.id, { resolve, reject });
      if (this.#isReady) this.#post(message);
      else this.#waiting.push(message);
    });
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #report(error: unknown): undefined {
    const { code = 'bad_experiment', message, path = 'experiment' } = error as Partial<EmbedError>;
    this.#tell('error', { type: 'error', code, message, path });
    return undefined;
  }

  readonly #hear = ({ source, origin, data }: MessageEvent<FromEmbed | null>): void => {
    if (this.#frame === null || source !== this.#frame.contentWindow || origin !== this.#origin) return;
    if (data?.athanor !== version) return;
    const { athanor: _athanor, id, ...report } = data;
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id !== undefined) this.#pending.delete(id);
    if (report.type === 'done') return pending?.resolve();
    if (report.type === 'error' && pending !== undefined)
      return pending.reject(new EmbedError(report.code, report.message, report.path));
    if (report.type === 'ready') {
      this.#isReady = true;
      for (const message of this.#waiting.splice(0)) this.#post(message);
    }
    if (report.type === 'size' && !this.hasAttribute('height') && Number.isFinite(report.height))
      this.#fit(Math.min(most, Math.max(least, Math.ceil(report.height))));
    this.#tell(report.type, report);
  };
}

if (customElements.get('athanor-playground') === undefined)
  customElements.define('athanor-playground', AthanorPlayground);
