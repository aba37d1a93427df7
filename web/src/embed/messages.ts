// The messages between the page around an embed and the embed: their names, members and checks. EMBEDDING.md tells authors the
// same. Every message is an object with `athanor: 1` and a `type`; what it may hold beside is said here and nothing else passes.
import type { Measures, Problem, StageId } from 'athanor';
import { languages, type OptionProblem, type Panel, themes } from './options';

/** The version of the messages; a message of another one is refused. */
export const messageVersion = 1;

/** Chosen by the page around; what answers a message bears the same. */
export type MessageId = string | number;

/** From the page around. */
export type Command =
  | { type: 'hello' }
  | { type: 'load'; document?: Record<string, unknown>; link?: string; run?: boolean }
  | { type: 'run' }
  | { type: 'pause' }
  | { type: 'rewind' }
  | { type: 'set'; path: string; value: unknown }
  | { type: 'appearance'; lang?: (typeof languages)[number]; theme?: (typeof themes)[number] };

/** To the page around. */
export type Report =
  | { type: 'ready'; panels: Panel[]; waiting: boolean; problems: readonly OptionProblem[] }
  | { type: 'done' }
  | { type: 'error'; code: string; message: string; path: string }
  | {
      type: 'progress';
      epoch: number;
      maxEpochs: number;
      step: number;
      stage: StageId;
      loss: number | null;
      running: boolean;
      finished: boolean;
    }
  | ({ type: 'measures'; epoch: number } & PartMeasures)
  | ({ type: 'finished'; epoch: number; reason: string } & PartMeasures)
  | { type: 'size'; height: number };

/** Null until a part was measured; the test part is measured once, at the end. */
export interface PartMeasures {
  train: Measures | null;
  validation: Measures | null;
  test: Measures | null;
}

export type ToEmbed = Command & { athanor: typeof messageVersion; id?: MessageId };
export type FromEmbed = Report & { athanor: typeof messageVersion; id?: MessageId };

/** What is wrong with a message, for the one who wrote it; never more than they sent. */
export class MessageError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(code: string, message: string, path = '') {
    super(message);
    this.name = 'MessageError';
    this.code = code;
    this.path = path;
  }
}

interface Kind {
  /** In the words of the error message. */
  takes: string;
  is: (value: unknown) => boolean;
}

const longestText = 200_000;
const longestPath = 200;
const longestId = 100;
/** As for links: no experiment is larger or nests deeper. */
const mostCharacters = 1024 * 1024;
const deepest = 32;

/** How many characters a value takes as JSON, about; Infinity for what is no JSON, nests too deep or exceeds `budget`. */
export function jsonSize(value: unknown, budget = mostCharacters, depth = deepest): number {
  if (value === null || typeof value === 'boolean') return 5;
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return Number.isFinite(value) ? 12 : Infinity;
  if (typeof value !== 'object' || depth === 0) return Infinity;
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return Infinity;
  let size = 2;
  // A list with holes would be long without holding anything.
  if (isList && value.length !== Object.keys(value).length) return Infinity;
  for (const [key, member] of Object.entries(value)) {
    size += (isList ? 1 : key.length + 4) + jsonSize(member, budget - size, depth - 1);
    if (size > budget) return Infinity;
  }
  return size;
}

const isText = (value: unknown, longest: number) => typeof value === 'string' && value.length <= longest;
const kinds = {
  document: {
    takes: `an object of JSON values, at most ${mostCharacters} characters and ${deepest} levels`,
    is: (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      jsonSize(value) <= mostCharacters,
  },
  value: {
    takes: 'a JSON value',
    is: (value) => value !== undefined && jsonSize(value) <= mostCharacters,
  },
  link: {
    takes: 'a text with #d=… in it',
    is: (value) => isText(value, longestText) && (value as string).includes('#d='),
  },
  path: {
    takes: 'the path of a field, such as training.learning_rate or model.layers[0].units',
    is: (value) =>
      isText(value, longestPath) && /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[\d{1,3}\])*$/.test(value as string),
  },
  flag: { takes: 'true or false', is: (value) => typeof value === 'boolean' },
  lang: { takes: languages.join(', '), is: (value) => (languages as readonly unknown[]).includes(value) },
  theme: { takes: themes.join(', '), is: (value) => (themes as readonly unknown[]).includes(value) },
} satisfies Record<string, Kind>;

type Members = Record<string, { kind: Kind; isNeeded?: true }>;
const commands: Record<Command['type'], Members> = {
  hello: {},
  load: { document: { kind: kinds.document }, link: { kind: kinds.link }, run: { kind: kinds.flag } },
  run: {},
  pause: {},
  rewind: {},
  set: { path: { kind: kinds.path, isNeeded: true }, value: { kind: kinds.value, isNeeded: true } },
  appearance: { lang: { kind: kinds.lang }, theme: { kind: kinds.theme } },
};
export const commandTypes = Object.keys(commands) as Command['type'][];
const reports: Record<Report['type'], true> = {
  ready: true,
  done: true,
  error: true,
  progress: true,
  measures: true,
  finished: true,
  size: true,
};
export const reportTypes = Object.keys(reports) as Report['type'][];

function members(data: unknown): Record<string, unknown> | null {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data as Record<string, unknown>)
    : null;
}

/** Whether something says of itself that it belongs to this protocol. */
export function isOurs(data: unknown): boolean {
  const message = members(data);
  return message !== null && Object.hasOwn(message, 'athanor');
}

/** A report, which is never answered: two who answer each other's answers would never end. */
export function isReport(data: unknown): boolean {
  const type = members(data)?.['type'];
  return isOurs(data) && typeof type === 'string' && Object.hasOwn(reports, type);
}

function isId(value: unknown): value is MessageId {
  return (typeof value === 'number' && Number.isFinite(value)) || isText(value, longestId);
}

/** The id of a message, also of a bad one, so that its answer can be told from others. */
export function idOf(data: unknown): MessageId | undefined {
  const id = members(data)?.['id'];
  return isId(id) ? id : undefined;
}

/** The command in a message; throws MessageError with the reason when there is none. */
export function readCommand(data: unknown): Command {
  const message = members(data);
  if (message === null) throw new MessageError('not_a_message', 'A message is an object.');
  if (message['athanor'] !== messageVersion)
    throw new MessageError(
      'version',
      `A message has the member athanor with the value ${messageVersion}.`,
      'athanor',
    );
  const type = message['type'];
  if (typeof type !== 'string' || !Object.hasOwn(commands, type))
    throw new MessageError('unknown_type', `The member type is one of ${commandTypes.join(', ')}.`, 'type');
  const known = commands[type as Command['type']];
  for (const [name, value] of Object.entries(message)) {
    if (name === 'athanor' || name === 'type') continue;
    if (name === 'id') {
      if (!isId(value))
        throw new MessageError(
          'bad_member',
          `The member id is a number or a text of at most ${longestId} characters.`,
          'id',
        );
      continue;
    }
    const member = Object.hasOwn(known, name) ? known[name] : undefined;
    if (member === undefined)
      throw new MessageError(
        'unknown_member',
        `Beside athanor, type and id a message of type ${type} has ${Object.keys(known).join(', ') || 'nothing'}.`,
        name.slice(0, longestId),
      );
    if (!member.kind.is(value))
      throw new MessageError('bad_member', `The member ${name} takes ${member.kind.takes}.`, name);
  }
  for (const [name, { kind, isNeeded }] of Object.entries(known)) {
    if (isNeeded && !Object.hasOwn(message, name))
      throw new MessageError('bad_member', `The member ${name} is missing; it takes ${kind.takes}.`, name);
  }
  if (type === 'load' && 'document' in message === 'link' in message)
    throw new MessageError('bad_member', 'A message of type load has either document or link.', 'document');
  const { athanor: _version, id: _id, ...command } = message;
  return command as Command;
}

/** An engine's refusal or a failed run, as a report. */
export function reportOf(problem: Pick<Problem, 'code' | 'message' | 'path'>): Report {
  return { type: 'error', code: problem.code, message: problem.message, path: problem.path };
}
