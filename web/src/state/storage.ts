// Keeps what is on screen in this browser (IndexedDB), so that a reload brings it back. Storage may be refused (private mode,
// an embed) or full: that is told once, and nothing else depends on it.
import type { Sheet } from './points';

export interface Screen {
  /** An experiment; what comes back is untrusted: the engine validates it. */
  document: unknown;
  /** Points that the engine had not taken, being too few or of one class only. */
  sheet: Sheet | null;
  /** The run was paused, and where it stood (Session.checkpoint), when that is not too much. */
  paused: { checkpoint: Uint8Array<ArrayBuffer> | null } | null;
}

/** As it is kept, with a name that also stands in the entry of the tab's history: after a reload it is still there, while a link
 * that was followed has an entry of its own. */
type Kept = Screen & { tab: string };

const databaseName = 'athanor';
const storeName = 'screen';
/** The shape of what is kept, as its key: another shape gets another one and is not found by this page. */
const key = 1;
const keepMilliseconds = 300;
/** A database that does not open, for whatever reason, must not keep the page from starting. */
const longestRead = 500;

function tabOfHistory(): unknown {
  return (history.state as { tab?: unknown } | null)?.tab;
}

function resultOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'));
  });
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return resultOf(request);
}

/** One request in a transaction of its own; resolves when the transaction is complete. Asks and commits at once: a page that is
 * going away hears no answer to commit after. */
async function transact<Value>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const transaction = database.transaction(storeName, mode);
  const result = resultOf(ask(transaction.objectStore(storeName)));
  const complete = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
  });
  const both = Promise.all([result, complete]);
  try {
    transaction.commit();
  } catch {
    // aborted already, which `both` says
  }
  return (await both)[0];
}

export class ScreenStore {
  readonly #refused: () => void;
  #isToldOf = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #make: (() => Screen) | null = null;
  #opened: IDBDatabase | null = null;
  #tab = String(crypto.getRandomValues(new Uint32Array(1))[0]);

  /** @param refused is called when something could not be kept, the first time */
  constructor(refused: () => void) {
    this.#refused = refused;
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#write();
    });
    // The earlier, the better: of what a page writes as it goes, browsers lose some.
    addEventListener('beforeunload', () => this.#write());
    addEventListener('pagehide', () => this.#write());
  }

  /** What was kept, null when there is nothing or it cannot be read. `isReload`: it is this tab's own, and at least as new as the
   * address, which follows a moment later. */
  async read(): Promise<(Screen & { isReload: boolean }) | null> {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), longestRead));
    const read = this.#ask('readonly', (store) => store.get(key) as IDBRequest<Kept | undefined>);
    try {
      const kept = await Promise.race([read, late]);
      if (kept === undefined) return null;
      const isReload = kept.tab === tabOfHistory();
      if (isReload) this.#tab = kept.tab;
      return { ...kept, isReload };
    } catch {
      return null;
    }
  }

  /** Whatever else a part of the page keeps, by a name of its own; undefined when there is nothing or it cannot be read. */
  async get(name: string): Promise<unknown> {
    try {
      return await this.#ask('readonly', (store) => store.get(name) as IDBRequest<unknown>);
    } catch {
      return undefined;
    }
  }
  async put(name: string, value: unknown): Promise<void> {
    await this.#change((store) => store.put(value, name));
  }

  /** Soon keeps what `make` gives then; of several calls in a row the last one. */
  keep(make: () => Screen): void {
    if (tabOfHistory() !== this.#tab) history.replaceState({ tab: this.#tab }, '');
    this.#make = make;
    this.#timer ??= setTimeout(() => this.#write(), keepMilliseconds);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#make === null) return;
    const kept: Kept = { ...this.#make(), tab: this.#tab };
    this.#make = null;
    void this.#change((store) => store.put(kept, key));
  }

  async #change(ask: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    try {
      await this.#ask('readwrite', ask);
    } catch {
      if (this.#isToldOf) return;
      this.#isToldOf = true;
      this.#refused();
    }
  }

  async #ask<Value>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value> {
    // The browser puts transactions that write into the order they were asked for.
    if (this.#opened !== null) return transact(this.#opened, mode, ask);
    const database = await openDatabase();
    // Closed by the browser, or in the way of a newer page: the next request opens it anew.
    const drop = () => (this.#opened = null);
    database.onclose = drop;
    database.onversionchange = () => {
      database.close();
      drop();
    };
    this.#opened = database;
    return transact(database, mode, ask);
  }
}
