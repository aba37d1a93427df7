// The embed's end of the messages: who may speak, what is done for them and what they are told. It knows neither window nor
// page: both are handed in, so that every rule here can be tested.
import {
  type Command,
  idOf,
  isOurs,
  isReport,
  MessageError,
  type MessageId,
  messageVersion,
  type FromEmbed,
  type PartMeasures,
  readCommand,
  type Report,
  reportOf,
} from './messages';

/** What a message can have done. All of it is what a person can do on the page. A refusal is thrown as `code`, `message`, `path`. */
export interface Actions {
  /** Resolves when there is an engine to speak to. */
  whenReady: () => Promise<void>;
  load: (source: { document: unknown } | { link: string }, run: boolean) => Promise<void>;
  run: (running: boolean) => Promise<void>;
  rewind: () => Promise<void>;
  set: (path: string, value: unknown) => Promise<void>;
  appearance: (choices: Omit<Extract<Command, { type: 'appearance' }>, 'type'>) => void;
  ready: () => Extract<Report, { type: 'ready' }>;
}

/** A window that a message came from. */
export interface Speaker {
  postMessage: (message: FromEmbed, targetOrigin: string) => void;
}
export interface Incoming {
  data: unknown;
  origin: string;
  source: unknown;
}

/** What the page shows at one moment. */
export interface Moment {
  /** Counts the runs. */
  run: number;
  progress: Omit<Extract<Report, { type: 'progress' }>, 'type'>;
  measures: PartMeasures;
  stopReason: string;
  failure: { code: string; message: string; path: string } | null;
}

/** Ten times a second is live to the eye; each costs the page around a task. */
export const reportMilliseconds = 100;
const mostWaiting = 256;

/** Files and sandboxed frames have an origin that cannot be addressed. */
function addressOf(origin: string): string {
  return origin === 'null' ? '*' : origin;
}

export class Bridge {
  readonly #parent: Speaker;
  readonly #origins: readonly string[];
  readonly #actions: Actions;
  /** Who spoke and was heard; nothing is said to anybody before. */
  #host: string | null = null;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isReady = false;
  #moment: Moment | null = null;
  #height = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nextReport = -Infinity;
  #told = { progress: '', measures: '', ended: '' };

  constructor(parent: Speaker, origins: readonly string[], actions: Actions) {
    this.#parent = parent;
    this.#origins = origins;
    this.#actions = actions;
  }

  receive({ data, origin, source }: Incoming): void {
    if (isReport(data)) return;
    if (source !== this.#parent) {
      // Extensions and other frames chatter; only who means us is told why nothing happens.
      if (isOurs(data))
        this.#refuse(
          source as Speaker | null,
          origin,
          data,
          new MessageError('not_parent', 'Only the page around the embed is listened to.'),
        );
      return;
    }
    if (this.#origins.length > 0 && !this.#origins.includes(origin))
      return this.#refuse(
        this.#parent,
        origin,
        data,
        new MessageError('origin_not_allowed', 'The embed’s address lists the origins that may speak to it.'),
      );
    this.#host = addressOf(origin);
    let command: Command;
    try {
      command = readCommand(data);
      if (this.#waiting >= mostWaiting)
        throw new MessageError('busy', `${mostWaiting} messages wait to be done already.`);
    } catch (error) {
      return this.#refuse(this.#parent, origin, data, error);
    }
    const id = idOf(data);
    ++this.#waiting;
    // In the order they were sent, each after the one before has taken effect.
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#actions.whenReady();
        await this.#do(command, id);
      } catch (error) {
        this.#refuse(this.#parent, origin, data, error);
      }
      --this.#waiting;
    });
  }

  async #do(command: Command, id: MessageId | undefined): Promise<void> {
    switch (command.type) {
      case 'hello':
        this.#isReady = true;
        this.#say(this.#actions.ready(), id);
        this.#told = { progress: '', measures: '', ended: '' };
        this.#tellSoon();
        if (this.#height > 0) this.#say({ type: 'size', height: this.#height });
        return;
      case 'load': {
        const { document, link, run = false } = command;
        await this.#actions.load(link === undefined ? { document } : { link }, run);
        break;
      }
      case 'run':
      case 'pause':
        await this.#actions.run(command.type === 'run');
        break;
      case 'rewind':
        await this.#actions.rewind();
        break;
      case 'set':
        await this.#actions.set(command.path, command.value);
        break;
      case 'appearance': {
        const { type: _type, ...choices } = command;
        this.#actions.appearance(choices);
        break;
      }
    }
    this.#say({ type: 'done' }, id);
  }

  /** What is to be seen now; told at most every so often, and the last of it always. */
  take(moment: Moment): void {
    this.#moment = moment;
    this.#tellSoon();
  }

  /** How high the page would like its frame to be. */
  resize(height: number): void {
    if (height === this.#height) return;
    this.#height = height;
    if (this.#isReady) this.#say({ type: 'size', height });
  }

  #tellSoon(): void {
    if (!this.#isReady || this.#timer !== undefined) return;
    const wait = this.#nextReport - performance.now();
    if (wait <= 0) return this.#tell();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, wait);
  }

  #tell(): void {
    if (this.#moment === null) return;
    this.#nextReport = performance.now() + reportMilliseconds;
    const { run, progress, measures, stopReason, failure } = this.#moment;
    const { epoch, finished } = progress;
    if (this.#isNew('progress', JSON.stringify([run, progress])))
      this.#say({ type: 'progress', ...progress });
    if (measures.train !== null && this.#isNew('measures', `${run} ${epoch} ${finished}`))
      this.#say({ type: 'measures', epoch, ...measures });
    if ((finished || failure !== null) && this.#isNew('ended', `${run} ${finished}`)) {
      if (failure === null) this.#say({ type: 'finished', epoch, reason: stopReason, ...measures });
      else this.#say(reportOf(failure));
    }
  }

  #isNew(what: 'progress' | 'measures' | 'ended', key: string): boolean {
    const isNew = this.#told[what] !== key;
    this.#told[what] = key;
    return isNew;
  }

  #say(report: Report, id?: MessageId): void {
    if (this.#host === null) return;
    this.#parent.postMessage(
      { ...report, athanor: messageVersion, ...(id === undefined ? {} : { id }) },
      this.#host,
    );
  }

  #refuse(to: Speaker | null, origin: string, data: unknown, error: unknown): void {
    const { code, message, path } = error as Partial<MessageError>;
    const id = idOf(data);
    to?.postMessage(
      {
        ...reportOf({ code: code ?? 'internal', message: message ?? String(error), path: path ?? '' }),
        athanor: messageVersion,
        ...(id === undefined ? {} : { id }),
      },
      addressOf(origin),
    );
  }
}
